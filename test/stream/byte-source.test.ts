import { describe, expect, it } from "vitest";
import { collectBytes, toBody, withFirstChunk } from "../../src/stream/byte-source.ts";
import type { ByteSource } from "../../src/stream/byte-source.ts";

interface CountingSource extends ByteSource {
  readonly taken: number;
  readonly isCancelled: boolean;
}

/** A source of these chunks; one that is an error is thrown. */
function createSource(...chunks: readonly (string | Error)[]): CountingSource {
  const encoder = new TextEncoder();
  let taken = 0;
  let isCancelled = false;
  return {
    async next() {
      const chunk = chunks[taken];
      taken += 1;
      if (chunk instanceof Error) throw chunk;
      return chunk === undefined ? undefined : encoder.encode(chunk);
    },
    cancel() {
      isCancelled = true;
    },
    get taken() {
      return taken;
    },
    get isCancelled() {
      return isCancelled;
    },
  };
}

const decoder = new TextDecoder();

describe("a source of bytes", () => {
  it.each([[[]], [["a"]], [["ab", "", "c"]]])("is collected whole: %j", async (chunks) => {
    const bytes = await collectBytes(createSource(...chunks), 3);
    expect(decoder.decode(bytes)).toBe(chunks.join(""));
  });

  it("is cancelled where it is longer than it may be", async () => {
    const source = createSource("ab", "cd", "ef");
    expect(await collectBytes(source, 3)).toBeUndefined();
    expect(source.isCancelled).toBe(true);
    expect(source.taken).toBe(2);
  });

  it("gives a chunk that was taken from it again, once and first", async () => {
    const source = createSource("b", "c");
    const bytes = await collectBytes(withFirstChunk(new TextEncoder().encode("a"), source), 10);
    expect(decoder.decode(bytes)).toBe("abc");
    expect(await collectBytes(withFirstChunk(undefined, createSource("b")), 10)).toHaveLength(1);
    withFirstChunk(undefined, source).cancel();
    expect(source.isCancelled).toBe(true);
  });
});

describe("a body", () => {
  it("is read no faster than its reader reads, and has all the bytes", async () => {
    const source = createSource("a", "b", "c");
    const reader = toBody(source).getReader();
    await Promise.resolve();
    expect(source.taken).toBe(0);
    expect(decoder.decode((await reader.read()).value)).toBe("a");
    expect(source.taken).toBe(1);
    reader.releaseLock();
    expect(await new Response(toBody(createSource("a", "b"))).text()).toBe("ab");
  });

  it("cancels its source when its reader leaves", async () => {
    const source = createSource("a", "b");
    const reader = toBody(source).getReader();
    await reader.read();
    await reader.cancel();
    expect(source.isCancelled).toBe(true);
  });

  it("breaks off where its source fails", async () => {
    const reader = toBody(createSource("a", new Error("reset"))).getReader();
    await reader.read();
    await expect(reader.read()).rejects.toThrow("reset");
  });
});
