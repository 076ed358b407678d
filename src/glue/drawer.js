/** The dialog that shows an entity, and what the entity is drawn in. `acts` is called as the reader acts, `leave` once it is closed. */
export function drawer(acts, leave) {
  const make = (tag, className) => Object.assign(document.createElement(tag), { className });
  const dialog = make("dialog", "drawer");
  const close = make("button", "close icon-button");
  const container = make("div", "root");
  close.type = "button";
  close.textContent = "×";
  close.setAttribute("aria-label", document.documentElement.lang.startsWith("de") ? "Schließen" : "Close");
  dialog.append(close, container);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => (acts(), event.target === dialog && dialog.close()), true);
  dialog.addEventListener("close", leave);
  return [dialog, container];
}
