import { randomText } from "../openai/ids.ts";

/**
 * A managed key is `sk-fg-<id>-<secret>`. The id says which object knows the key, and is no secret: it stands in lists
 * and in the log. The secret has 238 random bits, so a plain hash of it is as good as a slow one: there is no list of
 * likely secrets to try.
 */
const TOKEN = /^sk-fg-([0-9A-Za-z]{12})-([0-9A-Za-z]{40})$/;
const ID = /^[0-9A-Za-z]{12}$/;

export interface KeyToken {
  readonly id: string;
  readonly digest: string;
}

export interface MintedKey extends KeyToken {
  /** The key itself, which is shown once and kept nowhere. */
  readonly key: string;
}

/** A new key, or a new secret for the key of this id. */
export async function mintKey(id: string = randomText(12)): Promise<MintedKey> {
  const key = `sk-fg-${id}-${randomText(40)}`;
  return { id, key, digest: await digestKey(key) };
}

export function isKeyId(text: string): boolean {
  return ID.test(text);
}

/** The id in a key; `undefined` for a token of another form, which no object has to be asked about. */
export function readKeyId(token: string): string | undefined {
  return TOKEN.exec(token)?.[1];
}

/** The SHA-256 of a key, in hexadecimal: all that is stored of it, and all that is sent to its object. */
export async function digestKey(key: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether two digests are the same, in constant time. */
export function isSameDigest(first: string, second: string): boolean {
  const encoder = new TextEncoder();
  const [one, other] = [encoder.encode(first), encoder.encode(second)];
  return one.length === other.length && crypto.subtle.timingSafeEqual(one, other);
}
