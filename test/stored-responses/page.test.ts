import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toPage } from "../../src/stored-responses/page.ts";

describe("pages of a list", () => {
  it("put together are the list, in either order and of any size", () => {
    const lists = fc.uniqueArray(fc.string(), { maxLength: 30 });
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 10 }), fc.constantFrom("asc", "desc"), (all, limit, order) => {
        const seen: string[] = [];
        for (let hasMore = true; hasMore;) {
          const page = toPage(all, { limit, order, after: seen.at(-1) }, (item) => item);
          if (page === undefined) throw new Error("no page");
          expect(page.items.length).toBeLessThanOrEqual(limit);
          seen.push(...page.items);
          ({ hasMore } = page);
        }
        expect(seen).toEqual(order === "asc" ? all : all.toReversed());
      }),
    );
  });

  it("do not exist behind what is not in it", () => {
    expect(toPage(["a"], { limit: 1, order: "asc", after: "b" }, (item) => item)).toBeUndefined();
  });
});
