import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/config.ts";
import { projectDirectory, readCodeBlocks, readProjectFile, readTable } from "./code-blocks.ts";

/** What the README says of the project, held against the project. */

const readme = readProjectFile("README.md");

function codeIn(cell: string | undefined): string {
  return /`([^`]+)`/.exec(cell ?? "")?.[1] ?? "";
}

describe("the README", () => {
  it("names only npm scripts that exist", () => {
    const manifest: unknown = JSON.parse(readProjectFile("package.json"));
    expect(manifest).toHaveProperty("scripts.test");
    const scripts = [...readme.matchAll(/npm run ([\w:]+)/g)].map(([, script]) => script);
    expect(scripts.length).toBeGreaterThan(5);
    for (const script of new Set(scripts)) expect(manifest).toHaveProperty(["scripts", script ?? ""]);
  });

  it("names every setting, and no other, with its default", () => {
    const defaults = new Map(
      readTable(readme, "name", "default", "meaning").map(([name, value]) => [codeIn(name), codeIn(value)]),
    );
    const config: Record<string, unknown> = parseConfig({});
    // One that has no default is not among the defaults.
    const settings = readProjectFile("src/config/config.ts").matchAll(/^ {2}([A-Z_]+): z\./gm);
    const bindings = /interface Bindings \{([^}]*)\}/.exec(readProjectFile("src/env.ts"))?.[1] ?? "";
    const bound = bindings.matchAll(/readonly (\w+)\?:/g);
    const named = [...bound, ...settings].map(([, name = ""]) => name);
    expect(named).toEqual(expect.arrayContaining(["AI", ...Object.keys(config)]));
    expect([...defaults.keys()].toSorted()).toEqual(named.toSorted());
    for (const [name, value] of Object.entries(config)) {
      if (name === "API_KEYS") continue;
      const written = Array.isArray(value) ? value.join(",") : JSON.stringify(value);
      expect([name, defaults.get(name)]).toEqual([name, written]);
    }
  });

  it("names every variable of the emulator, and no other", () => {
    const read = readProjectFile("src/emulator/environment.ts").matchAll(/readonly (EMULATOR_\w+)\?:/g);
    const named = readme.slice(readme.indexOf("## The emulator")).matchAll(/`(EMULATOR_\w+)`/g);
    const names = new Set([...read].map(([, name]) => name));
    expect(names.size).toBeGreaterThan(5);
    expect(new Set([...named].map(([, name]) => name))).toEqual(names);
  });

  it("shows directories that exist", () => {
    const layout = readCodeBlocks(readme).find(({ code }) => code.startsWith("src/"))?.code ?? "";
    const paths = [...layout.matchAll(/^ {2}([\w-]+(?:\/|\.ts)) /gm)].map(([, path]) => `src/${path}`);
    expect(paths.length).toBeGreaterThan(10);
    for (const path of paths) expect([path, existsSync(`${projectDirectory}/${path}`)]).toEqual([path, true]);
  });
});
