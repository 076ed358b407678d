// What is served, in memory, packed before the first request.

import { createHash } from "node:crypto";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const TYPES = { html: "text/html; charset=utf-8", js: "text/javascript", json: "application/json", css: "text/css; charset=utf-8", wasm: "application/wasm", svg: "image/svg+xml", ts: "text/plain" };
const FOREVER = "public, max-age=31536000, immutable";
const REVALIDATE = "no-cache";

export const type = (name) => TYPES[name.split(".").at(-1)] ?? "application/octet-stream";
export const tag = (bytes) => `"${createHash("sha256").update(bytes).digest("hex").slice(0, 32)}"`;

/**
 * Something to serve: its bytes with a brotli and a gzip twin. Files are packed once and for good
 * (quality 11), data as a server packs what it makes (5).
 */
export function item(name, content, { quality = 11, headers = {}, twins, etag } = {}) {
  const bytes = Buffer.from(content);
  const parameters = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return {
    bytes,
    br: twins?.br ?? brotliCompressSync(bytes, { params: parameters }),
    gzip: twins?.gzip ?? gzipSync(bytes, { level: quality > 9 ? 9 : quality }),
    headers: {
      "content-type": type(name),
      etag: etag ?? tag(bytes),
      // Named by its hash, it never changes.
      "cache-control": /-[0-9a-f]{16}\.[a-z]+$/.test(name) ? FOREVER : REVALIDATE,
      vary: "accept-encoding",
      ...headers,
    },
  };
}

/** Answers with an item, or with 304 where the reader has it. Gives the status. */
export function send(request, response, found) {
  if (request.headers["if-none-match"] === found.headers.etag) {
    response.writeHead(304, found.headers).end();
    return 304;
  }
  const accepted = request.headers["accept-encoding"] ?? "";
  const encoding = ["br", "gzip"].find((one) => new RegExp(`\\b${one}\\b`).test(accepted));
  const bytes = encoding ? found[encoding] : found.bytes;
  response.writeHead(200, { ...found.headers, "content-length": bytes.length, ...(encoding && { "content-encoding": encoding }) });
  response.end(bytes);
  return 200;
}
