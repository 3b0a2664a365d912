import { describe, expect, it, vi } from "vitest";
import { parseConfig } from "../../src/config/config.ts";
import { createKeyVerifier } from "../../src/keys/verify-key.ts";
import type { KeyVerifier } from "../../src/keys/verify-key.ts";

function verifierOf(keys: string): KeyVerifier {
  return createKeyVerifier(parseConfig({ API_KEYS: keys }).API_KEYS);
}

async function hexDigest(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

describe("createKeyVerifier", () => {
  it.each([
    ["sk-first", "key-1"],
    ["sk-second", "team"],
    ["sk-third", "key-3"],
  ])("B4: of several keys %s is %s", async (token, name) => {
    expect(await verifierOf("sk-first,team:sk-second\nsk-third")(token)).toBe(name);
  });

  it("B4: every configured key is compared, whichever it is that matches", async () => {
    const verify = verifierOf("sk-first,sk-second,sk-third");
    await verify("sk-nobody");
    const compare = vi.spyOn(crypto.subtle, "timingSafeEqual");
    for (const token of ["sk-first", "sk-third", "sk-nobody", ""]) {
      compare.mockClear();
      await verify(token);
      expect(compare).toHaveBeenCalledTimes(3);
      expect(new Set(compare.mock.calls.flat().map(({ byteLength }) => byteLength)).size).toBe(1);
    }
    compare.mockRestore();
  });

  it("knows a key by its hash", async () => {
    const verify = verifierOf(`ci:sha256:${await hexDigest("sk-hashed")}`);
    expect(await verify("sk-hashed")).toBe("ci");
    expect(await verify(await hexDigest("sk-hashed"))).toBeUndefined();
  });

  it.each(["sk-tesu", "sk-tes", "sk-testt", "Sk-test", "sk-test ", " sk-test", "test:sk-test", "", "sk-"])(
    "B2: %j is not sk-test",
    async (token) => {
      expect(await verifierOf("test:sk-test")(token)).toBeUndefined();
    },
  );

  it.each(["", "undefined", "sk-"])("B2: with no key configured %j is nobody's", async (token) => {
    expect(await verifierOf("")(token)).toBeUndefined();
  });

  it("B4: keys by hash are compared beside the others, whichever it is that matches", async () => {
    const verify = verifierOf(`sk-first,ci:sha256:${await hexDigest("sk-hashed")},last:sk-last`);
    const compare = vi.spyOn(crypto.subtle, "timingSafeEqual");
    for (const [token, name] of [
      ["sk-first", "key-1"],
      ["sk-hashed", "ci"],
      ["sk-last", "last"],
      ["sk-nobody", undefined],
    ] as const) {
      compare.mockClear();
      expect(await verify(token)).toBe(name);
      expect(compare).toHaveBeenCalledTimes(3);
    }
    compare.mockRestore();
  });

  it.each([3, 4, 255, 256])(
    "B3: of a key with %d characters behind sk- neither its beginning nor more than it is the key",
    async (length) => {
      const key = `sk-${"k".repeat(length)}`;
      const verify = verifierOf(`long:${key}`);
      expect(await verify(key)).toBe("long");
      for (const token of [key.slice(0, -1), `${key}k`, `${key}\0`, `${key}\u00ff`, key + "k".repeat(100)]) {
        expect(await verify(token)).toBeUndefined();
      }
    },
  );

  it("B3: a key of 100 KB, or of any characters, is nobody's", async () => {
    const verify = verifierOf("sk-test");
    for (const token of ["k".repeat(100_000), "ключ", "\ud800", "\0"]) expect(await verify(token)).toBeUndefined();
  });

  it("gives two requests at once, the first of an isolate, their own answers", async () => {
    const verify = verifierOf("a:sk-one,b:sk-two");
    expect(await Promise.all([verify("sk-two"), verify("sk-one"), verify("sk-no")])).toEqual(["b", "a", undefined]);
  });
});
