// From records to figures: medians, spreads, ratios, slopes.

export const median = (values) => quantile(values, 0.5);

/** Linear between the two values around; undefined of none. */
export function quantile(values, part) {
  const sorted = values.filter((value) => Number.isFinite(value)).sort((a, b) => a - b);
  if (!sorted.length) return undefined;
  const at = (sorted.length - 1) * part;
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
}

/** Median, smallest and largest. */
export function spread(values) {
  const found = values.filter((value) => Number.isFinite(value));
  return found.length ? { median: median(found), min: Math.min(...found), max: Math.max(...found) } : undefined;
}

const whole = ({ js, dom, buffers, wasm }) => (js + dom + buffers + wasm) / 1e6;

/** What is measured of the catalog: a key, words, a unit, and where it stands in a record. Small is good. */
export const MEASURES = [
  { key: "first", title: "First rows painted, cold cache", unit: "ms", of: (r) => r.cold.painted },
  { key: "firstDom", title: "First rows in the document, cold cache", unit: "ms", of: (r) => r.cold.dom },
  { key: "warm", title: "First rows painted, warm cache", unit: "ms", of: (r) => r.warm?.painted },
  { key: "whole", title: "All rows there, cold cache", unit: "ms", of: (r) => r.cold.whole },
  { key: "filter1", title: "Search, first time, to rows", unit: "ms", of: (r) => r.steps?.filter1.dom },
  { key: "filter1Painted", title: "Search, first time, painted", unit: "ms", of: (r) => r.steps?.filter1.painted },
  { key: "filter3", title: "Search, third time, to rows", unit: "ms", of: (r) => r.steps?.filter3.dom },
  { key: "filter3Painted", title: "Search, third time, painted", unit: "ms", of: (r) => r.steps?.filter3.painted },
  { key: "clear3", title: "Search taken back, to rows", unit: "ms", of: (r) => r.steps?.clear3.dom },
  { key: "sortName", title: "Sort by name, to rows", unit: "ms", of: (r) => r.steps?.sortName.dom },
  { key: "sortNamePainted", title: "Sort by name, painted", unit: "ms", of: (r) => r.steps?.sortName.painted },
  { key: "sortNameReversed", title: "The same turned round, to rows", unit: "ms", of: (r) => r.steps?.sortNameReversed.dom },
  { key: "sortGaps", title: "Sort by a number, to rows", unit: "ms", of: (r) => r.steps?.sortGaps.dom },
  { key: "frame", title: "Drag to the end: median frame", unit: "ms", of: (r) => r.frames && median(r.frames) },
  { key: "frame95", title: "Drag: 95 of 100 frames within", unit: "ms", of: (r) => r.frames && quantile(r.frames, 0.95) },
  { key: "frameMost", title: "Drag: slowest frame", unit: "ms", of: (r) => r.frames && Math.max(...r.frames) },
  { key: "frameLate", title: "Drag: frames above 32 ms, of 180", unit: "", of: (r) => r.frames?.filter((time) => time > 32).length },
  { key: "memory", title: "Memory, all kinds together", unit: "MB", of: (r) => whole(r.memory) },
  { key: "memoryJs", title: "… of it the JavaScript heap", unit: "MB", of: (r) => r.memory.js / 1e6 },
  { key: "memoryWasm", title: "… of it WebAssembly", unit: "MB", of: (r) => r.memory.wasm / 1e6 },
  { key: "memoryAfter", title: "Memory after search, sort and drag", unit: "MB", of: (r) => r.memoryAfter && whole(r.memoryAfter) },
  { key: "wire", title: "Over the network, cold cache", unit: "kB", of: (r) => r.cold.wire.total / 1000 },
  { key: "wireCode", title: "… of it code and style", unit: "kB", of: (r) => ["javascript", "wasm", "css", "html"].reduce((sum, kind) => sum + (r.cold.wire[kind] ?? 0), 0) / 1000 },
  { key: "wireWarm", title: "Over the network, warm cache", unit: "kB", of: (r) => r.warm && r.warm.wire.total / 1000 },
  { key: "shift", title: "Layout shift at the start", unit: "", digits: 3, of: (r) => r.cold.shift },
  { key: "longest", title: "Longest task at the start", unit: "ms", of: (r) => r.cold.longest },
];

/** By size, measure and page: `{ median, min, max }`. */
export function table(records) {
  const found = {};
  for (const { size, page } of records) ((found[size] ??= {}).pages ??= new Set()).add(page);
  return Object.fromEntries(
    Object.entries(found).map(([size, { pages }]) => [
      size,
      Object.fromEntries(
        MEASURES.map(({ key, of }) => [
          key,
          Object.fromEntries([...pages].map((page) => [page, spread(records.filter((r) => r.size === Number(size) && r.page === page).map(of))])),
        ]),
      ),
    ]),
  );
}

/** Ours to vanilla's, and to the best of the peers; undefined where one is 0 or missing. */
export function ratios(row) {
  const own = row.ours?.median;
  const to = (other) => (own > 0 && other > 0 ? own / other : undefined);
  const peers = Object.entries(row).filter(([page, figure]) => page !== "ours" && figure);
  const best = peers.reduce((best, [page, { median }]) => (best && best.median <= median ? best : { page, median }), undefined);
  return { vanilla: to(row.vanilla?.median), best: to(best?.median), bestPage: best?.page };
}

/** What another 1,000 services cost, between the smallest and the largest size: by page. */
export function slope(figures, key, factor = 1) {
  const sizes = Object.keys(figures).map(Number).sort((a, b) => a - b);
  const [small, large] = [sizes[0], sizes.at(-1)];
  if (small === large) return undefined;
  const way = (large - small) / 1000;
  return Object.fromEntries(
    Object.keys(figures[small][key]).map((page) => {
      const [from, to] = [figures[small][key][page]?.median, figures[large][key][page]?.median];
      return [page, from === undefined || to === undefined ? undefined : ((to - from) / way) * factor];
    }),
  );
}

/** What one more widget costs, of the records of pages with few and with many. */
export function perWidget(records) {
  const counts = [...new Set(records.map(({ count }) => count))].sort((a, b) => a - b);
  const of = (count, what) => median(records.filter((record) => record.count === count).map(what));
  const [few, many] = [counts[0], counts.at(-1)];
  const between = (what) => (of(many, what) - of(few, what)) / (many - few);
  return { ms: between((r) => r.cold.ready), warmMs: between((r) => r.warm.ready), kB: between((r) => whole(r.memory)) * 1000 };
}
