// The server as the driver sees it.

import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Starts the server; gives its origins, and what it can be asked for. */
export async function startServer(options) {
  const child = fork(fileURLToPath(new URL("../server/main.mjs", import.meta.url)), [JSON.stringify(options)]);
  const waiting = new Map();
  let last = 0;
  const ready = await new Promise((done, fail) => {
    child.on("exit", (code) => fail(new Error(`the server ended (${code}); what it said is above`)));
    child.on("message", (message) => {
      if (message.origins) return done(message);
      waiting.get(message.id)?.(message.result);
      waiting.delete(message.id);
    });
  });
  const ask = (what, more) =>
    new Promise((done) => {
      waiting.set(++last, done);
      child.send({ id: last, what, ...more });
    });
  return {
    ...ready,
    /** How many requests were answered how, since the last reset. */
    counts: () => ask("counts"),
    reset: () => ask("reset"),
    /** Sends events to open streams. */
    events: (perSecond, seconds) => ask("events", { perSecond, seconds }),
    stop: () => child.disconnect(),
  };
}
