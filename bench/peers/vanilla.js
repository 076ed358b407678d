// The peer without a library: rows are made once and their texts changed.

import { COLUMNS, arrange, load, press, search, sight } from "./table.js";

const make = (tag, ...inside) => {
  const element = document.createElement(tag);
  element.append(...inside);
  return element;
};

const field = Object.assign(make("input"), { type: "search", placeholder: "Search" });
const heads = COLUMNS.map((column) => Object.assign(make("th", column), { scope: "col" }));
heads.forEach((head, at) => (head.dataset.col = COLUMNS[at]));
const [above, below] = [make("tr"), make("tr")];
above.className = below.className = "space";
const body = make("tbody", above, below);
const box = make("div", make("table", make("thead", make("tr", ...heads)), body));
box.className = "sight";
document.querySelector("main").append(field, box);

const drawn = [];
let rows = [];
let found = [];
let shown = [];
let order;

function draw() {
  const { from, to, above: over, below: under } = sight(shown.length, box.scrollTop);
  above.style.height = `${over}px`;
  below.style.height = `${under}px`;
  while (drawn.length > to - from) drawn.pop().element.remove();
  for (let at = from; at < to; at++) {
    let line = drawn[at - from];
    if (!line) {
      const texts = COLUMNS.map(() => document.createTextNode(""));
      line = { texts, element: make("tr", ...texts.map((text) => make("td", text))) };
      drawn.push(line);
      below.before(line.element);
    }
    const row = shown[at];
    if (line.row === row) continue;
    line.row = row;
    line.element.dataset.row = row.ref;
    line.texts.forEach((text, nth) => (text.data = row[COLUMNS[nth]]));
  }
}

function show() {
  shown = arrange(found, order);
  box.scrollTop = 0;
  draw();
}

field.addEventListener("input", () => {
  found = search(rows, field.value);
  show();
});
box.addEventListener("scroll", draw, { passive: true });
heads.forEach((head, at) =>
  head.addEventListener("click", () => {
    order = press(order, COLUMNS[at]);
    show();
  }),
);
rows = found = await load();
show();
