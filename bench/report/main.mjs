// The report: `node main.mjs OPTIONS`, options as JSON with the parts that were measured.

import { readFileSync, writeFileSync } from "node:fs";
import { MEASURES, ratios, table } from "./figures.mjs";
import { catalogPart, hubPart, livePart, method, sizePart, tiles, widgetsPart } from "./sections.mjs";
import { ORDER, TITLES, figure, grouped, ratio } from "./words.mjs";

const { parts, results, report } = JSON.parse(process.argv[2]);
const found = Object.assign({}, ...parts.map((part) => JSON.parse(readFileSync(part, "utf8"))));
if (found.catalog) found.figures = table(found.catalog);
const style = readFileSync(new URL("style.css", import.meta.url), "utf8");

const head = `<header class="head"><p class="eyebrow">ops-hub widgets</p><h1>Measured against other ways to build it</h1><p>One machine, one browser, the pages in turn. Smaller is better everywhere but at requests a second.</p>${tiles(found)}</header>`;
const content = [head, catalogPart(found), widgetsPart(found.widgets), livePart(found.live), sizePart(found.size), hubPart(found.hub), method(found)];
writeFileSync(report, `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>ops-hub widgets, measured</title><link rel="icon" href="data:,"><style>${style}</style></head><body><main>${content.filter(Boolean).join("")}</main></body></html>\n`);
writeFileSync(results, JSON.stringify(found, null, 1));

/** The medians on a terminal. */
for (const [size, figures] of Object.entries(found.figures ?? {})) {
  const pages = ORDER.filter((page) => figures.first[page]);
  const row = (cells) => console.log(cells.map((cell, at) => (at ? cell.padStart(18) : cell.padEnd(40))).join(""));
  console.log();
  row([`${grouped(size)} services, medians`, ...pages.map((page) => TITLES[page]), "ours : plain", "ours : best peer"]);
  for (const { key, title, unit, digits } of MEASURES) {
    if (!pages.some((page) => figures[key][page])) continue;
    const { vanilla, best } = ratios(figures[key]);
    row([unit ? `${title}, ${unit}` : title, ...pages.map((page) => figure(figures[key][page]?.median, digits)), ratio(vanilla), ratio(best)]);
  }
}
