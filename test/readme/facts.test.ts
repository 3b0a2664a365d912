import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { projectDirectory, readCodeBlocks, readProjectFile } from "./code-blocks.ts";

/** What the README says of the project, held against the project. */

const readme = readProjectFile("README.md");

describe("the README", () => {
  it("names only npm scripts that exist", () => {
    const manifest: unknown = JSON.parse(readProjectFile("package.json"));
    expect(manifest).toHaveProperty("scripts.test");
    const scripts = [...readme.matchAll(/npm run ([\w:]+)/g)].map(([, script]) => script);
    expect(scripts.length).toBeGreaterThan(5);
    for (const script of new Set(scripts)) expect(manifest).toHaveProperty(["scripts", script ?? ""]);
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
