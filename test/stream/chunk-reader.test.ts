import { describe, expect, it, vi } from "vitest";
import { createChunkReader } from "../../src/stream/chunk-reader.ts";
import { slicings } from "../support/slices.ts";

type Kind = "bytes" | "values";

/** A body of either kind: of bytes, as the network's are, or of values, as JavaScript makes them. */
function toBody(chunks: readonly Uint8Array[], kind: Kind): ReadableStream {
  const rest = chunks.map((chunk) => chunk.slice());
  function pull(controller: ReadableByteStreamController | ReadableStreamDefaultController): void {
    const chunk = rest.shift();
    if (chunk !== undefined) controller.enqueue(chunk);
    else {
      controller.close();
      if ("byobRequest" in controller) controller.byobRequest?.respond(0);
    }
  }
  return kind === "bytes" ? new ReadableStream({ type: "bytes", pull }) : new ReadableStream({ pull });
}

function stall(): Promise<void> {
  return new Promise(() => undefined);
}

function fail(): Promise<void> {
  return Promise.reject(new Error("lost"));
}

async function readAll(body: ReadableStream): Promise<readonly number[]> {
  const reader = createChunkReader(body);
  const bytes: number[] = [];
  for (let chunk = await reader.next(); chunk !== undefined; chunk = await reader.next()) bytes.push(...chunk);
  return bytes;
}

describe.each<Kind>(["bytes", "values"])("the chunk reader of a body of %s", (kind) => {
  it("reads what is in the body, however it is sliced", async () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, index) => index % 251);
    for (const { chunks } of slicings(bytes)) expect(await readAll(toBody(chunks, kind))).toEqual([...bytes]);
  });

  it("reads a chunk that is larger than its buffer", async () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251);
    expect(await readAll(toBody([bytes], kind))).toEqual([...bytes]);
  });

  it("reads an empty body", async () => {
    expect(await readAll(toBody([], kind))).toEqual([]);
  });

  it("cancels the body while a read is pending", async () => {
    const cancel = vi.fn<(reason: unknown) => void>();
    const body =
      kind === "bytes"
        ? new ReadableStream({ type: "bytes", pull: stall, cancel })
        : new ReadableStream({ pull: stall, cancel });
    const reader = createChunkReader(body);
    const read = reader.next();
    reader.cancel("gone");
    expect(await read).toBeUndefined();
    expect(cancel).toHaveBeenCalledExactlyOnceWith("gone");
    expect(() => reader.cancel()).not.toThrow();
  });

  it("rejects where the body fails, and its cancellation then does not", async () => {
    const body =
      kind === "bytes" ? new ReadableStream({ type: "bytes", pull: fail }) : new ReadableStream({ pull: fail });
    const reader = createChunkReader(body);
    await expect(reader.next()).rejects.toThrow("lost");
    expect(() => reader.cancel()).not.toThrow();
  });
});

describe("the chunk reader", () => {
  it("takes the memory of a chunk for the next one, of a body of bytes only", async () => {
    const chunks = [Uint8Array.of(1), Uint8Array.of(2)];
    for (const [kind, length] of [
      ["bytes", 0],
      ["values", 1],
    ] as const) {
      const reader = createChunkReader(toBody(chunks, kind));
      const first = await reader.next();
      await reader.next();
      expect(first).toHaveLength(length);
    }
  });

  it("has one buffer for all reads of a body of bytes", async () => {
    const chunks = Array.from({ length: 100 }, (_, index) => Uint8Array.of(index));
    const allocations = vi.spyOn(globalThis, "ArrayBuffer");
    try {
      await readAll(toBody(chunks, "bytes"));
      expect(allocations).toHaveBeenCalledTimes(1);
    } finally {
      allocations.mockRestore();
    }
  });
});
