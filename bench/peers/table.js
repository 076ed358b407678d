// What the hand-written peers share: columns, data, search, order, and which rows are in sight.

export const COLUMNS = ["name", "environment", "owner", "endpoint", "store", "gaps", "state", "answered"];
export const SEARCHED = ["name", "environment", "owner", "endpoint", "store"];
/** Numbers are sorted from the largest down at the first press, as the product does. */
export const NUMBERS = ["gaps", "answered"];
export const ROW_PX = 28;
export const SIGHT_PX = 840;
const AROUND = 5;

export const load = async () => (await fetch("/data/services.json", { cache: "no-cache" })).json();

export function search(rows, text) {
  const wanted = text.trim().toLowerCase();
  return wanted ? rows.filter((row) => SEARCHED.some((column) => row[column].toLowerCase().includes(wanted))) : rows;
}

/** The order after a press on a column's head. */
export function press(order, column) {
  if (order?.column === column) return { column, down: !order.down };
  return { column, down: NUMBERS.includes(column) };
}

export function arrange(rows, order) {
  if (!order) return rows;
  const { column, down } = order;
  const sign = down ? -1 : 1;
  return [...rows].sort((a, b) => (a[column] < b[column] ? -sign : a[column] > b[column] ? sign : 0));
}

/** From which row to which is drawn, and the heights of what is not. */
export function sight(count, top) {
  const from = Math.min(Math.max(0, Math.floor(top / ROW_PX) - AROUND), Math.max(0, count - 1));
  const to = Math.min(count, from + Math.ceil(SIGHT_PX / ROW_PX) + 2 * AROUND);
  return { from, to, above: from * ROW_PX, below: (count - to) * ROW_PX };
}
