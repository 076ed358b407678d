// The gallery's page: a frame is as high as what is in it.

/** Keeps the frame's height at that of its document. */
function fit(frame) {
  const body = frame.contentDocument?.body;
  if (!body) return;
  const measure = () => (frame.height = Math.ceil(body.getBoundingClientRect().height));
  new ResizeObserver(measure).observe(body);
  measure();
}

for (const frame of document.querySelectorAll("iframe.stage")) {
  frame.addEventListener("load", () => fit(frame));
  if (frame.contentDocument?.readyState === "complete") fit(frame);
}
