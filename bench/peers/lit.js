import { LitElement, html } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { COLUMNS, arrange, load, press, search, sight } from "./table.js";

class ServiceTable extends LitElement {
  static properties = { rows: { attribute: false }, text: { state: true }, order: { state: true }, top: { state: true } };

  constructor() {
    super();
    Object.assign(this, { rows: [], text: "", order: undefined, top: 0, found: [], shown: [] });
  }

  // In the document itself: its style is the page's.
  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (changed.has("rows") || changed.has("text")) this.found = search(this.rows, this.text);
    if (changed.has("rows") || changed.has("text") || changed.has("order")) this.shown = arrange(this.found, this.order);
  }

  start() {
    this.querySelector(".sight").scrollTop = 0;
    this.top = 0;
  }

  render() {
    const { from, to, above, below } = sight(this.shown.length, this.top);
    const type = (event) => ((this.text = event.target.value), this.start());
    const sort = (column) => () => ((this.order = press(this.order, column)), this.start());
    const line = (row) => html`<tr data-row=${row.ref}>${COLUMNS.map((column) => html`<td>${row[column]}</td>`)}</tr>`;
    return html`<input type="search" placeholder="Search" .value=${this.text} @input=${type} />
      <div class="sight" @scroll=${(event) => (this.top = event.currentTarget.scrollTop)}>
        <table>
          <thead><tr>${COLUMNS.map((column) => html`<th scope="col" data-col=${column} @click=${sort(column)}>${column}</th>`)}</tr></thead>
          <tbody>
            <tr class="space" style="height:${above}px"></tr>
            ${repeat(this.shown.slice(from, to), (row) => row.ref, line)}
            <tr class="space" style="height:${below}px"></tr>
          </tbody>
        </table>
      </div>`;
  }
}
customElements.define("service-table", ServiceTable);
const rows = await load();
document.querySelector("main").append(Object.assign(new ServiceTable(), { rows }));
