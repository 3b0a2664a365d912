import { describe, expect, it } from "vitest";
import { fromBase64, toBase64 } from "../../src/stream/base64.ts";

describe("base64", () => {
  it.each([0, 1, 2, 3, 255, 0x7fff, 0x8000, 0x8001, 200_000])("holds %i bytes, there and back", (length) => {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 7) % 256);
    const text = toBase64(bytes);
    expect(text).toBe(Buffer.from(bytes).toString("base64"));
    expect(fromBase64(text)).toEqual(bytes);
  });

  it.each(["=", "a", "ab=c", "é", "_-"])("is nothing else: %j", (text) => {
    expect(fromBase64(text)).toBeUndefined();
  });
});
