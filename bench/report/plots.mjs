// Plots as inline SVG; their colours are the page's.

import { ORDER, TITLES, escape, figure, grouped } from "./words.mjs";

const WIDTH = 300;
const LINE = 36;

const svg = (height, label, content) => `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escape(label)}">${content.join("")}</svg>`;
const text = (x, y, words, more = "") => `<text x="${x}" y="${y}" ${more}>${escape(words)}</text>`;

/** A dot at each page's median on a line from its smallest to its largest figure; from 0. */
export function dots(title, unit, row) {
  const pages = ORDER.filter((page) => row[page]);
  const most = Math.max(...pages.map((page) => row[page].max)) || 1;
  const [left, right] = [4, WIDTH - 4];
  const x = (value) => left + (value / most) * (right - left);
  const lines = pages.flatMap((page, at) => {
    const { median, min, max } = row[page];
    const y = 12 + at * LINE;
    return [
      text(left, y, TITLES[page], `class="${page === "ours" ? "own name" : "name"}"`),
      text(right, y, `${figure(median)} ${unit}`, `class="${page === "ours" ? "own value" : "value"}" text-anchor="end"`),
      `<line class="axis" x1="${left}" x2="${right}" y1="${y + 9}" y2="${y + 9}"/>`,
      `<line class="range s-${page}" x1="${x(min).toFixed(1)}" x2="${Math.max(x(max), x(min) + 1).toFixed(1)}" y1="${y + 9}" y2="${y + 9}"/>`,
      `<circle class="dot s-${page}" cx="${x(median).toFixed(1)}" cy="${y + 9}" r="4.5"/>`,
    ];
  });
  return `<figure><figcaption>${escape(title)}</figcaption>${svg(pages.length * LINE + 2, `${title}, ${unit}, by page`, lines)}</figure>`;
}

/** A line a page over the sizes; both axes in powers of ten. */
export function growth(title, unit, figures, key) {
  const sizes = Object.keys(figures).map(Number).sort((a, b) => a - b);
  const pages = ORDER.filter((page) => sizes.every((size) => figures[size][key][page]?.median > 0));
  const values = pages.flatMap((page) => sizes.map((size) => figures[size][key][page].median));
  if (!values.length || sizes.length < 2) return "";
  const [low, high] = [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)))];
  const [left, right, top, bottom] = [40, WIDTH - 12, 10, 170];
  const x = (size) => left + ((Math.log10(size) - Math.log10(sizes[0])) / Math.log10(sizes.at(-1) / sizes[0])) * (right - left);
  const y = (value) => bottom - ((Math.log10(value) - low) / Math.max(1, high - low)) * (bottom - top);
  const content = [];
  for (let power = low; power <= high; power++) {
    const at = y(10 ** power).toFixed(1);
    content.push(`<line class="axis" x1="${left}" x2="${right}" y1="${at}" y2="${at}"/>`, text(left - 6, Number(at) + 4, power < 0 ? (10 ** power).toFixed(-power) : grouped(10 ** power), 'class="tick" text-anchor="end"'));
  }
  sizes.forEach((size, at) => content.push(text(x(size), bottom + 18, grouped(size), `class="tick" text-anchor="${at === 0 ? "start" : at === sizes.length - 1 ? "end" : "middle"}"`)));
  // The product's own line comes last, and so lies on top.
  for (const page of [...pages].reverse()) {
    const points = sizes.map((size) => [x(size), y(figures[size][key][page].median)].map((place) => place.toFixed(1)));
    content.push(`<polyline class="line s-${page}" points="${points.map((point) => point.join(",")).join(" ")}"/>`);
    for (const [cx, cy] of points) content.push(`<circle class="dot s-${page}" cx="${cx}" cy="${cy}" r="3"/>`);
  }
  return `<figure><figcaption>${escape(title)}, ${unit}</figcaption>${svg(bottom + 26, `${title} by number of services, logarithmic`, content)}</figure>`;
}

export const legend = (pages) => `<ul class="legend">${ORDER.filter((page) => pages.includes(page)).map((page) => `<li><svg viewBox="0 0 22 10" aria-hidden="true"><line class="line s-${page}" x1="0" x2="22" y1="5" y2="5"/><circle class="dot s-${page}" cx="11" cy="5" r="3.5"/></svg>${escape(TITLES[page])}</li>`).join("")}</ul>`;

/** Every value as a tick on one line, and where the half and 95 of 100 are. */
export function strip(title, unit, rows) {
  const most = Math.max(50, ...rows.flatMap(({ values }) => values));
  const x = (value) => 4 + (value / most) * (WIDTH - 8);
  const content = rows.flatMap(({ name, values, marks }, at) => {
    const y = 12 + at * 52;
    return [
      text(4, y, name, 'class="name"'),
      `<line class="axis" x1="4" x2="${WIDTH - 4}" y1="${y + 16}" y2="${y + 16}"/>`,
      ...values.map((value) => `<line class="mark" x1="${x(value).toFixed(1)}" x2="${x(value).toFixed(1)}" y1="${y + 9}" y2="${y + 23}"/>`),
      text(WIDTH - 4, y, marks, 'class="value" text-anchor="end"'),
      `<line class="goal" x1="${x(50).toFixed(1)}" x2="${x(50).toFixed(1)}" y1="${y + 6}" y2="${y + 26}"/>`,
    ];
  });
  return `<figure class="wide"><figcaption>${escape(title)}</figcaption>${svg(rows.length * 52, `${title}, ${unit}`, content)}<p class="quiet">0 to ${figure(most)} ${unit}; the upright line stands at 50 ${unit}.</p></figure>`;
}
