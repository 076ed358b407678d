// The local hub under load: `node main.mjs OPTIONS`, options as JSON; `cargo xtask bench` gives them.

import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "./load.mjs";
import { count, fill } from "./seed.mjs";

process.on("uncaughtException", (error) => {
  console.error(`error: ${error.message}`);
  process.exit(1);
});
const options = JSON.parse(process.argv[2]);
const { program, bundle, catalog, folder } = options;
const database = join(folder, "hub.sqlite");
const say = (words) => console.error(`  ${words}`);

/** Starts the hub; gives its access, and a way to end it. */
async function start() {
  const file = join(folder, "access.json");
  rmSync(file, { force: true });
  const given = ["serve", "--listen", "127.0.0.1:0", "--db", database, "--bundle", bundle, "--access-file", file, "--allowance", "1000000"];
  const child = spawn(program, given, { stdio: ["ignore", "ignore", "inherit"] });
  const ended = new Promise((done) => child.on("exit", done));
  const late = Date.now() + 60_000;
  for (;;) {
    const isThere = existsSync(file) && readFileSync(file, "utf8").endsWith("\n");
    const access = isThere && JSON.parse(readFileSync(file));
    if (access && (await fetch(`${access.url}/healthz`).then((answer) => answer.ok, () => false))) {
      return { access, stop: () => (child.kill("SIGTERM"), ended) };
    }
    if (child.exitCode !== null || Date.now() > late) throw new Error("the hub did not start; what it said is above");
    await new Promise((done) => setTimeout(done, 50));
  }
}

async function get({ url, token }, path) {
  const answer = await fetch(url + path, { headers: { authorization: `Bearer ${token}` } });
  if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status}`);
  return answer.json();
}

/** An event that the widget of the registry's endpoint takes. */
const event = (widgetId, nth) => ({
  widgetId,
  eventType: "ops-endpoint-verified",
  viewContext: "bench",
  metadata: { vsmFunction: "OPS", vsmSystem: "S1", endpoint: "https://bench.example/v2/", expectedStatus: 401, observedStatus: nth % 10 ? 401 : 503, latencyMs: nth },
});

/** Records some events by the API: they are what the database is filled with. */
async function record({ url, token }, widgetId) {
  for (let nth = 0; nth < 500; nth++) {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const answer = await fetch(`${url}/api/v2/events`, { method: "POST", headers, body: JSON.stringify(event(widgetId, nth)) });
    if (answer.status !== 201) throw new Error(`an event was not taken: HTTP ${answer.status} ${await answer.text()}`);
  }
}

async function phase(name, prepare) {
  const before = count(options.sqlite, database);
  const hub = await start();
  try {
    const { items } = await get(hub.access, "/api/v2/hubs/ops-hub/widgets");
    const widgetId = items.find((widget) => widget.name === "ops-endpoint-gitea-registry").id;
    await prepare?.(hub.access, widgetId);
    const cases = await load({ ...options, access: hub.access, body: JSON.stringify(event(widgetId, 1)), say: (words) => say(`${name}: ${words}`) });
    await hub.stop();
    const after = count(options.sqlite, database);
    const answered = cases.find(({ name }) => name === "post").requests;
    // What was answered is on disk; what was under way at the end may be.
    if (after - before < answered) throw new Error(`${answered} events were acknowledged, ${after - before} are in the database`);
    return { before, after, cases };
  } finally {
    await hub.stop();
  }
}

const first = await start();
execFileSync(program, ["register", "--yes", "--hub", first.access.url, "--catalog", catalog, "--manifest", join(bundle, "manifest.json")], { env: { ...process.env, OPS_HUB_TOKEN: first.access.token }, stdio: "ignore" });
await first.stop();

const few = await phase("few events", record);
say(`filling the database with ${options.events} events`);
const seeding = fill(options.sqlite, database, options.events);
const many = await phase(`${options.events} events`);
writeFileSync(options.out, JSON.stringify({ few, many, seeding, seconds: options.seconds }));
