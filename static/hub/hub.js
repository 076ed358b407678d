// Shows the panels of a hub at once, when the first of them has something to show: until then they are laid
// out and not seen, so that nothing that is seen moves. Where no widget comes, the page shows what there is.

const LONGEST_MS = 5000;
const panels = document.querySelector(".panels");

/** In the next frame, in which pictures learn how wide they are and are drawn for that before anything is painted. */
const show = () => requestAnimationFrame(() => panels.classList.remove("is-waiting"));

if (panels) {
  for (const type of ["ops-ready", "ops-error"]) panels.addEventListener(type, show, { once: true });
  setTimeout(show, LONGEST_MS);
}
