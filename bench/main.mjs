// Drives the browser: `node main.mjs OPTIONS`, options as JSON; `cargo xtask bench` gives them.

import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { launch } from "./drive/browser.mjs";
import { catalog } from "./drive/catalog.mjs";
import { live } from "./drive/live.mjs";
import { PAGES } from "./drive/pages.mjs";
import { startServer } from "./drive/server.mjs";
import { widgets } from "./drive/widgets.mjs";

process.on("uncaughtException", (error) => {
  console.error(`error: ${error.message}`);
  process.exit(1);
});
const options = JSON.parse(process.argv[2]);
const unknown = options.pages.find((name) => !PAGES.some(({ key }) => key === name));
if (unknown) throw new Error(`there is no page '${unknown}'; pages: ${PAGES.map(({ key }) => key).join(", ")}`);
const { chromium } = createRequire(join(options.modules, "package.json"))("playwright-core");
const wants = (name) => options.only.length === 0 || options.only.includes(name);
const start = performance.now();
const say = (words) => console.error(`  ${((performance.now() - start) / 1000).toFixed(0).padStart(5)} s  ${words}`);

const server = await startServer(options);
say("the server is ready");
const browser = await launch(chromium, options.chromium);
const results = {
  machine: { cpu: os.cpus()[0]?.model ?? "", cores: os.cpus().length, memory: os.totalmem(), system: `${os.type()} ${os.release()}` },
  chromium: browser.version(),
  node: process.version,
  date: new Date().toISOString(),
  repeats: options.repeats,
  sizes: options.sizes,
  bytes: server.bytes,
  load: { before: os.loadavg() },
};
try {
  const shared = { browser, server, say, ...options };
  const what = { start: wants("start"), catalog: wants("catalog") };
  if (what.start || what.catalog) results.catalog = await catalog({ ...shared, only: options.pages, what });
  if (wants("widgets")) results.widgets = await widgets(shared);
  if (wants("live")) results.live = await live(shared);
} finally {
  await browser.close();
  server.stop();
}
results.load.after = os.loadavg();
results.seconds = (performance.now() - start) / 1000;
writeFileSync(options.out, JSON.stringify(results));
