import { existsSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { projectDirectory, readProjectFile } from "./code-blocks.ts";

/** Links between the documents lead somewhere, and the README leads to every document. */

const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "CHANGELOG.md",
  "examples/README.md",
  ...readdirSync(join(projectDirectory, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

interface Link {
  readonly page: string;
  readonly target: string;
}

/** Links of a page to something of the project. Code is none of it. */
function readLinks(page: string): readonly Link[] {
  const text = readProjectFile(page)
    .replaceAll(/^```[^]*?^```$/gm, "")
    .replaceAll(/`[^`\n]*`/g, "code");
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => ({ page, target }))
    .filter(({ target }) => !/^[a-z]+:/.test(target));
}

/** A heading as GitHub makes it the end of a URL. */
function toAnchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(/\s/g, "-");
}

function readAnchors(page: string): readonly string[] {
  const text = readProjectFile(page).replaceAll(/^```[^]*?^```$/gm, "");
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => toAnchor(heading));
}

/** The file that a link leads to, from the project's directory. */
function toPath({ page, target }: Link): string {
  const [path = ""] = target.split("#");
  return path === "" ? page : relative(".", join(dirname(page), path));
}

const links = pages.flatMap(readLinks);

describe("the links of the documents", () => {
  it.each(links)("lead from $page to a file: $target", (link) => {
    const path = toPath(link);
    expect([path, existsSync(join(projectDirectory, path))]).toEqual([path, true]);
  });

  it.each(links.filter(({ target }) => target.includes("#")))("lead from $page to a heading: $target", (link) => {
    const [, anchor = ""] = link.target.split("#");
    expect(readAnchors(toPath(link))).toContain(anchor);
  });

  it("lead from the README to every document", () => {
    const reached = new Set(readLinks("README.md").map(toPath));
    const others = pages.filter((page) => page !== "README.md" && page !== "examples/README.md");
    expect(others.filter((page) => !reached.has(page))).toEqual([]);
    expect(others.length).toBeGreaterThan(20);
  });
});
