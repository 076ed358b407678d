// A frame of the gallery: says on the document when every widget in it has reached its state.

const { reached, unfolded, silent } = document.querySelector("main").dataset;

// A hub that never answers would be given up after a while, and the skeleton with it.
if (silent !== undefined) AbortSignal.timeout = () => new AbortController().signal;

const widgets = () => [...document.querySelectorAll("ops-widget")];
const isThere = (widget) => widget.shadowRoot?.querySelector(reached);

/** Opens everything that folds; what was in it may fold too. */
function unfold(root) {
  const folded = root.querySelectorAll("details:not([open])");
  for (const one of folded) one.open = true;
  if (folded.length) requestAnimationFrame(() => unfold(root));
}

function look() {
  if (!widgets().every(isThere)) return requestAnimationFrame(look);
  if (unfolded !== undefined) widgets().forEach((widget) => unfold(widget.shadowRoot));
  requestAnimationFrame(() => requestAnimationFrame(() => (document.documentElement.dataset.settled = "")));
}
look();
