// The rows that each step has to show, computed by Node alone.

import { QUERY } from "./services.mjs";

/** How many rows are compared after each step: fewer than every page draws. */
export const COMPARED = 20;

const before = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** Whether a service is found: by what its row names. */
export const isFound = (service, query) =>
  [service.name, service.environment, service.owner, service.endpoint, service.store].some((text) => text.includes(query));

/** By step: the first rows with the words that have to stand in them, how many fit, and the last row. */
export function expected(all) {
  const lead = (rows) => ({
    rows: rows.slice(0, COMPARED).map(({ ref, name, environment, owner }) => ({ ref, words: [name, environment, owner] })),
    count: rows.length,
    last: rows.at(-1)?.ref,
  });
  const sorted = (by) => lead(all.slice().sort(by));
  return {
    all: lead(all),
    found: lead(all.filter((service) => isFound(service, QUERY))),
    byName: sorted((a, b) => before(a.name, b.name)),
    byNameReversed: sorted((a, b) => before(b.name, a.name)),
    byGaps: sorted((a, b) => b.gaps - a.gaps),
  };
}
