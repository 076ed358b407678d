/** What a click in a widget asks of its element: to tell of an entity, to copy, to read the hub again. */
export function clicked(event, select, refresh) {
  const target = event.target.closest?.("[data-ref],[data-copy],[data-action]");
  if (!target) return;
  const { ref, copy, action } = target.dataset;
  if (ref) select(ref);
  if (copy) navigator.clipboard?.writeText(copy).then(() => target.classList.add("done"), () => {});
  if (action === "refresh") refresh();
}
