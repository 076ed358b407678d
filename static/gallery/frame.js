// A frame of the gallery: says on the document when every widget in it has reached its state.

const { reached, unfolded, silent } = document.querySelector("main").dataset;

// A hub that never answers would be given up after a while, and the skeleton with it.
if (silent !== undefined) AbortSignal.timeout = () => new AbortController().signal;

const widgets = () => [...document.querySelectorAll("ops-widget")];
const isThere = (widget) => widget.shadowRoot?.querySelector(reached);

/** Frames since something has changed: what opens is drawn a little later. */
let still = 0;

/** Opens everything that folds, and what a later rendering brings; of menus, one at a time, those of now. */
function unfold(root) {
  const open = (which) => root.querySelectorAll(which).forEach((one) => (one.open = true));
  const follow = () => ((still = 0), open("details:not([open], [name])"));
  new MutationObserver(follow).observe(root, { childList: true, subtree: true });
  open("details:not([open])");
}

function settle() {
  if (still++ < 4) return requestAnimationFrame(settle);
  document.documentElement.dataset.settled = "";
}

function look() {
  if (!widgets().every(isThere)) return requestAnimationFrame(look);
  if (unfolded !== undefined) widgets().forEach((widget) => unfold(widget.shadowRoot));
  settle();
}
look();
