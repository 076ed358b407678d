import { useRef } from "react";
import { createRoot } from "react-dom/client";
import {
  columnFilteringFeature,
  createColumnHelper,
  createFilteredRowModel,
  createSortedRowModel,
  filterFn_includesString,
  globalFilteringFeature,
  rowSortingFeature,
  sortFn_basic,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { COLUMNS, NUMBERS, ROW_PX, SEARCHED, load } from "./table.js";

const features = tableFeatures({
  columnFilteringFeature,
  globalFilteringFeature,
  rowSortingFeature,
  filteredRowModel: createFilteredRowModel(),
  sortedRowModel: createSortedRowModel(),
  filterFns: { includesString: filterFn_includesString },
  sortFns: { basic: sortFn_basic },
});
const helper = createColumnHelper();
const columns = helper.columns(
  COLUMNS.map((name) =>
    helper.accessor(name, {
      header: name,
      sortFn: "basic",
      sortDescFirst: NUMBERS.includes(name),
      enableGlobalFilter: SEARCHED.includes(name),
    }),
  ),
);

function Space({ px }) {
  return <tr className="space" style={{ height: px }} />;
}

function Table({ data }) {
  const box = useRef(null);
  const table = useTable({ features, columns, data, globalFilterFn: "includesString", getRowId: (row) => row.ref, enableSortingRemoval: false });
  const { rows } = table.getRowModel();
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => box.current, estimateSize: () => ROW_PX, overscan: 5 });
  const items = virtual.getVirtualItems();
  const start = () => box.current.scrollTo({ top: 0 });
  return (
    <>
      <input
        type="search"
        placeholder="Search"
        value={table.state.globalFilter ?? ""}
        onChange={(event) => (table.setGlobalFilter(event.target.value), start())}
      />
      <div className="sight" ref={box}>
        <table>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {group.headers.map((head) => (
                  <th key={head.id} scope="col" data-col={head.column.id} onClick={(event) => (head.column.getToggleSortingHandler()(event), start())}>
                    <table.FlexRender header={head} />
                  </th>
                ))}
              </tr>
            ))}
          </thead>
          <tbody>
            <Space px={items[0]?.start ?? 0} />
            {items.map(({ index }) => (
              <tr key={rows[index].id} data-row={rows[index].id}>
                {rows[index].getAllCells().map((cell) => (
                  <td key={cell.id}>
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            ))}
            <Space px={items.length ? virtual.getTotalSize() - items.at(-1).end : 0} />
          </tbody>
        </table>
      </div>
    </>
  );
}

createRoot(document.querySelector("main")).render(<Table data={await load()} />);
