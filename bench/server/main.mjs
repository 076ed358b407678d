// The server of all pages, a process of its own: `node main.mjs OPTIONS`, started by the driver, which
// it tells the origin of each catalog. Each has its own, so that all are asked for by the same paths.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { generated, imported } from "./data.mjs";
import { files } from "./files.mjs";
import { send } from "./store.mjs";
import { stream } from "./stream.mjs";

const options = JSON.parse(process.argv[2]);
const { found, manifest } = files(options);
const counts = new Map();
const { api } = manifest;

function count(path, status) {
  const key = `${path} ${status}`;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function serve(data, live) {
  return (request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    if (pathname === api.streamEvents) {
      count("stream", 200);
      return live ? live.open(request, response, searchParams.get("after")) : response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
    }
    const answers = {
      [api.getCatalog]: ["catalog", () => data.catalog(searchParams)],
      [api.listEvents]: ["evidence", () => (live ? data.events(live.latest(500), live.last()) : data.events())],
      "/data/services.json": ["flat", () => data.flat],
    };
    const [name, get] = answers[pathname] ?? ["file", () => found.get(pathname)];
    const what = get();
    if (!what) {
      const gone = name === "catalog" ? 410 : 404;
      response.writeHead(gone, { "content-type": "application/problem+json" }).end(JSON.stringify({ type: "catalog-changed", status: gone }));
      return count(name, gone);
    }
    count(name, send(request, response, what));
  };
}

async function listen(handler) {
  const server = createServer({ keepAliveTimeout: 60_000 }, handler);
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${server.address().port}`;
}

const origins = {};
const bytes = {};
for (const size of options.sizes) {
  const data = generated(size, manifest.preload[0]);
  bytes[size] = { ...data.bytes, flat: data.flat.bytes.length, flatPacked: data.flat.br.length };
  origins[size] = await listen(serve(data));
}
const inventory = readFileSync(options.catalog, "utf8");
const live = stream(JSON.parse(inventory));
origins.inventory = await listen(serve(imported(inventory), live));

process.on("message", async ({ id, what, perSecond, seconds }) => {
  let result;
  if (what === "counts") result = Object.fromEntries(counts);
  if (what === "reset") counts.clear();
  if (what === "events") result = await live.run(perSecond, seconds);
  process.send({ id, result });
});
// The driver's end is this one's end.
process.on("disconnect", () => process.exit());
process.send({ origins, bytes });
