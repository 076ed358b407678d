// Many widgets on one page: what each of them costs, and that all of them ask the hub once.

import { visit } from "./browser.mjs";

const COUNTS = [14, 100];

/** Requests of a page for data, of what the server has counted. */
function asked(counts) {
  const sum = (name) => Object.entries(counts).reduce((sum, [key, count]) => (key.startsWith(`${name} `) ? sum + count : sum), 0);
  return { catalog: sum("catalog"), evidence: sum("evidence"), stream: sum("stream") };
}

async function once(browser, server, count) {
  const page = { probe: { host: null, row: "", mark: "data-row", order: null } };
  return visit(browser, page, async ({ tab, bytes, run, memory }) => {
    const load = async () => {
      bytes.begin();
      await server.reset();
      await tab.goto(`${server.origins.inventory}/widgets-${count}`);
      await run((count) => bench.until(() => bench.ready.length >= count, 60_000), count);
      await tab.waitForTimeout(500);
      const times = await run((count) => ({ first: bench.ready[0], ready: bench.ready[count - 1], painted: bench.readyPainted, shift: bench.shift, shifts: bench.shifts, cards: [...document.querySelectorAll("ops-widget")].filter((one) => one.shadowRoot?.querySelector(".card")).length, longest: Math.max(0, ...bench.tasks) }), count);
      if (times.cards !== count) throw new Error(`${count} widgets: ${times.cards} show something`);
      const requests = asked(await server.counts());
      if (requests.catalog !== 1 || requests.evidence !== 1) throw new Error(`${count} widgets: ${requests.catalog} catalog requests and ${requests.evidence} evidence requests, not 1 each`);
      return { ...times, requests, wire: bytes.sums() };
    };
    const cold = await load();
    const used = await memory();
    await tab.goto("about:blank");
    return { count, cold, memory: used, warm: await load() };
  });
}

/** Pages of 14 and of 100 widgets, in turn. Gives records. */
export async function widgets({ browser, server, repeats, say }) {
  const records = [];
  for (const count of COUNTS) await once(browser, server, count);
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (let nth = 0; nth < COUNTS.length; nth++) {
      const count = COUNTS[(nth + repeat) % COUNTS.length];
      say(`${count} widgets, ${repeat + 1} of ${repeats}`);
      records.push({ repeat, ...(await once(browser, server, count)) });
    }
  }
  return records;
}
