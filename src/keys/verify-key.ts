import type { StaticKey } from "../config/static-keys.ts";

/** Tells whose key a token is; `undefined` for nobody's. */
export type KeyVerifier = (token: string) => Promise<string | undefined>;

interface KeyDigest {
  readonly name: string;
  readonly digest: Uint8Array;
}

/**
 * Compares a token with every configured key. Digests of one length are compared in constant time and all of them
 * always are, so that the time tells neither how much of a key was right nor which key it was.
 */
export function createKeyVerifier(keys: readonly StaticKey[]): KeyVerifier {
  // The digests are kept and not their promise: one that was made in a request that is cancelled never settles, and
  // every other request of the isolate would wait for it.
  let digests: readonly KeyDigest[] | undefined;
  return async (token) => {
    digests ??= await Promise.all(keys.map(toKeyDigest));
    const presented = await sha256(token);
    let found: string | undefined;
    for (const { name, digest } of digests) if (crypto.subtle.timingSafeEqual(presented, digest)) found ??= name;
    return found;
  };
}

async function toKeyDigest({ name, secret }: StaticKey): Promise<KeyDigest> {
  if (secret.kind === "plain") return { name, digest: await sha256(secret.key) };
  return { name, digest: Uint8Array.from(secret.hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)) };
}

const encoder = new TextEncoder();

async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(text)));
}
