import { describe, expect, it } from "vitest";
import {
  bindingNotes,
  secretNotes,
  toBindingMarkdown,
  toSecretMarkdown,
  toVariableMarkdown,
  variableNotes,
  type SettingNote,
} from "../../scripts/docs/settings.ts";
import { parseConfig } from "../../src/config/config.ts";
import { createModelDirectory } from "../../src/models/resolve.ts";
import { readCodeBlocks, readPart, readProjectFile } from "./code-blocks.ts";

/** `docs/configuration.md`: its tables are made from notes, and these are held to what the Worker reads. */

const document = readProjectFile("docs/configuration.md");

/** Whether the Worker takes this value. */
function isTaken(name: string, value: unknown): boolean {
  try {
    parseConfig({ [name]: value });
    return true;
  } catch {
    return false;
  }
}

/** Values with what the note says of them: whether they are taken. */
function toProbes({ values }: SettingNote): readonly (readonly [value: unknown, isTaken: boolean])[] {
  const never = [{ not: ["a", { value: 1 }] }, false] as const;
  if (typeof values === "object") {
    const { least, most } = values;
    const taken = [least, most, String(most)].map((value) => [value, true] as const);
    const refused = [least - 1, most + 1, least + 0.5, "many"].map((value) => [value, false] as const);
    return [...taken, ...refused, never];
  }
  if (!values.startsWith("`true`")) return [never];
  return [["true", true], ["false", true], [true, true], ["yes", false], never];
}

function namesIn(source: string, pattern: RegExp): readonly string[] {
  return [...source.matchAll(pattern)].map(([, name = ""]) => name);
}

describe("docs/configuration.md", () => {
  it("shows every setting as it is (`npm run docs` writes them there)", () => {
    expect(readPart(document, "secrets")).toBe(toSecretMarkdown());
    expect(readPart(document, "variables")).toBe(toVariableMarkdown());
    expect(readPart(document, "bindings")).toBe(toBindingMarkdown());
  });

  it("names what the Worker reads, and nothing else", () => {
    const settings = namesIn(readProjectFile("src/config/config.ts"), /^ {2}([A-Z_]+): withDefault\(/gm);
    expect(settings.length).toBeGreaterThan(15);
    expect(Object.keys({ ...secretNotes, ...variableNotes }).toSorted()).toEqual(settings.toSorted());
    const bindings = /interface Bindings \{([^}]*)\}/.exec(readProjectFile("src/env.ts"))?.[1] ?? "";
    expect(Object.keys(bindingNotes).toSorted()).toEqual(namesIn(bindings, /readonly (\w+)\?:/g).toSorted());
  });

  it.each(Object.entries(variableNotes))("is right about the values of %s", (name, note) => {
    const probes = toProbes(note);
    expect(probes.map(([value]) => [value, isTaken(name, value)])).toEqual(probes);
  });

  it("has an example that the Worker takes, of models that there are", () => {
    const [example] = readCodeBlocks(document).filter(({ language }) => language === "toml");
    const lines = [...(example?.code ?? "").matchAll(/^(\w+) = (?:'([^']*)'|"([^"]*)"|(\d+))$/gm)];
    const variables = Object.fromEntries(lines.map(([, name, ...values]) => [name, values.find(Boolean)]));
    expect(Object.keys(variables)).toHaveLength(5);
    const config = parseConfig(variables);
    const models = createModelDirectory(config.MODEL_ALIASES, []);
    for (const name of Object.entries(config.MODEL_FALLBACKS).flat(2))
      expect(models.resolve(name).entry.id).toContain("@cf/");
  });

  it("is followed by wrangler.toml: what stands there is bound under these names", () => {
    const bound = namesIn(readProjectFile("wrangler.toml"), /^(?:# )?(?:binding|name) = "([A-Z_]+)"$/gm);
    expect(new Set(bound)).toEqual(new Set(Object.keys(bindingNotes)));
  });
});
