import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createApp } from "../../src/app.ts";
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

  it("has every URL in its table of endpoints", () => {
    const table = readme.slice(readme.indexOf("## Endpoints"), readme.indexOf("## Configuration"));
    const routes = createApp().routes.filter(({ method }) => ["GET", "POST", "DELETE"].includes(method));
    const words = routes.flatMap(({ path }) => path.split("/").filter((part) => /^[\w.]+$/.test(part)));
    expect(new Set(words).size).toBeGreaterThan(30);
    // What is done to a managed key is in docs/keys.md, and the files of pages are no endpoint.
    const elsewhere = ["rotate", "block", "unblock", "assets"];
    for (const word of new Set(words).difference(new Set(elsewhere))) {
      expect(table).toMatch(new RegExp(`[/\`]${word.replaceAll(".", "\\.")}\\b`));
    }
  });

  it("shows directories that exist", () => {
    const layout = readCodeBlocks(readme).find(({ code }) => code.startsWith("src/"))?.code ?? "";
    const paths = [...layout.matchAll(/^ {2}([\w-]+(?:\/|\.ts)) /gm)].map(([, path]) => `src/${path}`);
    expect(paths.length).toBeGreaterThan(10);
    for (const path of paths) expect([path, existsSync(`${projectDirectory}/${path}`)]).toEqual([path, true]);
  });
});

it.each(["docs/architecture.md", "docs/wire-facts.md", "CONTRIBUTING.md"])("%s names files that exist", (path) => {
  const folders = ["src", "test", "scripts", "bench"];
  const files = folders.flatMap((folder) =>
    readdirSync(`${projectDirectory}/${folder}`, { recursive: true, encoding: "utf8" }).map(
      (file) => `${folder}/${file}`,
    ),
  );
  const prose = readProjectFile(path).replaceAll(/^```[^]*?^```$/gm, "");
  for (const [, name = ""] of prose.matchAll(/`([\w/.-]+\.ts)`/g)) {
    expect([name, files.some((file) => file === name || file.endsWith(`/${name}`))]).toEqual([name, true]);
  }
});
