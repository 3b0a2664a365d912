import { readFileSync } from "node:fs";

export interface CodeBlock {
  readonly language: string;
  readonly code: string;
}

/** The project's directory: npm scripts, and vitest with them, run there. */
export const projectDirectory = process.cwd();

export function readProjectFile(path: string): string {
  return readFileSync(`${projectDirectory}/${path}`, "utf8");
}

/** The fenced code blocks of a Markdown text, in order. */
export function readCodeBlocks(markdown: string): readonly CodeBlock[] {
  return [...markdown.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].map(([, language = "", code = ""]) => ({
    language,
    code,
  }));
}

/** What stands between `<!-- name:begin -->` and `<!-- name:end -->`: a part that `npm run docs` writes. */
export function readPart(markdown: string, name: string): string | undefined {
  return markdown.split(`<!-- ${name}:begin -->`)[1]?.split(`<!-- ${name}:end -->`)[0]?.trim();
}

/** The rows of the table whose header begins with these cells, each as its cells. */
export function readTable(markdown: string, ...header: readonly string[]): readonly (readonly string[])[] {
  const lines = markdown.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`| ${header.join(" | ")} |`));
  const rows: string[][] = [];
  if (start === -1) return rows;
  for (const line of lines.slice(start + 2)) {
    if (!line.startsWith("|")) break;
    rows.push(
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );
  }
  return rows;
}
