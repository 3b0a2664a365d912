import { describe, expect, it } from "vitest";
import { programs } from "../../scripts/clients/program.ts";
import { readSnippets } from "../../scripts/clients/snippets.ts";
import { catalogue } from "../../src/models/catalogue.ts";
import { readCodeBlocks, readProjectFile } from "./code-blocks.ts";

/** What `docs/programs.md` and `docs/clients.md` tell programs of models is what the catalogue says. */

const models = new Map(catalogue.map((entry) => [entry.id, entry]));

describe.each(["docs/programs.md", "docs/clients.md"])("%s", (path) => {
  const document = readProjectFile(path);

  it("names models that there are, and that call tools where an agent is to use them", () => {
    const ids = [...document.matchAll(/@cf\/[\w./-]*\w/g)].map(([id]) => id);
    expect(ids.length).toBeGreaterThan(8);
    for (const id of ids) expect([id, models.has(id), models.get(id)?.retired]).toEqual([id, true, undefined]);
  });

  it("tells the URL of npm run dev in each of its settings", () => {
    const settings = readCodeBlocks(document).filter(({ language }) => language !== "sh");
    for (const { code } of settings) expect(code).toContain("http://localhost:8787/v1");
  });
});

describe("the windows in docs/programs.md", () => {
  const document = readProjectFile("docs/programs.md");

  /** Each model with the tokens that are named behind it, up to the next model. */
  const told = readCodeBlocks(document)
    .flatMap(({ code }) => code.split(/(?=@cf\/)/))
    .map((piece) => ({ entry: models.get(/^@cf\/[\w./-]*\w/.exec(piece)?.[0] ?? ""), piece }));

  it.each([
    ["the window", /(?:model_context_window = |"context": |contextLength: |"max_tokens": )(\d+)/g, "contextWindow"],
    ["an answer that the model can give", /(?:"output": |maxTokens: |"max_output_tokens": )(\d+)/g, "answer"],
  ] as const)("are those of the models: %s", (_what, pattern, member) => {
    const limits = told.flatMap(({ entry, piece }) =>
      [...piece.matchAll(pattern)].map(([, tokens]) => ({ entry, tokens: Number(tokens) })),
    );
    expect(limits.length).toBeGreaterThan(2);
    for (const { entry, tokens } of limits) {
      const window = entry?.contextWindow ?? 0;
      const most = member === "contextWindow" ? window : (entry?.maxOutputTokens ?? window);
      expect([entry?.id, tokens <= most, member === "answer" || tokens === most]).toEqual([entry?.id, true, true]);
    }
  });
});

describe("npm run clients", () => {
  it.each(programs)("finds what it writes and runs for $name", ({ document, heading, files }) => {
    const languages = readSnippets(readProjectFile(document), heading).map(({ language }) => language);
    expect(languages).toEqual(expect.arrayContaining(Object.keys(files)));
    expect(languages.includes("sh") || languages.includes("ts")).toBe(true);
  });
});
