import { describe, expect, it } from "vitest";
import { searchQuery } from "../../src/translate/search-query.ts";

const counts = ["page", "per_page", "source"] as const;

/** What is said against a query, and of which of its members. */
function complaintsOf(query: object) {
  const { error } = searchQuery.safeParse(query);
  return error?.issues.map(({ path, message }) => ({ path, message }));
}

describe("the query of the search of models", () => {
  it("is read in Cloudflare's own names, and the rest left out", () => {
    const texts = { author: "meta", search: "llama", task: "Text Generation" };
    const query = { ...texts, hide_experimental: "true", page: "2", per_page: "50", source: "1", other: "x" };
    expect(searchQuery.parse(query)).toEqual({ ...texts, hide_experimental: true, page: 2, per_page: 50, source: 1 });
  });

  it("may be empty", () => {
    expect(searchQuery.parse({})).toEqual({});
  });

  it.each([
    ["1", 1],
    ["7", 7],
    ["10", 10],
    ["999999", 999_999],
  ])("takes whole numbers from 1 on: %s", (text, number) => {
    for (const name of counts) expect(searchQuery.parse({ [name]: text })).toEqual({ [name]: number });
  });

  it.each(["", "0", "01", "-1", "+1", "1.5", "1e3", " 1", "1 ", "1a", "0x1", "1000000", "many"])(
    "takes no other number: %j",
    (text) => {
      for (const name of counts) {
        expect(complaintsOf({ [name]: text })).toEqual([
          { path: [name], message: "expected a whole number from 1 on" },
        ]);
      }
    },
  );

  it("takes true and false as words", () => {
    expect(searchQuery.parse({ hide_experimental: "true" })).toEqual({ hide_experimental: true });
    expect(searchQuery.parse({ hide_experimental: "false" })).toEqual({ hide_experimental: false });
  });

  it.each(["", "1", "yes", "True", "false "])("takes no other word for them: %j", (text) => {
    expect(complaintsOf({ hide_experimental: text })).toMatchObject([{ path: ["hide_experimental"] }]);
  });
});
