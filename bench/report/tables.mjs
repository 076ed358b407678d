// Tables of the report.

import { MEASURES, ratios } from "./figures.mjs";
import { ORDER, TITLES, escape, figure, grouped, ratio } from "./words.mjs";

/** A table that scrolls by itself where it is wider than the page. */
export const sheet = (caption, head, rows) =>
  `<div class="sheet"><p class="caption">${escape(caption)}</p><div class="scroll" tabindex="0" role="region" aria-label="${escape(caption)}"><table aria-label="${escape(caption)}"><thead><tr>${head.map((one) => `<th scope="col">${escape(one)}</th>`).join("")}</tr></thead><tbody>${rows.map(([name, ...cells]) => `<tr><th scope="row">${escape(name)}</th>${cells.map((cell) => (cell.startsWith("<td") ? cell : `<td>${cell}</td>`)).join("")}</tr>`).join("")}</tbody></table></div></div>`;

const toned = (value) => `<td class="${value === undefined ? "" : value <= 1 ? "good" : "poor"}">${ratio(value)}</td>`;

/** All measures of one size: each page's median over its spread, and how ours compares. */
export function measures(size, figures) {
  const pages = ORDER.filter((page) => figures.first[page]);
  const rows = MEASURES.filter(({ key }) => pages.some((page) => figures[key][page])).map(({ key, title, unit, digits }) => {
    const row = figures[key];
    const cells = pages.map((page) => {
      const found = row[page];
      const inside = found ? `${figure(found.median, digits)}<small>${figure(found.min, digits)}–${figure(found.max, digits)}</small>` : "–";
      return `<td${page === "ours" ? ' class="own-column"' : ""}>${inside}</td>`;
    });
    const { vanilla, best } = ratios(row);
    return [unit ? `${title}, ${unit}` : title, ...cells, toned(vanilla), toned(best)];
  });
  const head = ["Median, smallest–largest", ...pages.map((page) => TITLES[page]), "ours : plain", "ours : best peer"];
  return sheet(`${grouped(size)} services`, head, rows);
}

export function hubLoad({ few, many }) {
  const names = { page: "50 newest events", page500: "500 newest events", deep: "500 events far down the list", unchanged: "500 newest, unchanged (304)", catalogUnchanged: "Catalog, unchanged (304)", post: "Record an event" };
  const rows = Object.entries(names).map(([key, title]) => {
    const of = ({ cases }) => cases.find(({ name }) => name === key);
    return [title, ...[few, many].flatMap((phase) => [grouped(of(phase).perSecond), figure(of(phase).p50), figure(of(phase).p99)])];
  });
  const about = (phase) => `${grouped(phase.before || 500)} events`;
  return sheet("Requests a second, and within how many ms", ["", `${about(few)}: a second`, "half", "99 of 100", `${about(many)}: a second`, "half", "99 of 100"], rows);
}
