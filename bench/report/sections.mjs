// The report's sections; each is left out where nothing was measured.

import { perWidget, quantile, ratios, slope, spread } from "./figures.mjs";
import { dots, growth, legend, strip } from "./plots.mjs";
import { hubLoad, measures, sheet } from "./tables.mjs";
import { ORDER, TITLES, escape, figure, grouped, ratio } from "./words.mjs";

const section = (title, ...content) => `<section><h2>${escape(title)}</h2>${content.join("")}</section>`;
const tile = (value, words) => `<div class="tile"><strong>${value}</strong><span>${escape(words)}</span></div>`;
const MB = (memory) => (memory.js + memory.dom + memory.buffers + memory.wasm) / 1e6;

/** The figures that say most, of the largest size. */
export function tiles({ figures, live, size }) {
  const found = [];
  const largest = figures && Object.keys(figures).map(Number).sort((a, b) => b - a)[0];
  if (largest && figures[largest].first.ours) {
    const at = figures[largest];
    for (const [key, words] of [["first", "first rows painted"], ["filter3", "a search, to rows"], ["sortName", "sorted by name, to rows"]]) {
      const own = at[key].ours;
      if (own) found.push(tile(`${figure(own.median)} ms`, `${words}, ${grouped(largest)} services; ${ratio(ratios(at[key]).vanilla)} plain JavaScript`));
    }
    if (at.memory.ours) found.push(tile(`${figure(at.memory.ours.median)} MB`, `memory, ${grouped(largest)} services; ${ratio(ratios(at.memory).vanilla)} plain JavaScript`));
  }
  if (size) found.push(tile(`${grouped(size.total / 1000)} kB`, `the bundle, brotli; at most ${grouped(size.most / 1000)} kB are allowed`));
  if (live) found.push(tile(`${figure(quantile(live.loud.latencies, 0.95))} ms`, "from a key to the next painting, 95 of 100, at 1,000 events a second"));
  return found.length ? `<div class="tiles">${found.join("")}</div>` : "";
}

export function catalogPart({ figures, repeats }) {
  if (!figures) return "";
  const sizes = Object.keys(figures).map(Number).sort((a, b) => a - b);
  const largest = sizes.at(-1);
  const at = figures[largest];
  const plotted = [["first", "First rows painted, cold", "ms"], ["warm", "First rows painted, warm", "ms"], ["whole", "All rows there, cold", "ms"], ["longest", "Longest task at the start", "ms"], ["filter1", "Search, first time, to rows", "ms"], ["filter3", "Search, third time, to rows", "ms"], ["sortName", "Sort by name, to rows", "ms"], ["sortGaps", "Sort by a number, to rows", "ms"], ["frame95", "Drag: 95 of 100 frames within", "ms"], ["frameLate", "Drag: frames above 32 ms, of 180", ""], ["memory", "Memory", "MB"], ["wire", "Over the network, cold", "kB"]];
  const grown = [["first", "First rows painted", "ms"], ["filter3", "Search, third time, to rows", "ms"], ["sortName", "Sort by name, to rows", "ms"], ["memory", "Memory", "MB"]];
  const lines = grown.map(([key, title, unit]) => growth(title, unit, figures, key)).join("");
  const pages = ORDER.filter((page) => at.first[page]);
  const slopes = [["whole", "All rows there, ms", 1], ["filter3", "Search, third time, ms", 1], ["sortName", "Sort by name, ms", 1], ["memory", "Memory, bytes", 1e6]].map(([key, title, factor]) => {
    const found = slope(figures, key, factor);
    return found && [title, ...pages.map((page) => (found[page] === undefined ? "–" : key === "memory" ? grouped(found[page]) : figure(found[page], 2)))];
  });
  return section(
    "The catalog",
    `<p>A table of services in eight columns. The dot is the median of ${repeats} visits, the bar goes from the smallest to the largest. “To rows” ends when the right first rows stand in the document, “painted” with the next frame; differences of less than a frame, 17 ms, between painted figures say nothing.</p>`,
    `<h3>${grouped(largest)} services</h3><div class="plots">${plotted.filter(([key]) => pages.some((page) => at[key][page])).map(([key, title, unit]) => dots(title, unit, at[key])).join("")}</div>`,
    lines && `<h3>How it grows</h3>${legend(pages)}<div class="plots">${lines}</div>`,
    slopes.every(Boolean) ? sheet(`What another 1,000 services cost, between ${grouped(sizes[0])} and ${grouped(largest)}`, ["", ...pages.map((page) => TITLES[page])], slopes) : "",
    "<h3>All figures</h3>",
    ...sizes.map((size) => measures(size, figures[size])),
  );
}

