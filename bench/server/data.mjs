// The hub's answers and the peers' data for one catalog, packed once.

import { NOW, evidence, page, parts, whole } from "../data/catalog.mjs";
import { flat, services } from "../data/services.mjs";
import { item, tag } from "./store.mjs";

const DATA = { quality: 5 };

const cursorOf = (etag) => (at) => Buffer.from(`${etag} ${at}`).toString("base64url");

function events(items, now, latest) {
  const body = JSON.stringify({ now, latest: String(latest), items, next: null });
  return item("events.json", body, { ...DATA, headers: { "cache-control": "private, no-cache", "x-hub-time": now } });
}

/** A catalog of this many services, whole and in pages, of which the product asks for `first` first; its evidence, and the same as one flat list. */
export function generated(count, first) {
  const all = services(count);
  const made = parts(all);
  const text = whole(made);
  const etag = tag(text);
  const options = { ...DATA, etag, headers: { "cache-control": "private, no-cache" } };
  const complete = item("catalog.json", text, options);
  const pages = new Map();
  const paged = (query) => {
    const limit = Number(query.get("limit"));
    const after = query.get("after");
    const [of, at] = after ? Buffer.from(after, "base64url").toString().split(" ") : [etag, "0"];
    if (of !== etag) return undefined;
    const key = `${at} ${limit}`;
    if (!pages.has(key)) pages.set(key, item("catalog.json", page(made, Number(at), limit, cursorOf(etag)), options));
    return pages.get(key);
  };
  // The pages that the product asks for are packed before anybody is measured.
  for (let query = new URL(first, "http://localhost").searchParams; query; ) {
    const { next } = JSON.parse(paged(query).bytes);
    query = next && new URLSearchParams({ limit: 10000, after: next });
  }
  return {
    catalog: (query) => (query.has("limit") ? paged(query) : complete),
    events: () => events(evidence(all), NOW, 0),
    flat: item("services.json", JSON.stringify(flat(all)), DATA),
    bytes: { catalog: complete.bytes.length, catalogPacked: complete.br.length },
  };
}

/** The inventory's own catalog, as imported: it is small, and answered whole. */
export function imported(text) {
  const complete = item("catalog.json", text, { ...DATA, headers: { "cache-control": "private, no-cache" } });
  return { catalog: () => complete, events: (items, latest) => events(items, new Date().toISOString(), latest), live: true };
}
