import { randomBytes } from "node:crypto";
import { staticKeys } from "../../src/config/static-keys.ts";

/** A key of 192 random bits. */
export function makeKey(): string {
  return `sk-${randomBytes(24).toString("base64url").replaceAll("-", "x").replaceAll("_", "y")}`;
}

/** The names of the keys in a value of `API_KEYS`, by the Worker's own rule. Throws where one of them is none. */
export function parseStaticKeyNames(text: string): readonly string[] {
  const result = staticKeys.safeParse(text);
  if (result.success && result.data.length > 0) return result.data.map(({ name }) => name);
  throw new Error(`API_KEYS: ${result.error?.issues[0]?.message ?? "no key is named"}.`);
}

/** The first key of a value of `API_KEYS` that can be used as it stands; `undefined` where there are only hashes. */
export function firstUsableKey(text: string): string | undefined {
  return /sk-[\x21-\x2b\x2d-\x7e]{1,256}/.exec(text)?.[0];
}
