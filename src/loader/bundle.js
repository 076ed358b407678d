// What the elements run on: the components, their style and the manifest, loaded once for the page,
// and started anew where a fault has stopped them.

const BUNDLE = __OPS_HUB_BUNDLE__;
export const HERE = new URL(".", import.meta.url);

const HOST_STYLE =
  ":host{display:block;min-width:0}:host([hidden]){display:none}slot{display:contents}slot~.root{display:none}";

/** How often the components start anew by themselves within a minute. */
const MOST_RESTARTS = 3;

/** Every view that is mounted: an object with `id`, `fail(error)`, `again()`. */
export const views = new Set();

let loading;
let loaded;
let lastId = 0;

export const nextId = () => ++lastId;

/** Loads once for the page; a failure is tried again by the next call. */
export const start = () =>
  (loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  }));

async function load() {
  const [glue, wasm, css, manifest] = await Promise.all([
    script(BUNDLE.glue),
    file(BUNDLE.wasm),
    file(BUNDLE.style).then((answer) => answer.text()),
    answered(fetch(new URL("manifest.json", HERE), { cache: "no-cache" })).then((answer) => answer.text()),
  ]);
  await glue.default({ module_or_path: wasm });
  glue.begin(stopped, token);
  return (loaded = { glue, css, manifest });
}

/**
 * The token for a hub on another origin, of `OpsHub.tokens[origin]`, a function of the page. A hub that
 * the page does not name there is not asked: an attribute alone never sends a token anywhere.
 */
async function token(origin) {
  const tokens = globalThis.OpsHub?.tokens ?? {};
  if (!Object.hasOwn(tokens, origin)) throw new Error(`This page does not name the hub ${origin} in OpsHub.tokens.`);
  return tokens[origin]?.();
}

async function answered(request) {
  const answer = await request;
  if (!answer.ok) throw new Error(`${answer.url}: HTTP ${answer.status}`);
  return answer;
}

/** A file of the bundle, refused where it is not the one that this script was made with. */
async function file({ path, integrity }) {
  const url = new URL(path, HERE);
  try {
    return await answered(fetch(url, { integrity }));
  } catch (error) {
    throw await reason(url, error);
  }
}

let tries = 0;
/** An import has no integrity of its own: a preload with one decides what the import gets. */
async function script({ path, integrity }) {
  const url = new URL(path, HERE);
  // A browser may remember that an import failed.
  if (tries++) url.search = tries;
  const link = Object.assign(document.createElement("link"), { rel: "modulepreload", integrity, crossOrigin: "anonymous" });
  try {
    if (link.relList.supports?.("modulepreload")) {
      await new Promise((done, fail) => {
        link.onload = done;
        link.onerror = () => fail(new Error(`${url}: not loaded`));
        link.href = url;
        document.head.append(link);
      });
    }
    return await import(url);
  } catch (error) {
    throw await reason(url, error);
  } finally {
    link.remove();
  }
}

/** A file that is there and yet refused was changed on its way; the browser does not say so. */
async function reason(url, error) {
  const there = await fetch(url, { cache: "no-store" }).then((answer) => answer.ok, () => false);
  return there ? new Error(`${url} is not the file that belongs to this version, and was not run.`) : error;
}

const sheets = new WeakMap();
/** The style as a sheet of this document: another document's sheets are refused. */
export function sheet(page) {
  if (!sheets.has(page)) {
    const made = new page.defaultView.CSSStyleSheet();
    made.replaceSync(HOST_STYLE + loaded.css);
    sheets.set(page, made);
  }
  return sheets.get(page);
}

let fault;
let active;
let restarts = [];

/** The view whose reader acts just now: a fault in a handler is its own. */
export function acts(view) {
  if (active === view) return;
  active = view;
  setTimeout(() => active === view && (active = undefined));
}

/** The components have stopped for good, in the view of this id if it is known. */
function stopped(message, id) {
  if (!fault) queueMicrotask(restart);
  fault = { message, id: id ?? fault?.id, view: fault?.view ?? active };
}

/** Starts the components anew, with every view but the one that stopped them. */
function restart() {
  const { message, id, view } = fault;
  const now = performance.now();
  const all = [...views];
  const error = new Error(message);
  fault = active = undefined;
  views.clear();
  restarts = [...restarts.filter((time) => now - time < 60_000), now];
  const culprit = all.find((one) => one.id === id) ?? view;
  // The first call after a fault runs in a fresh instance; the old one is let go.
  loaded.glue.begin(stopped, token);
  for (const one of new Set([...all, culprit])) {
    if (one === culprit || restarts.length > MOST_RESTARTS) one?.fail(error);
    else one.again(culprit ? undefined : error);
  }
}

/** Whether a fault is being dealt with; where a view is given, it was that view's. */
export function isFault(view) {
  if (fault && view) fault.view = view;
  return !!fault;
}

const waiting = new Set();
let pause = 1000;
/** Tries to start again in a while, once for all views that wait for it. */
export function startLater(view) {
  if (waiting.size === 0) {
    setTimeout(async () => {
      const all = [...waiting];
      waiting.clear();
      pause = Math.min(pause * 2, 60_000);
      await start().then(() => (pause = 1000), () => {});
      for (const one of all) one.again();
    }, pause / 2 + (Math.random() * pause) / 2);
  }
  waiting.add(view);
}

export const node = (tag, className, text) => {
  const made = document.createElement(tag);
  made.className = className;
  if (text) made.textContent = text;
  return made;
};
