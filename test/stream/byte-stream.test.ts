import { describe, expect, it, vi } from "vitest";
import { toByteStream } from "../../src/stream/byte-stream.ts";

function sourceOf(texts: readonly string[]) {
  const rest = [...texts];
  return {
    next: vi.fn<() => Promise<string | undefined>>(async () => rest.shift()),
    cancel: vi.fn<(reason: unknown) => void>(),
  };
}

describe("a byte stream", () => {
  it("gives the texts of its source as UTF-8 and ends with them", async () => {
    expect(await new Response(toByteStream(sourceOf(["é", "€", "😀"]))).text()).toBe("é€😀");
  });

  it("gives the pieces of a text as one, whatever their characters and their length", async () => {
    const long = "é".repeat(200_000);
    const texts = [["a"], ["€€"], ["a", "é", "€", "", "😀"], [], "海", [long, "€"], ["b".repeat(1000)]];
    const rest = [...texts];
    const source = { next: async () => rest.shift(), cancel: () => undefined };
    expect(await new Response(toByteStream(source)).text()).toBe(texts.flat().join(""));
  });

  it("asks its source only when it is read", async () => {
    const source = sourceOf(["a", "b"]);
    const reader = toByteStream(source).getReader();
    await Promise.resolve();
    expect(source.next).toHaveBeenCalledTimes(0);
    await reader.read();
    expect(source.next).toHaveBeenCalledTimes(1);
  });

  it("cancels its source when its reader leaves", async () => {
    const source = sourceOf(["a", "b"]);
    const reader = toByteStream(source).getReader();
    await reader.read();
    await reader.cancel("gone");
    expect(source.cancel).toHaveBeenCalledExactlyOnceWith("gone");
  });

  it("takes a text that comes after its reader has left", async () => {
    const text = Promise.withResolvers<string | undefined>();
    const source = { next: () => text.promise, cancel: vi.fn<() => void>() };
    const reader = toByteStream(source).getReader();
    const read = reader.read();
    await reader.cancel("gone");
    text.resolve("late");
    expect(await read).toEqual({ done: true, value: undefined });
    expect(source.cancel).toHaveBeenCalledOnce();
  });
});
