// Figures and names as people read them.

export const TITLES = { vanilla: "Plain JavaScript", ours: "ops-hub widgets", preact: "Preact", lit: "Lit", react: "React + TanStack", aggrid: "AG Grid" };
export const ORDER = ["ours", "vanilla", "preact", "lit", "react", "aggrid"];

export const escape = (text) => String(text).replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
export const grouped = (number) => Math.round(number).toLocaleString("en-US");

/** With as many digits as mean something. */
export function figure(value, digits) {
  if (value === undefined || value === null || !Number.isFinite(value)) return "–";
  if (digits !== undefined) return value.toFixed(digits);
  if (Math.abs(value) >= 1000) return grouped(value);
  if (Math.abs(value) >= 100 || value === 0) return value.toFixed(0);
  return value.toFixed(1);
}

export const ratio = (value) => (value === undefined ? "–" : `${value >= 10 ? value.toFixed(0) : value.toFixed(2)}×`);
