// The services as a catalog of the product, whole or in pages, and the evidence about them.

/** The hub's time, always the same: a standing depends on it. */
export const NOW = "2026-06-06T12:00:00Z";
const OBSERVED_AT = "2026-06-06T11:58:00Z";

const entity = (ref, title, line) => ({ ref, title, facts: [], source: { line } });
const relation = (from, type, to, line) => ({ from, type, to, source: { line } });

/** The parts of a catalog: what is said once, and what belongs to each service. */
export function parts(all) {
  const names = (key) => [...new Set(all.map((service) => service[key]))].filter(Boolean).sort();
  const small = [
    ...names("environment").map((name, at) => entity(`environment:${name}`, name, at + 1)),
    ...names("owner").map((name, at) => entity(`repository:${name}`, name, at + 1)),
    ...names("store").map((name, at) => entity(`resource:${name}`, name, at + 1)),
  ];
  const groups = all.map((service, at) => {
    const { ref, name, environment, owner, endpoint, store, missing } = service;
    const line = at + 1;
    const relations = [
      relation(ref, "runs-on", `environment:${environment}`, line),
      relation(ref, "owned-by", `repository:${owner}`, line),
      relation(ref, "exposed-by", `endpoint:${name}`, line),
    ];
    if (store) relations.push(relation(ref, "stored-in", `resource:${store}`, line));
    return {
      entities: [entity(ref, name, line), entity(`endpoint:${name}`, endpoint, line)],
      relations,
      gaps: missing.map((kind) => ({ subject: ref, text: kind, kinds: [kind], source: { line } })),
    };
  });
  const source = { file: "services.md", title: "Invented services", date: "2026-06-06", sha256: "0".repeat(64), lines: all.length };
  return { source, small, groups };
}

const document = (source, entities, groups, rest, next = {}) =>
  JSON.stringify({
    // First of all, as the local hub has it.
    ...next,
    schema: 1,
    source,
    entities: [...entities, ...groups.flatMap((group) => group.entities)],
    relations: groups.flatMap((group) => group.relations),
    gaps: groups.flatMap((group) => group.gaps),
    ...rest,
  });

/** The whole document. */
export const whole = ({ source, small, groups }) => document(source, small, groups, {});

/**
 * One page: at most `limit` entities from the place `from`, which counts entities. The first has what
 * is said once; a service and its endpoint stay together. Gives the body's text; `next` in it is what
 * `cursor` makes of the place of the page that follows.
 */
export function page({ source, small, groups }, from, limit, cursor) {
  const entities = small.slice(from, from + limit);
  let at = from + entities.length;
  const first = Math.ceil(Math.max(0, at - small.length) / 2);
  const room = Math.floor((limit - entities.length) / 2);
  const taken = groups.slice(first, first + Math.max(room, entities.length ? 0 : 1));
  at += taken.length * 2;
  const end = small.length + groups.length * 2;
  const count = (key) => groups.reduce((sum, group) => sum + group[key].length, 0);
  const totals = from === 0 ? { totals: { entities: end, relations: count("relations"), gaps: count("gaps") } } : {};
  return document(source, entities, taken, totals, at < end ? { next: cursor(at) } : {});
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
