/**
 * The token for a hub on another origin, of `OpsHub.tokens[origin]`, a function of the page. A hub that
 * the page does not name there is not asked: an attribute alone never sends a token anywhere.
 */
export async function token(origin) {
  const tokens = globalThis.OpsHub?.tokens ?? {};
  if (!Object.hasOwn(tokens, origin)) throw new Error(`This page does not name the hub ${origin} in OpsHub.tokens.`);
  return tokens[origin]?.();
}
