import { describe, expect, it } from "vitest";
import { later, readFrom, toSource } from "../../src/stream/source.ts";
import type { Source } from "../../src/stream/source.ts";

function read<Item>(source: Source<Item>): Promise<Item | undefined> {
  return new Promise((resolve, reject) => readFrom(source, resolve, reject));
}

const failure = new Error("lost");

describe.each<[string, Source<number>, Source<number>]>([
  [
    "promises",
    { next: async () => 1, cancel: () => undefined },
    { next: () => Promise.reject(failure), cancel: () => undefined },
  ],
  [
    "callbacks",
    toSource<number>(
      (take) => later(() => take(1)),
      () => undefined,
    ),
    toSource<number>(
      (_take, fail) => later(() => fail(failure)),
      () => undefined,
    ),
  ],
])("a source with %s", (_kind, source, broken) => {
  it("is read with both", async () => {
    expect(await read(source)).toBe(1);
    expect(await source.next()).toBe(1);
  });

  it("fails with both", async () => {
    await expect(read(broken)).rejects.toBe(failure);
    await expect(broken.next()).rejects.toBe(failure);
  });
});

describe("later", () => {
  it("takes the step behind its caller, in order", async () => {
    const steps: string[] = [];
    later(() => steps.push("first"));
    later(() => steps.push("second"));
    steps.push("caller");
    await Promise.resolve();
    await Promise.resolve();
    expect(steps).toEqual(["caller", "first", "second"]);
  });
});
