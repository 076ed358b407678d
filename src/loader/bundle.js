// What the elements run on: the components, their style and the manifest, loaded once for the page,
// and started anew where a fault has stopped them.

import { ask, askAhead, letGo } from "./ahead.js";

const BUNDLE = __OPS_HUB_BUNDLE__;
export const HERE = new URL(".", import.meta.url);

const HOST_STYLE =
  ":host{display:block;min-width:0}:host([hidden]){display:none}slot{display:contents}slot~.root{display:none}";

/** The look of the card that says that nothing could be started: the bundle's own may be what is missing. */
const BARE_STYLE = `:host{color-scheme:light dark}:host([theme=light]){color-scheme:light}:host([theme=dark]){color-scheme:dark}
.card{padding:1.25rem;border:1px solid #8886;border-radius:var(--ops-radius,.75rem);background:var(--ops-surface,light-dark(#fff,#171b23));color:var(--ops-ink,light-dark(#1b2130,#e8ebf2));font:400 .875rem/1.5 var(--ops-font,system-ui,sans-serif);overflow-wrap:anywhere}
p{margin:0 0 .5rem}.lead{font-weight:600}button{font:inherit;padding:.25rem .75rem}@media print{button{display:none}}`;

/** Every view that is mounted: an object with `id`, `fail(error)`, `again()`. */
export const views = new Set();

let loading;
export let loaded;
let lastId = 0;

export const nextId = () => ++lastId;

/** The origin of the hub that an element shows. */
export const hubOf = (element) => new URL(element.getAttribute("hub") || HERE, document.baseURI).origin;

/** Whether an element shows the page's own hub. */
let isOwn;

/** Loads once for the page, for an element that shows this hub; a failure is tried again by the next call. */
export function start(hub) {
  isOwn ||= hub === origin;
  return (loading ??= load()
    .finally(() => setTimeout(letGo))
    .catch((error) => {
      loading = undefined;
      throw error;
    }));
}

async function load() {
  const read = answered(fetch(new URL("manifest.json", HERE), { cache: "no-cache" })).then((answer) => answer.arrayBuffer());
  // Once all elements that the page has now have said what they show.
  queueMicrotask(() => isOwn && askAhead(BUNDLE.preload));
  const [glue, manifest] = await Promise.all([
    Promise.all([file(BUNDLE.glue, script), file(BUNDLE.wasm, binary)]).then(async ([glue, module_or_path]) => (await glue.default({ module_or_path }), glue)),
    read,
  ]);
  glue.fetchChunksBy((chunk) => file(chunk, binary));
  glue.begin(stopped, glue.token, ask);
  return (loaded = { glue, manifest: new Uint8Array(manifest) });
}

async function answered(request) {
  const answer = await request;
  if (!answer.ok) throw new Error(`${answer.url}: HTTP ${answer.status}`);
  return answer;
}

/** A file of the bundle, refused where it is not the one that this script was made with. */
async function file({ path, integrity }, get) {
  const url = new URL(path, HERE);
  try {
    return await get(url, integrity);
  } catch (error) {
    // A file that is there and yet refused was changed on its way; the browser does not say so.
    const there = await fetch(url, { cache: "no-store" }).then((answer) => answer.ok, () => false);
    throw there ? new Error(`${url} is not the file that belongs to this version, and was not run.`) : error;
  }
}

const binary = (url, integrity) => answered(fetch(url, { integrity }));

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
    made.replaceSync(HOST_STYLE + (loaded?.glue.css ?? BARE_STYLE));
    known.set(page, made);
  }
  return known.get(page);
}

let fault;
let active;

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

function restart() {
  const { glue } = loaded;
  const last = fault;
  fault = active = undefined;
  // The first call after a fault runs in a fresh instance; the old one is let go.
  glue.begin(stopped, glue.token, ask);
  glue.restart(views, last);
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
    setTimeout(() => {
      const all = [...waiting];
      waiting.clear();
      pause = Math.min(pause * 2, 60_000);
      // All of them share one loading, and where it fails they come back here.
      for (const one of all) one.again();
      start().then(() => (pause = 1000), () => {});
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
