// A Lit element with a widget in its shadow root.
import { LitElement, html, nothing } from "lit";
import { createRef, ref } from "lit/directives/ref.js";

class HostPage extends LitElement {
  static properties = { name: { state: true }, theme: { state: true }, shown: { state: true }, heard: { state: true } };
  #widget = createRef();

  constructor() {
    super();
    Object.assign(this, { name: "local", theme: null, shown: true, heard: [] });
  }

  // The page reads and presses what is inside; the widget stays in a shadow root of its own.
  createRenderRoot() {
    return this;
  }

  #hear = (event) => (this.heard = [...this.heard, event.type]);

  render() {
    return html`<main>
      <button id="name" @click=${() => (this.name = "coulombcore")}>name</button>
      <button id="theme" @click=${() => (this.theme = this.theme ? null : "dark")}>theme</button>
      <button id="toggle" @click=${() => (this.shown = !this.shown)}>toggle</button>
      <button id="refresh" @click=${() => this.#widget.value.refresh()}>refresh</button>
      <output id="heard">${this.heard.join(" ")}</output>
      ${this.shown
        ? html`<ops-env id="it" ${ref(this.#widget)} .name=${this.name} .theme=${this.theme} view-context="lit/host" refresh="60"
            @ops-ready=${this.#hear} @ops-select=${this.#hear}><p>As served.</p></ops-env>`
        : nothing}
    </main>`;
  }
}
customElements.define("host-page", HostPage);
document.getElementById("app").append(document.createElement("host-page"));
