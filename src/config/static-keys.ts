import { reader, refuse } from "./reader.ts";

/** A client key from `API_KEYS`. A hash is enough to compare a key with, so a deployment may hold nothing but hashes. */
export interface StaticKey {
  /** What the log calls the key. */
  readonly name: string;
  /** The key itself, or the SHA-256 of it in lower-case hexadecimal. */
  readonly secret: { readonly kind: "plain"; readonly key: string } | { readonly kind: "sha256"; readonly hex: string };
}

/** A name never begins like a key: of `sk-a:sk-b`, one key with a colon in it, the log would show the half. */
const ENTRY = /^(?:(?!sk-)([A-Za-z0-9_.-]{1,64}):)?(?:sha256:([0-9a-fA-F]{64})|(sk-[\x21-\x7e]{1,256}))$/;

/** `API_KEYS`: entries `sk-…`, `name:sk-…` or `name:sha256:<hex>`, separated by commas or line breaks. */
export const staticKeys = reader((value, issues): readonly StaticKey[] => {
  if (typeof value !== "string") return refuse(issues, value, "expected text");
  const entries = value
    .split(/[,\r\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  return entries.map((entry, position): StaticKey => {
    const [, name, hex, key] = ENTRY.exec(entry) ?? [];
    const shown = name ?? `key-${position + 1}`;
    if (hex !== undefined) return { name: shown, secret: { kind: "sha256", hex: hex.toLowerCase() } };
    if (key !== undefined) return { name: shown, secret: { kind: "plain", key } };
    const message = `entry ${position + 1} is none of sk-…, name:sk-… and name:sha256:<64 hexadecimal digits>`;
    return refuse(issues, value, message);
  });
});
