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
    const url = new URL(path, origin).href;
    // Only the catalog is kept by the browser; see the store.
    const cache = path === paths[0] ? "no-cache" : "no-store";
    const answer = fetch(url, { cache, headers: { accept: "application/json" }, signal: stop.signal });
    ahead.set(url, answer);
    // An error is met by the one who takes it.
    answer.catch(() => {});
  }
}

/** Sends a request of the store: an answer that was asked for ahead is taken, once. */
export function ask(request) {
  const answer = ahead.get(request.url);
  if (!ahead.delete(request.url)) return fetch(request);
  request.signal.onabort = () => stop.abort();
  return answer;
}

/** Ends what nobody took. */
export function letGo() {
  if (ahead.size) stop.abort();
  ahead.clear();
}
