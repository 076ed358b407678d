// The services as a catalog of the product, whole or in pages, and the evidence about them.

/** The hub's time, always the same: a standing depends on it. */
export const NOW = "2026-06-06T12:00:00Z";
const OBSERVED_AT = "2026-06-06T11:58:00Z";

const entity = (ref, title, line) => ({ ref, title, facts: [], source: { line } });
const relation = (from, type, to, line) => ({ from, type, to, source: { line } });

/** The parts of a catalog: each service with what stands on its page, in the order of `getCatalog`. */
export function parts(all) {
  const named = new Set();
  const groups = all.map((service, at) => {
    const { ref, name, environment, owner, endpoint, store, missing } = service;
    const line = at + 1;
    const targets = [
      ["runs-on", `environment:${environment}`, environment],
      ["owned-by", `repository:${owner}`, owner],
      ["exposed-by", `endpoint:${name}`, endpoint],
    ];
    if (store) targets.push(["stored-in", `resource:${store}`, store]);
    const entities = [entity(ref, name, line)];
    for (const [, to, title] of targets) {
      // With the service that is the first to name it.
      if (!named.has(to)) entities.push(entity(to, title, line));
      named.add(to);
    }
    return {
      entities,
      relations: targets.map(([type, to]) => relation(ref, type, to, line)),
      gaps: missing.map((kind) => ({ subject: ref, text: kind, kinds: [kind], source: { line } })),
    };
  });
  const source = { file: "services.md", title: "Invented services", date: "2026-06-06", sha256: "0".repeat(64), lines: all.length };
  return { source, groups };
}

const document = (source, groups, rest, next = {}) =>
  JSON.stringify({
    // First of all, as the local hub has it.
    ...next,
    schema: 1,
    source,
    entities: groups.flatMap((group) => group.entities),
    relations: groups.flatMap((group) => group.relations),
    gaps: groups.flatMap((group) => group.gaps),
    ...rest,
  });

/** The whole document. */
export const whole = ({ source, groups }) => document(source, groups, {});

const count = (groups, key) => groups.reduce((sum, group) => sum + group[key].length, 0);

/**
 * One page: the groups from the place `from` on that have at most `limit` entities together, but at least one.
 * Gives the body's text; `next` in it is what `cursor` makes of the place of the page that follows.
 */
export function page({ source, groups }, from, limit, cursor) {
  let to = from;
  for (let room = limit; to < groups.length && (to === from || groups[to].entities.length <= room); to++) room -= groups[to].entities.length;
  const totals = { entities: count(groups, "entities"), relations: count(groups, "relations"), gaps: count(groups, "gaps") };
  return document(source, groups.slice(from, to), from === 0 ? { totals } : {}, to < groups.length ? { next: cursor(to) } : {});
}

/** The evidence as a page of events, newest first. */
export function evidence(all) {
  const observed = all.filter((service) => service.observed !== null);
  return observed.map((service, at) => ({
    id: `evt_${at}`,
    widgetId: "wid_catalog",
    widget: "ops-service-catalog",
    eventType: "ops-endpoint-verified",
    metadata: { vsmFunction: "OPS", vsmSystem: "S1", subject: `endpoint:${service.name}`, endpoint: service.endpoint, expectedStatus: 200, observedStatus: service.observed },
    time: OBSERVED_AT,
    actor: "probe",
  }));
}
