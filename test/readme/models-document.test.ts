import { describe, expect, it } from "vitest";
import * as z from "zod";
import {
  toAliasMarkdown,
  toMediaModelMarkdown,
  toRetiredModelMarkdown,
  toTaskModelMarkdown,
  toTextModelMarkdown,
  toTextParameterMarkdown,
} from "../../scripts/docs/models.ts";
import { BASE_URL, createInProcessGateway } from "../clients/support/in-process.ts";
import { readPart, readProjectFile, readTable } from "./code-blocks.ts";

/** `docs/models.md` is made from the catalogue, and says what the gateway says. */

const document = readProjectFile("docs/models.md");

const list = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      canonical_id: z.optional(z.string()),
      context_length: z.optional(z.number()),
      supported_parameters: z.array(z.string()),
    }),
  ),
});

function plain(cell = ""): string {
  return cell.replaceAll("`", "");
}

describe("docs/models.md", () => {
  it("shows the catalogue as it is (`npm run docs` writes it there)", () => {
    expect(readPart(document, "text")).toBe(toTextModelMarkdown());
    expect(readPart(document, "text-parameters")).toBe(toTextParameterMarkdown());
    expect(readPart(document, "tasks")).toBe(toTaskModelMarkdown());
    expect(readPart(document, "media")).toBe(toMediaModelMarkdown());
    expect(readPart(document, "aliases")).toBe(toAliasMarkdown());
    expect(readPart(document, "retired")).toBe(toRetiredModelMarkdown());
  });

  it("has each model of GET /v1/models once, with its window, and each alias", async () => {
    const response = await createInProcessGateway().fetch(`${BASE_URL}/models`);
    const { data } = list.parse(await response.json());
    const models = data.filter(({ canonical_id: behind }) => behind === undefined);
    const windows = new Map<string, string>();
    for (const [name, ...cells] of [
      ...readTable(document, "model", "window"),
      ...readTable(document, "model", "endpoint", "window").map(([model = "", , window = ""]) => [model, window]),
      ...readTable(document, "model", "endpoint", "parameters").map(([model = ""]) => [model, "–"]),
    ]) {
      expect(windows.has(plain(name))).toBe(false);
      windows.set(plain(name), cells[0] ?? "");
    }
    const expected = models.map(
      ({ id, context_length: window }) => [id, window?.toLocaleString("en-US") ?? "–"] as const,
    );
    expect(windows).toEqual(new Map(expected));

    const retired = new Set(readTable(document, "model", "refused since").map(([id]) => plain(id)));
    const short = new Map(readTable(document, "alias", "model").map(([alias, id]) => [plain(alias), plain(id)]));
    for (const { id, canonical_id: behind } of data) {
      if (behind === undefined || behind.endsWith(`/${id}`)) continue;
      expect([id, short.get(id)]).toEqual([id, behind]);
      short.delete(id);
    }
    // Retired models are not in the list, and their aliases neither.
    for (const id of short.values()) expect(retired).toContain(id);
  });
});
