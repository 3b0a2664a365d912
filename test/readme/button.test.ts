import { describe, expect, it } from "vitest";
import { toButtonMarkdown } from "../../scripts/docs/button.ts";
import { readPart, readProjectFile } from "./code-blocks.ts";

describe("the deploy button of the README", () => {
  it("is that of the repository in package.json (`npm run docs` writes it there)", () => {
    expect(readPart(readProjectFile("README.md"), "button")).toBe(toButtonMarkdown(readProjectFile("package.json")));
  });

  it.each([
    ["a URL", "https://github.com/you/flaregate"],
    ["npm's form of one", { type: "git", url: "git+https://github.com/you/flaregate.git" }],
  ])("asks Cloudflare for the repository that is named by %s", (_, repository) => {
    expect(toButtonMarkdown(JSON.stringify({ repository }))).toBe(
      "[![Deploy to Cloudflare](https://deploy.workers.cloudflare.com/button)]" +
        "(https://deploy.workers.cloudflare.com/?url=https://github.com/you/flaregate)",
    );
  });

  it("is not there where no repository is named", () => {
    expect(toButtonMarkdown("{}")).toBe("");
  });
});