export function widgetsPart(records) {
  if (!records?.length) return "";
  const counts = [...new Set(records.map(({ count }) => count))].sort((a, b) => a - b);
  const of = (count, what) => spread(records.filter((record) => record.count === count).map(what));
  const cell = (found, digits) => found === undefined ? "–" : `${figure(found.median, digits)}<small>${figure(found.min, digits)}–${figure(found.max, digits)}</small>`;
  const rows = [
    ["First widget with data, cold cache, ms", (r) => r.cold.first],
    ["… painted", (r) => r.cold.painted],
    ["All widgets with data, cold cache, ms", (r) => r.cold.ready],
    ["First widget with data, warm cache, ms", (r) => r.warm.first],
    ["All widgets with data, warm cache, ms", (r) => r.warm.ready],
    ["Memory, MB", (r) => MB(r.memory)],
    ["Longest task, ms", (r) => r.cold.longest],
    ["Layout shift", (r) => r.cold.shift, 3],
    ["Catalog requests", (r) => r.cold.requests.catalog, 0],
    ["Evidence requests", (r) => r.cold.requests.evidence, 0],
    ["Over the network, cold cache, kB", (r) => r.cold.wire.total / 1000],
    ["Over the network, warm cache, kB", (r) => r.warm.wire.total / 1000],
  ].map(([title, what, digits]) => [title, ...counts.map((count) => cell(of(count, what), digits))]);
  const each = perWidget(records);
  return section(
    "Many widgets on one page",
    `<p>The inventory's 14 widgets, then the same repeated to 100, over the inventory's own catalog. One more widget costs ${figure(each.ms, 1)} ms with a cold cache, ${figure(each.warmMs, 1)} ms with a warm one, and ${figure(each.kB, 0)} kB of memory.</p>`,
    sheet("Median, smallest–largest", ["", ...counts.map((count) => `${count} widgets`)], rows),
  );
}

export function livePart(live) {
  if (!live) return "";
  const marks = (values) => `half ${figure(quantile(values, 0.5))} ms, 95 of 100 ${figure(quantile(values, 0.95))} ms`;
  const row = (title, { latencies, tasks, taskMs, longest }) => [title, figure(quantile(latencies, 0.5)), figure(quantile(latencies, 0.95)), figure(Math.max(...latencies)), grouped(latencies.length), grouped(tasks), grouped(taskMs), figure(longest)];
  const memory = (title, found) => [title, figure(MB(found)), figure(found.js / 1e6), figure(found.dom / 1e6), figure(found.wasm / 1e6)];
  return section(
    "A thousand events a second",
    `<p>${grouped(live.sent)} events in ${figure(live.sendMs / 1000)} s over one event stream, into a page with all 14 widgets and the evidence feed: the page heard ${grouped(live.heard)}, and showed the last ${figure(live.lateMs)} ms after it was sent; the feed says “${escape(live.feed)}”. At most ${grouped(live.mostWaitingBytes / 1000)} kB waited in the server. Meanwhile somebody typed in the catalog's search.</p>`,
    strip("From a key to the next painting", "ms", [
      { name: "without events", values: live.quiet.latencies, marks: marks(live.quiet.latencies) },
      { name: "with events", values: live.loud.latencies, marks: marks(live.loud.latencies) },
    ]),
    sheet("Input latency (Event Timing; what took less than 16 ms counts as 16) and long tasks", ["", "half, ms", "95 of 100, ms", "slowest, ms", "keys", "tasks above 50 ms", "together, ms", "longest, ms"], [row("Without events", live.quiet), row("With events", live.loud)]),
    sheet("Memory after a collection, MB", ["", "together", "JavaScript", "outside of its heap", "WebAssembly"], [memory("Before", live.before), memory("After", live.after)]),
  );
}

