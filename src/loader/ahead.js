// What the store of the page's own hub is going to ask for first, asked for while the components load.

/** The answers to come, by address. */
const ahead = new Map();
let stop;

/**
 * Asks at the paths of the manifest that this script was made with; the served one is still to come, and where
 * it names others, nobody takes these answers. A hub elsewhere is asked by its store alone, with a token.
 */
export function askAhead(paths) {
  stop = new AbortController();
  for (const path of paths) {
    const answer = fetch(origin + path, { cache: "no-cache", headers: { accept: "application/json" }, signal: stop.signal });
    ahead.set(origin + path, answer);
    // An error is met by the one who takes it.
    answer.catch(() => {});
  }
}

/** As `fetch`, for the store: what was asked for ahead is taken, once. */
export function ask(url, how) {
  const answer = ahead.get(url);
  if (!ahead.delete(url)) return fetch(url, how);
  how.signal.onabort = () => stop.abort();
  return answer;
}

/** Ends what nobody took. */
export function letGo() {
  if (ahead.size) stop.abort();
  ahead.clear();
}
