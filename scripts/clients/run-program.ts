import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { FILE_NAME } from "./program.ts";
import type { Program } from "./program.ts";
import { readSnippets } from "./snippets.ts";

export interface ProgramResult {
  readonly name: string;
  readonly version: string;
  readonly verdict: "ok" | "failed";
  /** What it printed, where it failed. */
  readonly output: string;
}

interface Finished {
  readonly code: number;
  readonly output: string;
}

const INSTALL_LIMIT_MS = 600_000;
const RUN_LIMIT_MS = 180_000;
/** The gateway of the documents. */
const LOCAL = "http://localhost:8787";

/**
 * Installs the newest version of a program in a directory of its own, writes the settings of the document there, and
 * runs the lines of the document. The program knows neither this project nor the home directory of whoever runs it, and
 * gets none of the variables of the shell.
 */
export async function runProgram(program: Program, origin: string): Promise<ProgramResult> {
  const folder = await mkdtemp(join(tmpdir(), `flaregate-${program.name}-`));
  const at = (path: string): string => join(folder, path);
  const environment = { HOME: at("home"), LANG: "C.UTF-8", NO_PROXY: "*", no_proxy: "*" };
  try {
    for (const path of ["home", "work"]) await mkdir(at(path), { recursive: true });
    await writeFile(at("package.json"), '{ "private": true, "type": "module" }\n');
    await writeFile(at(`work/${FILE_NAME}`), "Nothing stands here.\n");
    const install = ["install", "--no-audit", "--no-fund", "--prefer-offline", ...program.packages];
    // The cache of npm is the one thing of the home directory that is used.
    const installed = await run("npm", install, folder, process.env, INSTALL_LIMIT_MS);
    if (installed.code !== 0) return { name: program.name, version: "-", verdict: "failed", output: installed.output };
    const lines = ["git init --quiet ."];
    for (const { language, code } of readSnippets(await readFile(program.document, "utf8"), program.heading)) {
      const local = code.replaceAll(LOCAL, origin);
      const path = program.files[language];
      if (language === "sh") lines.push(local);
      if (path === undefined) continue;
      await mkdir(dirname(at(path)), { recursive: true });
      await writeFile(at(path), local);
      if (language === "ts") lines.push(`node ${basename(path)}`);
    }
    const path = [at("node_modules/.bin"), dirname(process.execPath), process.env["PATH"] ?? ""].join(delimiter);
    const script = ["-euo", "pipefail", "-c", lines.join("\n")];
    const finished = await run("bash", script, at("work"), { ...environment, PATH: path }, RUN_LIMIT_MS);
    const isRight = finished.code === 0 && program.expected.test(finished.output);
    return {
      name: program.name,
      version: await readVersion(at("node_modules"), program.packages[0] ?? ""),
      verdict: isRight ? "ok" : "failed",
      output: isRight ? "" : finished.output,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readVersion(modules: string, name: string): Promise<string> {
  const manifest: { version?: string } = JSON.parse(await readFile(join(modules, name, "package.json"), "utf8"));
  return manifest.version ?? "-";
}

/** What a command printed on both of its outputs. Never rejects. */
function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  timeout: number,
): Promise<Finished> {
  return new Promise((resolve) => {
    const child = execFile(command, args, { cwd, env, timeout, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr });
    });
    // Agents read more of the task from their input, where there is one.
    child.stdin?.end();
  });
}
