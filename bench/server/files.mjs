// The files that are served: the bundle as it was packed, the peers, the pages.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { item } from "./store.mjs";

/** The policy of the local hub's pages. */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'";

const FOLDER = "/extensions/ops-hub/";

/** The inventory's widgets, in its order. */
const inventory = (manifest) => manifest.widgets.filter((widget) => widget.kind !== "evidence-feed");

/** A page with the heading, style and script of the local hub's. */
const framed = (title, head, main) =>
  `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${title}</title><link rel="stylesheet" href="/assets/hub.css"><link rel="icon" href="/assets/icon.svg" type="image/svg+xml"><script type="module" src="/assets/hub.js"></script>${head}</head><body><header class="bar"><a class="brand" href="/Hubs"><span class="brand-mark" aria-hidden="true"></span>Inter-Hub</a></header><main id="content">${main}</main></body></html>`;

/** A page of these elements, under the hub's policy. */
function hubPage(title, elements, hints) {
  const script = '<script type="module" src="/extensions/ops-hub/ops-hub.js"></script>';
  const panels = `<div class="panels is-waiting"><section class="group"><h2>${title}</h2><div class="widgets">${elements.join("")}</div></section></div><ops-entity></ops-entity>`;
  return item("page.html", framed(title, script, hints + panels), { headers: { "content-security-policy": POLICY, "cache-control": "no-store" } });
}

/** A page of a peer, whose script adds to `main`; some of them write styles that the policy would refuse. */
const peerPage = (title, script, style) => item("page.html", framed(title, `<style>${style}</style>`, `<script type="module" src="${script}"></script>`), { headers: { "cache-control": "no-store" } });

/** What the entry is going to ask for, as the local hub's page says it. */
function hints(manifest) {
  const link = (what, path) => `<link ${what} href="${path}" crossorigin="anonymous">`;
  const fetched = 'rel="preload" as="fetch"';
  const hint = { glue: ({ integrity }) => `rel="modulepreload" integrity="${integrity}"`, wasm: () => fetched };
  // Of the files with components, pages load the first; the others are loaded on demand.
  const components = manifest.bundle.find(({ role }) => role === "wasm");
  const files = manifest.bundle.filter((file) => hint[file.role] && (file.role !== "wasm" || file === components)).map((file) => link(hint[file.role](file), FOLDER + file.path));
  return [...files, ...[`${FOLDER}manifest.json`, ...manifest.preload].map((path) => link(fetched, path))].join("");
}

const element = ({ name, title }) =>
  `<ops-widget name="${name}"><div class="fallback"><strong>${title}</strong><p class="quiet">Shown as soon as its script has loaded.</p></div></ops-widget>`;

/** By path: everything but data. */
export function files({ bundle, peers, root }) {
  const found = new Map();
  for (const name of readdirSync(bundle).filter((name) => !/\.(br|gz)$/.test(name))) {
    const packed = (end) => (existsSync(join(bundle, name + end)) ? readFileSync(join(bundle, name + end)) : undefined);
    found.set(FOLDER + name, item(name, readFileSync(join(bundle, name)), { twins: { br: packed(".br"), gzip: packed(".gz") } }));
  }
  const style = readFileSync(join(root, "bench/peers/page.css"), "utf8");
  for (const name of readdirSync(peers)) {
    const [peer] = name.split("-");
    found.set(`/peers/${name}`, item(name, readFileSync(join(peers, name))));
    found.set(`/${peer}`, peerPage(peer, `/peers/${name}`, style));
  }
  for (const name of ["hub.css", "hub.js", "icon.svg"]) found.set(`/assets/${name}`, item(name, readFileSync(join(root, "static/hub", name))));
  const manifest = JSON.parse(readFileSync(join(bundle, "manifest.json")));
  const all = inventory(manifest);
  const feed = manifest.widgets.filter((widget) => widget.kind === "evidence-feed");
  const many = Array.from({ length: 100 }, (_, at) => all[at % all.length]);
  const page = (title, widgets) => hubPage(title, widgets.map(element), hints(manifest));
  found.set("/catalog", page("Service catalog", all.filter((widget) => widget.kind === "service-catalog")));
  found.set("/widgets-14", page("14 widgets", all));
  found.set("/widgets-100", page("100 widgets", many));
  found.set("/live", page("Live", [...all, ...feed]));
  return { found, manifest };
}
