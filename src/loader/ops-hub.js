// The stable entry of the ops-hub widgets: defines the elements, and starts the components when
// the first element connects. Everything that it loads is named by its hash, so that a page never
// meets a stale or missing file; this file alone has a fixed name and revalidates.

const BUNDLE = __OPS_HUB_BUNDLE__;
const HERE = new URL(".", import.meta.url);

/** Shorthand elements and the kind of widget that each shows. */
const KINDS = {
  "ops-widget": "",
  "ops-env": "environment",
  "ops-host": "host",
  "ops-service": "service",
  "ops-endpoint": "endpoint",
  "ops-readiness": "readiness",
  "ops-migration": "migration",
  "ops-catalog": "service-catalog",
  "ops-feed": "evidence-feed",
};

const HOST_STYLE = ":host{display:block;min-width:0}:host([hidden]){display:none}";

/** The look of the card that says that nothing could be started: the bundle's own may be what is missing. */
const BARE_STYLE = `${HOST_STYLE}:host{color-scheme:light dark}:host([theme=light]){color-scheme:light}:host([theme=dark]){color-scheme:dark}
.card{padding:1.25rem;border:1px solid light-dark(#dfe3ea,#2b313d);border-radius:var(--ops-radius,.75rem);background:var(--ops-surface,light-dark(#fff,#171b23));color:var(--ops-ink,light-dark(#1b2130,#e8ebf2));font:400 .875rem/1.5 var(--ops-font,system-ui,sans-serif);overflow-wrap:anywhere}
p{margin:0 0 .5rem}.lead{font-weight:600}button{font:inherit;padding:.25rem .75rem}@media print{button{display:none}}`;

/** The words of that card; all others are the components' own. */
const BARE_WORDS = {
  en: ["This widget could not be started.", "Reload widget"],
  de: ["Dieses Widget konnte nicht gestartet werden.", "Widget neu laden"],
};

let started;
/** Loads components, style and manifest once for the page; a failure is tried again by the next call. */
const start = () =>
  (started ??= load().catch((error) => {
    started = undefined;
    throw error;
  }));

async function load() {
  const file = ({ path, integrity }) => fetch(new URL(path, HERE), { integrity });
  const text = async (answer) => {
    const got = await answer;
    if (!got.ok) throw new Error(`${got.url}: HTTP ${got.status}`);
    return got.text();
  };
  const wasm = file(BUNDLE.wasm);
  const [glue, css, manifest] = await Promise.all([
    import(new URL(BUNDLE.glue.path, HERE)),
    text(file(BUNDLE.style)),
    text(fetch(new URL("manifest.json", HERE), { cache: "no-cache" })),
  ]);
  const style = new CSSStyleSheet();
  await Promise.all([glue.default({ module_or_path: wasm }), style.replace(HOST_STYLE + css)]);
  return { glue, style, manifest };
}

const node = (tag, className, text) => {
  const made = document.createElement(tag);
  made.className = className;
  if (text) made.textContent = text;
  return made;
};

/** One widget: its shadow root is made once, its content mounted while it is in a document. */
class OpsWidget extends HTMLElement {
  static observedAttributes = ["name", "hub", "lang"];
  #root;
  #mounted;
  #turn = 0;

  get kind() {
    return KINDS[this.localName] ?? "";
  }
  get name() {
    return this.getAttribute("name") ?? "";
  }
  set name(value) {
    this.setAttribute("name", value);
  }
  /** The hub's origin; the origin of this script where the attribute is absent. */
  get hub() {
    return new URL(this.getAttribute("hub") ?? HERE, document.baseURI).origin;
  }

  connectedCallback() {
    this.#show();
  }

  disconnectedCallback() {
    // A move disconnects and connects in one turn: only a real removal unmounts.
    queueMicrotask(() => this.isConnected || this.#unmount());
  }

  attributeChangedCallback(_name, before, after) {
    if (this.isConnected && before !== after) this.#show(true);
  }

  /** Reads the hub again now. */
  async refresh() {
    const { glue } = await start();
    glue.refresh(this.hub);
  }

  async #show(again = false) {
    if (this.#mounted && !again) return;
    const turn = ++this.#turn;
    try {
      const { glue, style, manifest } = await start();
      if (turn !== this.#turn || !this.isConnected) return;
      const root = this.#shadow();
      this.#unmount();
      root.adoptedStyleSheets = [style];
      const container = node("div", "root");
      root.replaceChildren(container);
      const lang = this.#lang();
      const base = document.querySelector("ops-entity") ? "" : `${this.hub}/Hubs/ops-hub`;
      this.#mounted = glue.mount(container, this.hub, manifest, this.kind, this.name, lang, base);
      this.#tell("ops-ready", { name: this.name });
    } catch (error) {
      this.#fail(error);
    }
  }

  #lang() {
    return this.closest("[lang]")?.lang || document.documentElement.lang || navigator.language;
  }

  #shadow() {
    if (!this.#root) {
      this.#root = this.attachShadow({ mode: "open" });
      this.#root.addEventListener("click", (event) => this.#clicked(event));
    }
    return this.#root;
  }

  #clicked(event) {
    const target = event.target.closest?.("[data-ref],[data-copy],[data-action]");
    if (!target) return;
    const { ref, copy, action } = target.dataset;
    if (ref) this.#tell("ops-select", { ref });
    if (copy) navigator.clipboard?.writeText(copy).then(() => target.classList.add("done"));
    if (action === "refresh") this.refresh();
  }

  #unmount() {
    this.#mounted?.free();
    this.#mounted = undefined;
  }

  #fail(error) {
    const root = this.#shadow();
    const style = new CSSStyleSheet();
    style.replaceSync(BARE_STYLE);
    root.adoptedStyleSheets = [style];
    const [lead, again] = this.#lang().startsWith("de") ? BARE_WORDS.de : BARE_WORDS.en;
    const card = node("section", "card bare message");
    const retry = node("button", "button", again);
    retry.type = "button";
    retry.addEventListener("click", () => this.#show(true));
    card.append(node("p", "lead", lead), node("p", "detail", String(error?.message ?? error)), retry);
    root.replaceChildren(card);
    this.#tell("ops-error", { name: this.name, error });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

/** The view of the entity that the page's address names (`#/service/gitea`), as a dialog. */
class OpsEntity extends HTMLElement {
  #mounted;
  #follow = () => this.#show();

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
    const { glue, style, manifest } = await start();
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [style];
    const dialog = node("dialog", "drawer");
    const close = node("button", "close icon-button", "×");
    close.type = "button";
    close.setAttribute("aria-label", document.documentElement.lang.startsWith("de") ? "Schließen" : "Close");
    const container = node("div", "root");
    dialog.append(close, container);
    root.replaceChildren(dialog);
    const hub = new URL(this.getAttribute("hub") ?? HERE, document.baseURI).origin;
    const lang = document.documentElement.lang || navigator.language;
    this.#mounted = glue.mount(container, hub, manifest, "auto", `${found[1]}:${found[2]}`, lang, "");
    const leave = () => history.replaceState(history.state, "", location.pathname + location.search);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("close", () => (leave(), this.#close()));
    dialog.showModal();
  }

  #close() {
    this.#mounted?.free();
    this.#mounted = undefined;
    this.shadowRoot?.replaceChildren();
  }
}

// A second copy of this script, or another version of it, leaves what is defined as it is.
const define = (tag, element) => customElements.get(tag) ?? customElements.define(tag, element);
for (const tag of Object.keys(KINDS)) define(tag, tag === "ops-widget" ? OpsWidget : class extends OpsWidget {});
define("ops-entity", OpsEntity);
