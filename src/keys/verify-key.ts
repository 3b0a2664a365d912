import type { StaticKey } from "../config/static-keys.ts";

/** Tells whose key a token is; `undefined` for nobody's. */
export type KeyVerifier = (token: string) => string | undefined | Promise<string | undefined>;

/** A key in the form in which it is compared: one length for all keys of its kind. */
interface ComparedKey {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** More than a key of the configuration has. A longer token is no such key. */
const PADDED_BYTES = 320;

/** What no text in UTF-8 holds: a key ends here, and the rest is padding. */
const END_OF_KEY = 0xff;

/**
 * Compares a token with every configured key. All of them are compared, always, and each in constant time, so that the
 * time tells neither how much of a key was right nor which key it was.
 *
 * Keys that are configured as such are compared as such, padded to one length. Of keys that are configured by their
 * hash the token's is computed; each such computation is a promise of the runtime, which takes 10 µs of a request's CPU
 * and as much again of the collector's (`docs/performance.md`).
 */
export function createKeyVerifier(keys: readonly StaticKey[]): KeyVerifier {
  const plain: ComparedKey[] = [];
  const hashed: ComparedKey[] = [];
  for (const { name, secret } of keys) {
    if (secret.kind === "plain") plain.push({ name, bytes: pad(secret.key) });
    else hashed.push({ name, bytes: readHex(secret.hex) });
  }
  return (token) => {
    const found = findName(plain, pad(token));
    return hashed.length === 0 ? found : findByHash(token, found);
  };

  async function findByHash(token: string, found: string | undefined): Promise<string | undefined> {
    const foundByHash = findName(hashed, await sha256(token));
    return found ?? foundByHash;
  }
}

function findName(keys: readonly ComparedKey[], presented: Uint8Array): string | undefined {
  let found: string | undefined;
  for (const { name, bytes } of keys) if (crypto.subtle.timingSafeEqual(presented, bytes)) found ??= name;
  return found;
}

const encoder = new TextEncoder();

/** The end of a token that is too long for a key is left out, and with it the mark that every key has. */
function pad(text: string): Uint8Array {
  const bytes = new Uint8Array(PADDED_BYTES);
  const { written } = encoder.encodeInto(text, bytes);
  bytes[written] = END_OF_KEY;
  return bytes;
}

function readHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(text)));
}
