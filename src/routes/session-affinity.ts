/** Of callers who name no conversation: by key and model, of which there are few. */
const known = new Map<string, string>();
const MOST_KNOWN = 1000;
const MOST_REMEMBERED_LENGTH = 200;

/**
 * What keeps requests that begin alike on one machine, where their beginning is cached: what the caller says of the
 * conversation, within the caller's key, else the key alone; and the model, whose machines are its own. `undefined` for
 * callers without any of it. A hash: a caller's text does not belong into a header, nor a user's name into another system.
 */
export function toSessionAffinity(
  keyName: string | undefined,
  conversation: string | undefined,
  model: string,
): string | undefined | Promise<string> {
  if (conversation !== undefined && conversation !== "") return hash([keyName, conversation, model]);
  if (keyName === undefined) return undefined;
  const name = JSON.stringify([keyName, model]);
  return known.get(name) ?? remember(name, [keyName, model]);
}

async function remember(name: string, parts: readonly string[]): Promise<string> {
  const affinity = await hash(parts);
  if (known.size >= MOST_KNOWN) known.clear();
  if (name.length <= MOST_REMEMBERED_LENGTH) known.set(name, affinity);
  return affinity;
}

async function hash(parts: readonly (string | undefined)[]): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(parts)));
  return Array.from(new Uint8Array(digest, 0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
