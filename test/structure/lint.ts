import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** Source text by path: `src/openai/ids.ts`. */
export type SourceTree = Readonly<Record<string, string>>;

export interface Finding {
  /** `src/openai/ids.ts` */
  readonly path: string;
  /** `eslint(no-restricted-imports)` */
  readonly rule: string;
  /** Counted from 1; 0 where the finding is the whole file. */
  readonly line: number;
}

/** Runs the project's linter, with the project's configuration, over a tree of files of its own. */
export async function lint(files: SourceTree): Promise<readonly Finding[]> {
  const root = await mkdtemp(join(tmpdir(), "flaregate-lint-"));
  try {
    await cp(".oxlintrc.json", join(root, ".oxlintrc.json"));
    await cp("tsconfig.json", join(root, "tsconfig.json"));
    await symlink(resolve("node_modules"), join(root, "node_modules"));
    for (const [path, source] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), source);
    }
    return toFindings(await runLinter(root));
  } finally {
    await rm(root, { recursive: true });
  }
}

async function runLinter(root: string): Promise<string> {
  const linter = resolve("node_modules/oxlint/bin/oxlint");
  return await new Promise((done, fail) => {
    execFile(process.execPath, [linter, "--format", "json"], { cwd: root, maxBuffer: 2 ** 26 }, (error, stdout) => {
      // Findings make the linter exit with 1, which is no failure here.
      if (error !== null && error.code !== 1) fail(error);
      else done(stdout);
    });
  });
}

interface Report {
  readonly diagnostics: readonly {
    readonly code: string;
    readonly filename: string;
    readonly labels: readonly { readonly span: { readonly line: number } }[];
  }[];
}

function toFindings(output: string): readonly Finding[] {
  const report: Report = JSON.parse(output);
  return report.diagnostics.map(({ code, filename, labels }) => ({
    path: filename,
    rule: code,
    line: labels[0]?.span.line ?? 0,
  }));
}
