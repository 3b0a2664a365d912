import type { StaticKey } from "../config/static-keys.ts";

/** Tells whose key a token is; `undefined` for nobody's. */
export type KeyVerifier = (token: string) => Promise<string | undefined>;

/**
 * Compares a token with every configured key. Digests of one length are compared in constant time and all of them
 * always are, so that the time tells neither how much of a key was right nor which key it was.
 */
export function createKeyVerifier(keys: readonly StaticKey[]): KeyVerifier {
  let digests: Promise<readonly { name: string; digest: Uint8Array }[]> | undefined;
  return async (token) => {
    digests ??= Promise.all(keys.map(async ({ name, secret }) => ({ name, digest: await toDigest(secret) })));
    const presented = await sha256(token);
    let found: string | undefined;
    for (const { name, digest } of await digests) if (isEqual(presented, digest)) found ??= name;
    return found;
  };
}

async function toDigest(secret: StaticKey["secret"]): Promise<Uint8Array> {
  if (secret.kind === "plain") return sha256(secret.key);
  return Uint8Array.from(secret.hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

function isEqual(first: Uint8Array, second: Uint8Array): boolean {
  let difference = first.length ^ second.length;
  for (let index = 0; index < first.length; index += 1) difference |= (first[index] ?? 0) ^ (second[index] ?? 0);
  return difference === 0;
}
