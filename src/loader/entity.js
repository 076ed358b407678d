import { acts, hubOf, isFault, nextId, node, sheet, start, views } from "./bundle.js";

/** The view of the entity that the page's address names (`#/service/gitea`), as a dialog. */
export class OpsEntity extends HTMLElement {
  #mounted;
  #turn = 0;
  #follow = () => this.#show();
  #view = {
    id: nextId(),
    fail: () => ((this.#mounted = undefined), this.#leave()),
    again: () => ((this.#mounted = undefined), this.#show()),
  };

  connectedCallback() {
    addEventListener("hashchange", this.#follow);
    this.#show();
  }

  disconnectedCallback() {
    removeEventListener("hashchange", this.#follow);
    this.#close();
  }

  async #show() {
    this.#close();
    const found = /^#\/([a-z-]+)\/(.+)$/.exec(location.hash);
    if (!found) return;
    const turn = ++this.#turn;
    const hub = hubOf(this);
    const { glue, manifest } = await start(hub);
    if (turn !== this.#turn || !this.isConnected) return;
    if (isFault()) return views.add(this.#view);
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet(document)];
    const [dialog, container] = glue.drawer(() => acts(this.#view), () => this.#leave());
    root.replaceChildren(dialog);
    dialog.showModal();
    views.add(this.#view);
    try {
      this.#mounted = glue.mount(container, {
        id: this.#view.id,
        kept: this.#view,
        hub,
        manifest,
        kind: "auto",
        name: `${found[1]}:${found[2]}`,
        lang: document.documentElement.lang || navigator.language,
        linkBase: "",
        viewContext: "",
        ready() {},
        trouble() {},
      });
    } catch (error) {
      if (isFault(this.#view)) return;
      container.append(node("p", "message", String(error?.message ?? error)));
    }
  }

  #leave() {
    history.replaceState(history.state, "", location.pathname + location.search);
    this.#close();
  }

  #close() {
    this.#turn++;
    views.delete(this.#view);
    this.#mounted?.free();
    this.#mounted = undefined;
    this.shadowRoot?.replaceChildren();
  }
}
