import { runInDurableObject } from "cloudflare:test";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDocuments } from "../../src/stored-responses/documents.ts";
import type { Documents } from "../../src/stored-responses/documents.ts";
import { createEventLog } from "../../src/stored-responses/event-log.ts";
import { storageBindings } from "./objects.ts";

/** Works on the documents of an object of its own. */
async function withDocuments<Result>(work: (documents: Documents) => Result): Promise<Result> {
  const stub = storageBindings().RESPONSES.getByName(crypto.randomUUID());
  return runInDurableObject(stub, (_, { storage }) => work(createDocuments(storage.sql)));
}

const record = (number: number, text: string): string => `event: x\ndata: ${JSON.stringify({ number, text })}\n\n`;

describe("the event log", () => {
  const batches = fc.array(fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 5 }), { maxLength: 6 });

  it("gives the records behind any of them, however they were appended and whoever reads", async () => {
    await fc.assert(
      fc.asyncProperty(batches, fc.nat(40), async (texts, skipped) => {
        const after = skipped - 1;
        let number = 0;
        const appended = texts.map((batch) => batch.map((text) => record(number++, text)));
        const read = await withDocuments((documents) => {
          const log = createEventLog(documents);
          for (const records of appended) log.append(records.join(""));
          expect(log.length()).toBe(number);
          // Another instance, as after a restart.
          const reader = createEventLog(documents);
          expect(reader.length()).toBe(number);
          let [last, text] = [after, ""];
          for (let part = reader.read(last); part !== undefined; part = reader.read(last)) {
            text += part.records;
            ({ last } = part);
          }
          return text;
        });
        expect(read).toBe(appended.flat().slice(skipped).join(""));
      }),
      { numRuns: 40, seed: 20_261_126 },
    );
  });

  it("takes nothing for no records", async () => {
    const log = await withDocuments((documents) => {
      const created = createEventLog(documents);
      created.append("");
      return { length: created.length(), read: created.read(-1) };
    });
    expect(log).toEqual({ length: 0, read: undefined });
  });
});

describe("documents", () => {
  it("are written, replaced, listed and removed by their names", async () => {
    await withDocuments((documents) => {
      expect(documents.read("a")).toBeUndefined();
      expect(documents.names("", "~")).toEqual([]);
      expect(documents.nameAfter("", "~")).toBeUndefined();
      for (const name of ["b", "a", "c"]) documents.write(name, name);
      documents.write("a", "");
      expect(documents.read("a")).toBe("");
      expect(documents.names("a", "c")).toEqual(["a", "b"]);
      expect(documents.nameAfter("a", "~")).toBe("b");
      expect(documents.nameBefore("c", "a")).toBe("b");
      documents.remove("b");
      expect(documents.names("a", "~")).toEqual(["a", "c"]);
    });
  });

  it("keep characters that lie across the pieces into which they are cut", async () => {
    const text = `${"x".repeat(1024 * 1024 - 1)}€${"😀".repeat(300_000)}`;
    expect(
      await withDocuments((documents) => {
        documents.write("long", text);
        return documents.read("long");
      }),
    ).toBe(text);
  });
});
