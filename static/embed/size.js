// Serves every frame of the hub that this script is from:
// <iframe class="ops-hub" src="https://hub.example/embed/NAME">.
// It gets the height of its widget, and, where it has no origin of its own (a sandbox without
// allow-same-origin), the tokens of OpsHub.tokens.

const hub = new URL(import.meta.url).origin;
const most = 20_000;
const isOwn = (frame) => frame.src.startsWith(`${hub}/`);
const frames = () => [...document.querySelectorAll("iframe.ops-hub")].filter(isOwn);
const isApart = (frame) => frame.sandbox.length > 0 && !frame.sandbox.contains("allow-same-origin");

/** The key that a frame's document has to show for its way to the tokens; it opens once. */
const keys = new WeakMap();

/** A greeting says nothing that anybody may not know: a document without an origin cannot be named. */
const greet = (frame) => frame.contentWindow?.postMessage({ type: "ops-hub:hello" }, isApart(frame) ? "*" : hub);

/**
 * Whatever is in a frame without an origin says "null" for it. So the frame is led to the hub's own
 * address with a key behind the #: only the hub's document can read it there, and show it.
 */
function lead(frame) {
  const to = new URL(frame.src);
  keys.set(frame, (to.hash = crypto.getRandomValues(new Uint32Array(4)).join("-")));
  frame.contentWindow.location.replace(to);
}

async function token() {
  const tokens = globalThis.OpsHub?.tokens ?? {};
  if (!Object.hasOwn(tokens, hub)) throw new Error(`This page does not name the hub ${hub} in OpsHub.tokens.`);
  return tokens[hub]?.();
}

async function answer({ ports: [reply] }) {
  try {
    reply.postMessage({ token: await token() });
  } catch (error) {
    reply.postMessage({ error: String(error?.message ?? error) });
  }
}

addEventListener("message", ({ source, origin, data, ports }) => {
  const frame = frames().find((one) => one.contentWindow === source);
  if (!frame || origin !== (isApart(frame) ? "null" : hub)) return;
  if (data?.type === "ops-hub:size" && Number.isFinite(data.height)) {
    frame.height = Math.min(Math.max(data.height, 0), most);
  }
  if (data?.type === "ops-hub:lost" && isApart(frame)) lead(frame);
  if (data?.type === "ops-hub:way" && data.key && data.key === keys.get(frame)) {
    keys.delete(frame);
    ports[0].onmessage = answer;
    ports[0].postMessage("open");
  }
});
// A frame that is still loading is greeted when it has loaded.
document.addEventListener("load", ({ target }) => target.matches?.("iframe.ops-hub") && isOwn(target) && greet(target), true);
frames().forEach(greet);
