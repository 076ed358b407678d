// Says the widget's height to the page around the frame, if that page asks and may know. A frame without
// an origin of its own (sandbox="allow-scripts") has no session: it asks the same page for tokens.

const PATIENCE_MS = 10_000;
const own = document.querySelector("script[data-origins]");
const allowed = new Set([location.origin, ...own.dataset.origins.split(" ").filter(Boolean)]);
const isApart = self.origin === "null";
let asker;

const say = () => {
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  if (asker) parent.postMessage({ type: "ops-hub:size", height }, asker);
};

addEventListener("message", ({ source, origin, data }) => {
  if (source !== parent || !allowed.has(origin) || data?.type !== "ops-hub:hello") return;
  asker = origin;
  if (isApart && !isLed) parent.postMessage({ type: "ops-hub:lost" }, asker);
  say();
});
new ResizeObserver(say).observe(document.body);

/** The way to the page around, which opens it to whoever shows the key that it put into the address. */
let open;
const way = new Promise((done) => (open = done));
let isLed = false;

if (isApart) {
  addEventListener("hashchange", () => {
    const key = location.hash.slice(1);
    if (!asker || !key) return;
    const { port1, port2 } = new MessageChannel();
    isLed = true;
    port1.onmessage = () => open(port1);
    parent.postMessage({ type: "ops-hub:way", key }, asker, [port2]);
  });
  globalThis.OpsHub = { tokens: { [location.origin]: token } };
}

/** A token for the hub, asked for at each request and kept nowhere. */
async function token() {
  const { port1, port2 } = new MessageChannel();
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error("The page around this frame gives no token.")), PATIENCE_MS);
  });
  const said = new Promise((done) => (port1.onmessage = ({ data }) => done(data)));
  try {
    (await Promise.race([way, late])).postMessage({ type: "ops-hub:token" }, [port2]);
    const { token, error } = await Promise.race([said, late]);
    if (error) throw new Error(error);
    return token;
  } finally {
    clearTimeout(timer);
    port1.close();
  }
}
