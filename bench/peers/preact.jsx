import { render } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { COLUMNS, arrange, load, press, search, sight } from "./table.js";

function Line({ row }) {
  return (
    <tr data-row={row.ref}>
      {COLUMNS.map((column) => (
        <td key={column}>{row[column]}</td>
      ))}
    </tr>
  );
}

function Table({ rows }) {
  const [text, setText] = useState("");
  const [order, setOrder] = useState();
  const [top, setTop] = useState(0);
  const box = useRef();
  const found = useMemo(() => search(rows, text), [rows, text]);
  const shown = useMemo(() => arrange(found, order), [found, order]);
  const { from, to, above, below } = sight(shown.length, top);
  const start = () => ((box.current.scrollTop = 0), setTop(0));
  return (
    <>
      <input type="search" placeholder="Search" value={text} onInput={(event) => (setText(event.currentTarget.value), start())} />
      <div class="sight" ref={box} onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
        <table>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col" data-col={column} onClick={() => (setOrder((order) => press(order, column)), start())}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr class="space" style={{ height: `${above}px` }} />
            {shown.slice(from, to).map((row) => (
              <Line key={row.ref} row={row} />
            ))}
            <tr class="space" style={{ height: `${below}px` }} />
          </tbody>
        </table>
      </div>
    </>
  );
}

render(<Table rows={await load()} />, document.querySelector("main"));
