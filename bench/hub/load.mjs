// Requests repeated by wrk, from one machine to itself, for a bounded time.

import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const CONNECTIONS = 8;
const EVENTS = "/api/v2/hubs/ops-hub/events";
/** How far down the list the deep page lies, in pages of 500; half of a million. */
const DEEP = 1000;

/** `1.23ms` in ms. */
function ms(text) {
  const [, number, unit] = /([\d.]+)(us|ms|s|m)/.exec(text);
  return Number(number) * { us: 0.001, ms: 1, s: 1000, m: 60_000 }[unit];
}

/** What wrk says. A refused or broken request is an error: it would be counted as fast. */
function read(name, text) {
  const find = (pattern) => pattern.exec(text)?.[1];
  const bad = find(/Non-2xx or 3xx responses: (\d+)/) ?? find(/(Socket errors: .*)/);
  if (bad) throw new Error(`${name}: ${bad} requests were not answered as they should\n${text}`);
  return { name, requests: Number(find(/(\d+) requests in/)), perSecond: Number(find(/Requests\/sec:\s+([\d.]+)/)), p50: ms(find(/^\s+50%\s+(\S+)/m)), p99: ms(find(/^\s+99%\s+(\S+)/m)) };
}

/** The address of a page far down the list: pages are followed as a reader would. */
async function deep(url, headers) {
  let path = `${EVENTS}?limit=500`;
  for (let page = 0; page < DEEP; page++) {
    const { next } = await (await fetch(url + path, { headers })).json();
    if (!next) break;
    path = `${EVENTS}?limit=500&cursor=${next}`;
  }
  return path;
}

/** Each case: its name, requests a second, the half's and the slowest hundredth's time in ms. */
export async function load({ access, body, folder, seconds, wrk, say }) {
  const { url, token } = access;
  const headers = { authorization: `Bearer ${token}`, "accept-encoding": "identity" };
  const etag = async (path) => (await fetch(url + path, { headers })).headers.get("etag");
  const catalog = "/api/v2/hubs/ops-hub/catalog";
  const cases = [
    { name: "page", path: `${EVENTS}?limit=50` },
    { name: "page500", path: `${EVENTS}?limit=500` },
    { name: "deep", path: await deep(url, headers) },
    { name: "unchanged", path: `${EVENTS}?limit=500`, more: { "if-none-match": await etag(`${EVENTS}?limit=500`) } },
    { name: "catalogUnchanged", path: catalog, more: { "if-none-match": await etag(catalog) } },
    { name: "post", path: "/api/v2/events", body },
  ];
  const script = join(folder, "post.lua");
  writeFileSync(script, `wrk.method = "POST"\nwrk.headers["content-type"] = "application/json"\nwrk.body = [==[${body}]==]\n`);
  const found = [];
  for (const { name, path, more, body } of cases) {
    const said = Object.entries({ ...headers, ...more }).flatMap(([key, value]) => ["-H", `${key}: ${value}`]);
    const { stdout } = await run(wrk, ["-t", "1", "-c", `${CONNECTIONS}`, "-d", `${seconds}s`, "--latency", ...said, ...(body ? ["-s", script] : []), url + path]);
    found.push(read(name, stdout));
    const { perSecond, p50, p99 } = found.at(-1);
    say(`${name}: ${perSecond.toFixed(0)} a second, half within ${p50.toFixed(1)} ms, 99 of 100 within ${p99.toFixed(1)} ms`);
  }
  return found;
}
