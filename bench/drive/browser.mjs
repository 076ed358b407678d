// One Chromium, a fresh context a visit, and what its own instruments say.

import { probe } from "./probe.mjs";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const WINDOW = { width: 1440, height: 1000 };
/** How long a new window is left alone, in ms: the browser loads pages of its own for it first, which are not to be measured. */
const ALONE = 1200;

export const launch = (chromium, executablePath) => chromium.launch({ executablePath, args: FLAGS });

/** Bytes over the network of one load, by what they were. */
function wire(session) {
  const kinds = new Map();
  let sums = {};
  const kindOf = ({ mimeType = "" }) => ["wasm", "javascript", "json", "css", "html"].find((kind) => mimeType.includes(kind)) ?? "other";
  session.on("Network.responseReceived", ({ requestId, response }) => kinds.set(requestId, kindOf(response)));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? "other";
    sums[kind] = (sums[kind] ?? 0) + encodedDataLength;
  });
  return { begin: () => (sums = {}), sums: () => ({ ...sums, total: Object.values(sums).reduce((a, b) => a + b, 0) }) };
}

/** What a function of the page's gives, of this one JSON. */
async function called(session, what, given = null) {
  const expression = `(${what})(${JSON.stringify(given)})`;
  const { result, exceptionDetails: fault } = await session.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
  if (fault) throw new Error(fault.exception?.description ?? fault.text);
  return result.value;
}

/** Opens a page with the probe in it; `work` is given it, and whatever it does, the page is closed. */
export async function visit(browser, page, work) {
  const context = await browser.newContext({ viewport: WINDOW });
  const faults = [];
  try {
    const tab = await context.newPage();
    tab.on("pageerror", (error) => faults.push(String(error)));
    tab.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    await tab.addInitScript(probe, page.probe);
    const session = await context.newCDPSession(tab);
    await session.send("Network.enable");
    const bytes = wire(session);
    await tab.waitForTimeout(ALONE);
    const result = await work({
      tab,
      session,
      bytes,
      /** Calls a function in the page. Not by `tab.evaluate`, which counts as an act of the reader: what changes in fields meanwhile is then laid out at once, for filling in forms. */
      run: (what, given) => called(session, what, given),
      /** Bytes after a collection: the JavaScript heap, what is outside of it, the components' memory. */
      async memory() {
        for (let nth = 0; nth < 2; nth++) await session.send("HeapProfiler.collectGarbage");
        const { usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 } = await session.send("Runtime.getHeapUsage");
        const wasm = await called(session, () => bench.wasmBytes());
        return { js: usedSize, dom: embedderHeapUsedSize, buffers: backingStorageSize, wasm };
      },
    });
    if (faults.length) throw new Error(`the page says: ${faults.slice(0, 3).join(" | ")}`);
    return result;
  } catch (error) {
    // A page that broke is the reason for what was waited for in vain.
    const said = faults.filter((fault) => !error.message.includes(fault)).slice(0, 3);
    throw said.length ? new Error(`${error.message}; the page says: ${said.join(" | ")}`, { cause: error }) : error;
  } finally {
    await context.close();
  }
}
