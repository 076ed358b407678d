// The invented services that every page shows: the same for the same count, on every machine.

const SUBJECTS = ["account", "audit", "basket", "billing", "booking", "catalog", "chart", "claim", "deposit", "export", "fleet", "forecast", "gateway", "invoice", "journal", "ledger", "mail", "market", "meter", "order", "parcel", "payment", "pension", "policy", "pricing", "quota", "refund", "report", "roster", "route", "search", "session", "stock", "survey", "tariff", "ticket"];
const ROLES = ["api", "batch", "broker", "cache", "cron", "gate", "index", "proxy", "reader", "relay", "router", "store", "sync", "view", "worker", "writer"];
const ENVIRONMENTS = ["dev", "lab", "prod-east", "prod-west", "stage"];
const GAPS = ["backup", "restore", "drift", "release"];

/** How many services have evidence, however many there are. */
const OBSERVED = 100;

/** What the search is for: services of one subject whose role begins with r, and those of such a repository. */
export const QUERY = "ledger-r";

/** Numbers in [0, 1), the same for the same seed: xorshift32. */
function random(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/**
 * The services, in the catalog's order: `{ ref, name, environment, owner, endpoint, store, gaps, state, answered, missing, observed }`.
 *
 * `gaps` and `answered` are what the product says of such a service: of the seven questions place,
 * owner and endpoint are answered, the store where there is one, health where evidence proves it;
 * backup and migration are open. `missing` are the recorded gaps; `observed` is a status or null.
 */
export function services(count) {
  const next = random(20260606);
  const one = (list) => list[Math.floor(next() * list.length)];
  const step = count / OBSERVED;
  const observed = new Map(Array.from({ length: OBSERVED }, (_, nth) => [Math.floor(nth * step), nth % 3 === 0 ? 503 : 200]));
  return Array.from({ length: count }, (_, at) => {
    // The factor has no divisor in common with 36^4: no two names are the same.
    const mark = ((at * 7919 + 13) % 36 ** 4).toString(36).padStart(4, "0");
    const name = `${one(SUBJECTS)}-${one(ROLES)}-${mark}`;
    const environment = one(ENVIRONMENTS);
    const owner = `${one(SUBJECTS)}-${one(ROLES)}`;
    const store = next() < 1 / 3 ? `store-${Math.floor(next() * 60)}` : "";
    const missing = GAPS.filter(() => next() < 0.12);
    const status = observed.get(at) ?? null;
    const answered = 3 + (store ? 1 : 0) + (status === 200 ? 1 : 0);
    return {
      ref: `service:${name}`,
      name,
      environment,
      owner,
      endpoint: `https://${name}.${environment}.example/healthz`,
      store,
      gaps: missing.length + 7 - answered,
      state: status === null ? "unproven" : status === 200 ? "proven" : "failing",
      answered,
      missing,
      observed: status,
    };
  });
}

/** What the peers are given: one flat record a service, with what the product's table shows. */
export const flat = (all) => all.map(({ missing, observed, ...shown }) => shown);
