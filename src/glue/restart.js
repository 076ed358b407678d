/** How often the components start anew by themselves within a minute. */
const MOST_RESTARTS = 3;

let restarts = [];

/** After a fault, in a fresh instance: shows every view again but the one that stopped the last one. */
export function restart(views, { message, id, view }) {
  const now = performance.now();
  const all = [...views];
  const error = new Error(message);
  views.clear();
  restarts = [...restarts.filter((time) => now - time < 60_000), now];
  const culprit = all.find((one) => one.id === id) ?? view;
  for (const one of new Set([...all, culprit])) {
    if (one === culprit || restarts.length > MOST_RESTARTS) one?.fail(error);
    else one.again(culprit ? undefined : error);
  }
}
