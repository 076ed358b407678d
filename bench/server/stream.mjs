// A hub's event stream: so many events a second, resumed by Last-Event-ID.

/** How often events are sent, in ms. */
const EVERY_MS = 10;

/** What the events are about: widgets and subjects of the inventory, in turn. */
function about(catalog) {
  const kinds = { endpoint: "ops-endpoint-verified", host: "ops-host-reachability-observed", service: "ops-release-observed", "data-store": "ops-backup-completed" };
  return catalog.entities.map(({ ref }) => ({ ref, type: kinds[ref.split(":")[0]] })).filter(({ type }) => type);
}

function metadata(type, ref, at) {
  const said = { vsmFunction: "OPS", vsmSystem: "S1", subject: ref, reason: `event ${at}` };
  const fails = at % 50 === 0;
  if (type === "ops-endpoint-verified") return { ...said, endpoint: "https://bench.example/", expectedStatus: 200, observedStatus: fails ? 503 : 200, latencyMs: at % 400 };
  if (type === "ops-host-reachability-observed") return { ...said, address: "192.0.2.1", reachable: !fails, latencyMs: at % 40 };
  if (type === "ops-release-observed") return { ...said, expectedVersion: "1.0.0", observedVersion: fails ? "0.9.0" : "1.0.0" };
  return { ...said, result: fails ? "fail" : "pass" };
}

/** One catalog's stream. */
export function stream(catalog) {
  const subjects = about(catalog);
  const log = [];
  const readers = new Set();
  const message = (kind, data, id) => `event: ${kind}\ndata: ${JSON.stringify(data)}\n${id ? `id: ${id}\n` : ""}\n`;
  const clock = () => message("clock", { now: new Date().toISOString() });

  function make(at) {
    const { ref, type } = subjects[at % subjects.length];
    return { id: `evt_${String(at).padStart(8, "0")}`, widgetId: "wid_bench", widget: "ops-service-catalog", eventType: type, metadata: metadata(type, ref, at), time: new Date().toISOString(), actor: "bench" };
  }

  return {
    /** The latest events, newest first. */
    latest: (count) => log.slice(-count).reverse(),
    /** The number of the latest event. */
    last: () => log.length,
    /** A reader comes, with the number of the last event that it has (`after`; where it comes again, in a header). */
    open(request, response, after) {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
      const last = request.headers["last-event-id"] ?? after;
      response.write(clock());
      if (last) log.slice(Number(last)).forEach((event, nth) => response.write(message("evidence", event, Number(last) + nth + 1)));
      readers.add(response);
      const ticks = setInterval(() => response.write(clock()), 15_000);
      response.on("close", () => (readers.delete(response), clearInterval(ticks)));
    },
    /** Sends `perSecond` events a second for `seconds`; gives how many were sent and in how many ms. */
    run: (perSecond, seconds) =>
      new Promise((done) => {
        const start = performance.now();
        const all = perSecond * seconds;
        let sent = 0;
        let waiting = 0;
        const timer = setInterval(() => {
          const due = Math.min(all, Math.floor(((performance.now() - start) / 1000) * perSecond));
          let text = "";
          for (; sent < due; sent++) {
            log.push(make(log.length + 1));
            text += message("evidence", log.at(-1), log.length);
          }
          for (const reader of readers) {
            reader.write(text);
            waiting = Math.max(waiting, reader.writableLength);
          }
          if (sent < all) return;
          clearInterval(timer);
          done({ sent, last: log.length, ms: performance.now() - start, readers: readers.size, mostWaitingBytes: waiting });
        }, EVERY_MS);
      }),
  };
}
