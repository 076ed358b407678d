// A second's thousand events into a page with all widgets, while somebody types in the catalog's search.

import { visit } from "./browser.mjs";
import { SEARCH } from "./pages.mjs";

const PER_SECOND = 1000;
/** How often a key is pressed, in ms. */
const KEY_MS = 250;
/** How long after the last event the page may take to show it, in ms. */
const LATE_MS = 120_000;

const PAGE = { path: "/live", probe: { host: 'ops-widget[name="ops-service-catalog"]', row: "", mark: "data-row", order: null } };

/** What the feed shows in words, and its count. */
function feed() {
  const root = document.querySelector('ops-widget[name="ops-evidence-feed"]').shadowRoot;
  return { text: root.querySelector(".timeline")?.textContent ?? "", count: root.querySelector(".feed-count")?.textContent ?? "" };
}

/** Types and takes back, key by key, until told to stop. Gives how many keys were pressed. */
function typing(session) {
  let isDone = false;
  const key = async (name, text) => {
    const code = text ? `Key${name.toUpperCase()}` : name;
    const virtual = text ? name.toUpperCase().charCodeAt(0) : 8;
    const about = { key: name, code, windowsVirtualKeyCode: virtual, nativeVirtualKeyCode: virtual };
    await session.send("Input.dispatchKeyEvent", { type: "keyDown", ...about, ...(text && { text }) });
    await session.send("Input.dispatchKeyEvent", { type: "keyUp", ...about });
  };
  const work = (async () => {
    let pressed = 0;
    for (; !isDone; pressed++) {
      const isBack = pressed % 10 >= 5;
      await (isBack ? key("Backspace") : key("gitea"[pressed % 10], "gitea"[pressed % 10]));
      await new Promise((done) => setTimeout(done, KEY_MS));
    }
    return pressed;
  })();
  return () => ((isDone = true), work);
}

/** The slowest part of each key press, in ms; a press without an entry took less than 16. */
function latencies(inputs, pressed) {
  const slowest = new Map();
  for (const { name, duration, interactionId } of inputs) {
    if (name.startsWith("key")) slowest.set(interactionId, Math.max(duration, slowest.get(interactionId) ?? 0));
  }
  const times = [...slowest.values()].sort((a, b) => a - b);
  return [...Array(Math.max(0, pressed - times.length)).fill(16), ...times];
}

async function typed({ session, run }, while_) {
  await run((selector) => {
    const field = document.querySelector('ops-widget[name="ops-service-catalog"]').shadowRoot.querySelector(selector);
    // A headless browser draws nothing for a key in a field that is out of sight, or on its way into sight.
    field.scrollIntoView({ block: "center", behavior: "instant" });
    field.focus({ preventScroll: true });
    bench.inputs.length = bench.tasks.length = 0;
  }, SEARCH);
  const stop = typing(session);
  const result = await while_();
  const pressed = await stop();
  await new Promise((done) => setTimeout(done, 500));
  const { inputs, tasks } = await run(() => ({ inputs: bench.inputs, tasks: bench.tasks }));
  return { result, pressed, latencies: latencies(inputs, pressed), tasks };
}

/** One page, `seconds` of events. */
export async function live({ browser, server, seconds, say }) {
  return visit(browser, PAGE, async (opened) => {
    const { tab, run, memory } = opened;
    await tab.goto(server.origins.inventory + PAGE.path);
    await run(() => bench.until(() => bench.ready.length >= 15, 60_000));
    await tab.waitForTimeout(1000);
    const before = await memory();
    say("typing without events");
    const quiet = await typed(opened, () => new Promise((done) => setTimeout(done, Math.min(10, seconds) * 1000)));
    say(`${PER_SECOND} events a second for ${seconds} s`);
    const loud = await typed(opened, () => server.events(PER_SECOND, seconds));
    const { sent, last, ms, mostWaitingBytes } = loud.result;
    const start = performance.now();
    // The last event is seen in the feed: so the page has come to the end of what it was told.
    const is = async () => (await run(() => bench.heard)) >= sent && new RegExp(`event ${last}(?!\\d)`).test((await run(feed)).text);
    while (!(await is()) && performance.now() - start < LATE_MS) await tab.waitForTimeout(100);
    const late = performance.now() - start;
    const heard = await run(() => bench.heard);
    const shown = await run(feed);
    const after = await memory();
    if (heard !== sent) throw new Error(`live: ${sent} events were sent, the page heard ${heard}`);
    if (!(await is())) throw new Error(`live: the feed does not show the last event, ${last}, within ${LATE_MS / 1000} s`);
    const about = ({ pressed, latencies, tasks }) => ({ pressed, latencies, tasks: tasks.length, taskMs: tasks.reduce((a, b) => a + b, 0), longest: Math.max(0, ...tasks) });
    return { seconds, sent, heard, sendMs: ms, lateMs: late, mostWaitingBytes, feed: shown.count, before, after, quiet: about(quiet), loud: about(loud) };
  });
}