export function sizePart(size) {
  if (!size) return "";
  const files = size.files.map(({ name, raw, brotli }) => [name, grouped(raw), grouped(brotli)]);
  return section(
    "What is downloaded",
    `<p>A page with one panel loads ${grouped(size.first)} bytes of brotli, quality 11, of ${grouped(size.mostFirst)} that are allowed; everything together has ${grouped(size.total)} of ${grouped(size.most)}. Chunks are loaded on demand.</p>`,
    sheet("Files, bytes", ["", "as it is", "brotli"], files),
  );
}

export function hubPart(hub) {
  if (!hub) return "";
  return section("The local hub", `<p>The release build of <code>ops-hub serve</code> and one SQLite file, asked by <code>wrk</code> over 8 connections for ${hub.seconds} s each, on the same machine. The events were recorded by the API, then copied by SQLite in ${figure(hub.seeding / 1000)} s; every acknowledged post was looked for in the database afterwards.</p>`, hubLoad(hub));
}

export function method({ machine, chromium, node, date, repeats, sizes, bytes, load, seconds }) {
  if (!machine) return "";
  const data = Object.entries(bytes).map(([size, found]) => `${grouped(size)}: ${grouped(found.catalogPacked / 1000)} kB as catalog, ${grouped(found.flatPacked / 1000)} kB as flat list`);
  const points = [
    `One headless Chromium ${escape(chromium)}, started once, a fresh context a visit, a window of 1440 by 1000 px. ${escape(machine.cpu)}, ${machine.cores} cores, ${grouped(machine.memory / 1e9)} GB, ${escape(machine.system)}; Node ${escape(node)} serves and drives, on the same machine. Load average ${load.before.map((one) => figure(one)).join(", ")} before and ${load.after.map((one) => figure(one)).join(", ")} after, of which this program is a part.`,
    `The pages take turns, each repeat begins with another, and the first visit to each is thrown away: ${repeats} visits of each page at ${sizes.map(grouped).join(", ")} services. It took ${grouped(seconds / 60)} min.`,
    "Every page is one like the hub's, with its heading, style and script. Ours has the bundle as it is shipped, under the hub's content security policy, with its own catalog format, evidence and stream. The peers get one flat list of the same services with the same columns, which is less: they know no relations, no evidence and no gaps. Their search looks into the same texts, their order is the same.",
    `Everything is in the server's memory, packed ahead: files with brotli 11, data with brotli 5, as a server packs what it makes. ${escape(data.join("; "))}. Cache headers are the local hub's: immutable where a name has a hash, revalidation by ETag elsewhere. The loopback interface has no latency and no loss: on a real network, bytes and round trips cost more.`,
    "After each step the first 20 rows are compared with those that Node computed; a wrong row ends the run.",
    "Memory is the JavaScript heap, what the browser keeps for it outside (the document's nodes), array buffers (all three of <code>Runtime.getHeapUsage</code>, after two collections) and the size of every <code>WebAssembly.Memory</code> of the page, which the other three do not contain. A WebAssembly memory never shrinks: it shows the most that was ever needed.",
    "Ours draws taller rows (44 instead of 28 px), an ARIA grid with a link and a sign in each cell, a picture of the coverage, facets with counts, and keeps the view in the address; up to 100 rows are drawn whole. The peers have none of that. Plain JavaScript, Preact and Lit share one search and one sort without an index: they are a yardstick, not a limit.",
    "What is not measured: other browsers, phones, graphics hardware, slow networks, many readers at a time.",
  ];
  const isBusy = load.before[0] > machine.cores / 2;
  if (isBusy) points.unshift(`<strong>The machine was busy with other work when this began</strong> (load average ${figure(load.before[0])} on ${machine.cores} cores): take the ratios, not the times.`);
  return section("How it was measured", `<ul class="plain">${points.map((point) => `<li>${point}</li>`).join("")}</ul>`, `<p class="quiet">${escape(date)}</p>`);
}
