// Start and catalog: one visit a page, size and repeat.

import { COMPARED, expected } from "../data/expected.mjs";
import { QUERY, services } from "../data/services.mjs";
import { visit } from "./browser.mjs";
import { PAGES, SEARCH } from "./pages.mjs";

/** How many frames a drag from top to end takes, at 60 a second. */
const FRAMES = 180;
/** Of a step, so many first rows have to be right before its time is taken; all are compared after it. */
const AWAITED = 3;

const refs = (wanted) => wanted.rows.slice(0, AWAITED).map(({ ref }) => ref);

/** Compares the first rows with what Node computed. */
async function compare(run, step, wanted) {
  const rows = await run((most) => bench.lead(most), COMPARED);
  wanted.rows.forEach(({ ref, words }, at) => {
    const row = rows[at];
    if (row?.ref !== ref) throw new Error(`${step}: row ${at + 1} is ${row?.ref}, not ${ref}`);
    for (const word of words) if (!row.text.includes(word)) throw new Error(`${step}: row ${at + 1} (${ref}) does not say ${word}: ${row.text}`);
  });
  if (wanted.count < COMPARED && rows.length !== wanted.count) throw new Error(`${step}: ${rows.length} rows, not ${wanted.count}`);
}

/** Waits until the first rows are painted and all rows are there; ms since the navigation began. */
async function loaded({ run }, page, size) {
  const first = await run(() => bench.until(() => bench.first, 120_000).then(() => bench.first));
  // The peers have all rows or none; the product says how many its grid has, the heading included.
  const whole = page.key !== "ours" ? first.dom : await run((rows) => bench.until(() => bench.gridRows() === rows, 120_000), size + 1);
  return { ...first, whole };
}

async function settled({ tab, run }) {
  await tab.waitForTimeout(300);
  return run(() => ({ shift: bench.shift, shifts: bench.shifts, tasks: bench.tasks.length, longest: Math.max(0, ...bench.tasks) }));
}

async function steps({ run }, page, wanted) {
  const found = {};
  const step = async (name, act, goal) => {
    // Not always at the same place of a frame.
    await new Promise((done) => setTimeout(done, 40 + Math.random() * 16));
    found[name] = await run(([act, refs]) => bench.step(act, refs), [act, refs(goal)]);
    await compare(run, name, goal);
  };
  for (const nth of [1, 2, 3]) {
    await step(`filter${nth}`, ["type", SEARCH, QUERY], wanted.found);
    await step(`clear${nth}`, ["type", SEARCH, ""], wanted.all);
  }
  await step("sortName", page.name, wanted.byName);
  await step("sortNameReversed", page.name, wanted.byNameReversed);
  await step("sortGaps", page.gaps, wanted.byGaps);
  return found;
}

/** One visit; `what` says which scenarios are wanted. */
async function once(browser, server, page, size, wanted, what) {
  const url = server.origins[size] + page.path;
  return visit(browser, page, async (opened) => {
    const { tab, bytes, run, memory } = opened;
    const load = async () => {
      bytes.begin();
      await tab.goto(url);
      const times = await loaded(opened, page, size);
      await compare(run, "start", wanted.all);
      return { ...times, ...(await settled(opened)), wire: bytes.sums() };
    };
    const found = { cold: await load(), memory: await memory() };
    if (what.catalog) {
      found.steps = await steps(opened, page, wanted);
      found.frames = await run(([frames, last]) => bench.drag(frames, last), [FRAMES, wanted.byGaps.last]);
      found.memoryAfter = await memory();
    }
    if (what.start) {
      await tab.goto("about:blank");
      found.warm = await load();
    }
    return found;
  });
}

/** All pages at all sizes, in turn, each repeat beginning with another page. Gives records. */
export async function catalog({ browser, server, sizes, repeats, what, only, say }) {
  const pages = PAGES.filter((page) => !only.length || only.includes(page.key));
  const records = [];
  for (const size of sizes) {
    const wanted = expected(services(size));
    for (const page of pages) await once(browser, server, page, size, wanted, { start: true });
    for (let repeat = 0; repeat < repeats; repeat++) {
      for (let nth = 0; nth < pages.length; nth++) {
        const page = pages[(nth + repeat) % pages.length];
        say(`${size} services, ${repeat + 1} of ${repeats}: ${page.title}`);
        try {
          records.push({ page: page.key, size, repeat, ...(await once(browser, server, page, size, wanted, what)) });
        } catch (error) {
          throw new Error(`${page.title}, ${size} services: ${error.message}`, { cause: error });
        }
      }
    }
  }
  return records;
}
