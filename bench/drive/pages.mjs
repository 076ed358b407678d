// The pages that are measured, and how a reader acts on each.

const PEER = {
  probe: { host: null, row: "tr[data-row]", mark: "data-row", order: null },
  name: ["press", 'th[data-col="name"]'],
  gaps: ["press", 'th[data-col="gaps"]'],
};

const GRID = {
  probe: { host: null, row: ".ag-row[row-id]", mark: "row-id", order: "row-index" },
  name: ["press", '.ag-header-cell[col-id="name"] .ag-header-cell-label'],
  gaps: ["press", '.ag-header-cell[col-id="gaps"] .ag-header-cell-label'],
};

const OURS = {
  probe: { host: 'ops-widget[name="ops-service-catalog"]', row: "tr[data-row]", mark: "data-row", order: null },
  name: ["press", '[role="columnheader"] button'],
  gaps: ["choose", 'select option[value="gaps"]', "gaps"],
};

/** By name: the path, and how it is acted on. The first is what the others are compared with. */
export const PAGES = [
  { key: "vanilla", title: "vanilla JavaScript", path: "/vanilla", ...PEER },
  { key: "ours", title: "ops-hub widgets", path: "/catalog", ...OURS },
  { key: "preact", title: "Preact", path: "/preact", ...PEER },
  { key: "lit", title: "Lit", path: "/lit", ...PEER },
  { key: "react", title: "React + TanStack", path: "/react", ...PEER },
  { key: "aggrid", title: "AG Grid", path: "/aggrid", ...GRID },
];

export const SEARCH = 'input[type="search"]';
