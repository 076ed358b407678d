import { ClientSideRowModelModule, ModuleRegistry, QuickFilterModule, createGrid } from "ag-grid-community";
import { COLUMNS, NUMBERS, ROW_PX, SEARCHED, SIGHT_PX, load } from "./table.js";

ModuleRegistry.registerModules([ClientSideRowModelModule, QuickFilterModule]);
const field = Object.assign(document.createElement("input"), { type: "search", placeholder: "Search" });
const box = document.createElement("div");
box.style.cssText = `height:${SIGHT_PX + 30}px;margin-top:12px`;
document.querySelector("main").append(field, box);

const grid = createGrid(box, {
  rowData: await load(),
  getRowId: ({ data }) => data.ref,
  rowHeight: ROW_PX,
  headerHeight: ROW_PX,
  rowBuffer: 5,
  animateRows: false,
  columnDefs: COLUMNS.map((name) => ({
    field: name,
    width: 170,
    sortable: true,
    sortingOrder: NUMBERS.includes(name) ? ["desc", "asc"] : ["asc", "desc"],
    ...(SEARCHED.includes(name) ? {} : { getQuickFilterText: () => "" }),
  })),
});
field.addEventListener("input", () => grid.setGridOption("quickFilterText", field.value));
