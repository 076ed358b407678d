import { acts, hubOf, isFault, loaded, nextId, node, sheet, start, startLater, views } from "./bundle.js";

/** What a reader does in a widget, and a handler in it may answer. */
const ACTS = ["click", "input", "change", "keydown", "submit", "focusout", "toggle"];

/** Properties that are attributes, by name. */
const REFLECTED = { name: "name", hub: "hub", viewContext: "view-context", theme: "theme", density: "density" };

/** The words of the card that says that something failed; all others are the components' own. */
const WORDS = {
  en: ["This widget could not be started.", "Reload widget"],
  de: ["Dieses Widget konnte nicht gestartet werden.", "Widget neu laden"],
};

/** One widget: its shadow root is made once, its content mounted while it is in a document. */
export class OpsWidget extends HTMLElement {
  static observedAttributes = ["name", "hub", "lang", "view-context", "refresh"];
  /** The kind of widget that an element of this class shows; empty where `name` is an instance's name. */
  static kind = "";

  #root;
  #mounted;
  #turn = 0;
  #due = false;
  #refresh = () => start(hubOf(this)).then(({ glue }) => glue.refresh(hubOf(this)));
  #view = {
    id: nextId(),
    fail: (error) => this.#fail(error),
    again: (error) => {
      this.#mounted = undefined;
      if (error) this.#tell("ops-error", { error, recovered: true });
      if (this.isConnected) this.#show();
    },
  };

  constructor() {
    super();
    // What a page set before this class was there hides the accessors, or is an attribute, small as HTML writes it:
    // so frameworks say what they find no property for.
    for (const property of [...Object.keys(REFLECTED), "refresh", "refreshSeconds"]) {
      const small = property.toLowerCase();
      const isOwn = Object.hasOwn(this, property);
      if (isOwn || (small !== property && this.hasAttribute(small))) {
        const value = isOwn ? this[property] : this.getAttribute(small);
        delete this[property];
        // A constructor may not add attributes; the element is in the document's hands right after.
        queueMicrotask(() => (this[property] = value));
      }
    }
  }

  /** `refresh()` reads the hub again now; assigning sets the attribute, as frameworks do. */
  get refresh() {
    return this.#refresh;
  }
  set refresh(seconds) {
    reflect(this, "refresh", seconds);
  }
  get refreshSeconds() {
    return Number(this.getAttribute("refresh")) || 0;
  }
  set refreshSeconds(seconds) {
    reflect(this, "refresh", seconds || null);
  }

  connectedCallback() {
    this.#show();
  }

  disconnectedCallback() {
    // A move disconnects and connects in one turn: only a real removal unmounts.
    queueMicrotask(() => this.isConnected || this.#unmount());
  }

  attributeChangedCallback(attribute, before, after) {
    if (!this.isConnected || before === after) return;
    if (attribute === "view-context" || attribute === "refresh") return this.#adjust();
    this.#unmount();
    // Several attributes that are set in one turn cost one mount.
    if (!this.#due) queueMicrotask(() => ((this.#due = false), this.isConnected && this.#show()));
    this.#due = true;
  }

  #lang() {
    return this.closest("[lang]")?.lang || document.documentElement.lang || navigator.language;
  }

  #adjust() {
    this.#mounted?.adjust(this.viewContext, this.refreshSeconds);
  }

  async #show() {
    if (this.#mounted) return this.#adopt();
    const turn = ++this.#turn;
    try {
      const hub = hubOf(this);
      const { glue, manifest } = await start(hub).catch((error) => {
        startLater(this.#view);
        throw error;
      });
      if (turn !== this.#turn || !this.isConnected) return;
      // The instance has just come to its end: shown again with all others in the next one.
      if (isFault()) return views.add(this.#view);
      const root = this.#shadow();
      const container = node("div", "root");
      const stands = this.firstElementChild || this.textContent.trim();
      // What the page put inside stays in sight until there is something better.
      const slot = stands && !root.querySelector(".root") ? [document.createElement("slot")] : [];
      root.replaceChildren(...slot, container);
      this.#adopt();
      const show = () => slot[0]?.remove();
      views.add(this.#view);
      this.#mounted = glue.mount(container, {
        id: this.#view.id,
        kept: this.#view,
        hub,
        manifest,
        kind: this.constructor.kind,
        name: this.name,
        lang: this.#lang(),
        linkBase: document.querySelector("ops-entity") ? "" : `${hub}/Hubs/ops-hub`,
        viewContext: this.viewContext,
        refresh: this.refreshSeconds,
        ready: () => (show(), this.#tell("ops-ready")),
        trouble: (kind, words) => (show(), this.#tell("ops-error", { kind, error: new Error(words) })),
      });
    } catch (error) {
      if (turn !== this.#turn || isFault(this.#view)) return;
      this.#fail(error);
    }
  }

  /** A sheet belongs to one document; an element may be adopted by another. */
  #adopt() {
    const page = this.ownerDocument;
    // A document without a window has no sheets, and shows nothing.
    if (page.defaultView && this.#root.adoptedStyleSheets[0] !== sheet(page)) this.#root.adoptedStyleSheets = [sheet(page)];
  }

  #shadow() {
    if (!this.#root) {
      this.#root = this.attachShadow({ mode: "open" });
      this.#root.addEventListener("click", (event) => loaded?.glue.clicked(event, (ref) => this.#tell("ops-select", { ref }), this.#refresh));
      for (const type of ACTS) this.#root.addEventListener(type, () => acts(this.#view), true);
    }
    return this.#root;
  }

  #unmount() {
    this.#turn++;
    views.delete(this.#view);
    this.#mounted?.free();
    this.#mounted = undefined;
  }

  #fail(error) {
    views.delete(this.#view);
    this.#mounted = undefined;
    const card = node("section", "card bare message");
    const [lead, again] = WORDS[this.#lang().startsWith("de") ? "de" : "en"];
    const retry = node("button", "button", again);
    retry.type = "button";
    retry.addEventListener("click", () => this.#show());
    card.append(node("p", "lead", lead), node("p", "detail", String(error?.message ?? error)), retry);
    card.setAttribute("role", "alert");
    this.#shadow().replaceChildren(card);
    this.#adopt();
    this.#tell("ops-error", { error });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail: { name: this.name, ...detail }, bubbles: true, composed: true }));
  }
}

/** `null` and `undefined` take the attribute away: so frameworks say that there is no value. */
function reflect(element, attribute, value) {
  if (value == null) element.removeAttribute(attribute);
  else element.setAttribute(attribute, value);
}

for (const [property, attribute] of Object.entries(REFLECTED)) {
  Object.defineProperty(OpsWidget.prototype, property, {
    configurable: true,
    enumerable: true,
    get() {
      return this.getAttribute(attribute) ?? "";
    },
    set(value) {
      reflect(this, attribute, value);
    },
  });
}
