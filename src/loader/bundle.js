// What the elements run on: the components, their style and the manifest, loaded once for the page,
// and started anew where a fault has stopped them.

const BUNDLE = __OPS_HUB_BUNDLE__;
export const HERE = new URL(".", import.meta.url);

const HOST_STYLE =
  ":host{display:block;min-width:0}:host([hidden]){display:none}slot{display:contents}slot~.root{display:none}";

/** The look of the card that says that nothing could be started: the bundle's own may be what is missing. */
const BARE_STYLE = `:host{color-scheme:light dark}:host([theme=light]){color-scheme:light}:host([theme=dark]){color-scheme:dark}
.card{padding:1.25rem;border:1px solid light-dark(#dfe3ea,#2b313d);border-radius:var(--ops-radius,.75rem);background:var(--ops-surface,light-dark(#fff,#171b23));color:var(--ops-ink,light-dark(#1b2130,#e8ebf2));font:400 .875rem/1.5 var(--ops-font,system-ui,sans-serif);overflow-wrap:anywhere}
p{margin:0 0 .5rem}.lead{font-weight:600}button{font:inherit;padding:.25rem .75rem}@media print{button{display:none}}`;

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
    file(BUNDLE.glue, script),
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
async function file({ path, integrity }, get = (url) => answered(fetch(url, { integrity }))) {
  const url = new URL(path, HERE);
  try {
    return await get(url, integrity);
  } catch (error) {
    // A file that is there and yet refused was changed on its way; the browser does not say so.
    const there = await fetch(url, { cache: "no-store" }).then((answer) => answer.ok, () => false);
    throw there ? new Error(`${url} is not the file that belongs to this version, and was not run.`) : error;
  }
}

let tries = 0;
/** An import has no integrity of its own: a preload with one decides what the import gets. */
async function script(url, integrity) {
  // A browser may remember that an import failed.
  if (tries++) url.search = tries;
  const link = Object.assign(document.createElement("link"), { rel: "modulepreload", integrity, crossOrigin: "anonymous" });
  try {
    if (link.relList.supports?.(link.rel)) {
      await new Promise((done, fail) => {
        link.onload = done;
        link.onerror = () => fail(new Error(`${url}: not loaded`));
        link.href = url;
        document.head.append(link);
      });
    }
    return await import(url);
  } finally {
    link.remove();
  }
}

const sheets = { bare: new WeakMap(), whole: new WeakMap() };
/** The style as a sheet of this document: another document's sheets are refused. */
export function sheet(page) {
  const known = loaded ? sheets.whole : sheets.bare;
  if (!known.has(page)) {
    const made = new page.defaultView.CSSStyleSheet();
    made.replaceSync(HOST_STYLE + (loaded?.css ?? BARE_STYLE));
    known.set(page, made);
  }
  return known.get(page);
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
