import { describe, expect, it } from "vitest";
import { toModerations } from "../../src/translate/moderation.ts";
import { readProjectFile, readTable } from "./code-blocks.ts";

/** The table of docs/tasks.md is what the code does. */

const section = readProjectFile("docs/tasks.md").split("\n## Moderations")[1] ?? "";
const rows = readTable(section, "hazard", "OpenAI's categories");

describe("the table of hazards", () => {
  it("names the fourteen of Llama Guard 3", () => {
    expect(rows.map(([hazard = ""]) => hazard.split(" ")[0])).toEqual(
      Array.from({ length: 14 }, (_, index) => `S${index + 1}`),
    );
  });

  it.each(rows)("is what becomes of %s", (hazard = "", documented = "") => {
    const verdict = { isSafe: false, hazards: [hazard.split(" ")[0] ?? ""], usage: undefined };
    const [result] = toModerations([verdict], { id: "modr-1", model: "guard" }).results;
    expect(result?.flagged).toBe(true);
    const found = Object.entries(result?.categories ?? {}).flatMap(([name, isFlagged]) => (isFlagged ? [name] : []));
    const named = documented.startsWith("none") ? [] : documented.replaceAll("`", "").split(", ");
    expect(found.toSorted()).toEqual(named.toSorted());
  });
});
