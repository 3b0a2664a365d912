/**
 * `npm run smoke -- https://flaregate.you.workers.dev sk-…`: asks every endpoint of a gateway once, briefly, and prints
 * a line for each as its answer comes. Exits with 1 where one is wrong. `--json` prints the results as one document,
 * `--only chat` asks those whose names begin so. Without a URL it is the gateway of `npm run dev`. The admin API is
 * asked with the key in `FLAREGATE_ADMIN_KEY`.
 */
import { parseArgs } from "node:util";
import { UsageError } from "./keys/command-line.ts";
import { readTarget } from "./keys/target.ts";
import type { Kept } from "./smoke/check.ts";
import { checks } from "./smoke/checks.ts";
import { runCheck, toRequestText } from "./smoke/run-check.ts";
import type { CheckResult, Target } from "./smoke/run-check.ts";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    timeout: { type: "string", default: "60" },
  },
});
const [url = "http://localhost:8787", key = "sk-local"] = positionals;

/** The base URL that clients are given ends in /v1; checks name whole paths. */
const origin = url.replace(/\/+$/, "").replace(/\/v1$/, "");
const target: Target = { origin, key, admin: readAdmin(), limitMs: Number(options.timeout) * 1000 };

const selected = checks.filter(({ name }) => name.startsWith(options.only));
const widths = { name: longest(selected.map(({ name }) => name)), request: longest(selected.map(toRequestText)) };

/** The admin key as `npm run keys` finds it; it goes over https only, but to this machine. */
function readAdmin(): Target["admin"] {
  try {
    return { key: readTarget(origin, process.env).adminKey };
  } catch (error) {
    if (error instanceof UsageError) return { missing: error.message };
    throw error;
  }
}

function longest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(({ length }) => length));
}

function toLine({ name, request, verdict, status, milliseconds, note }: CheckResult): string {
  const time = `${milliseconds} ms`.padStart(9);
  return [
    verdict.padEnd(9),
    name.padEnd(widths.name),
    request.padEnd(widths.request),
    String(status ?? "-"),
    time,
    note,
  ].join("  ");
}

const results: CheckResult[] = [];
let kept: Kept = {};
for (const check of selected) {
  // One after the other: some build on what those before them made, and nobody is to be limited by a smoke test.
  const run = await runCheck(check, target, kept);
  kept = { ...kept, ...run.kept };
  results.push(run.result);
  if (!options.json) console.log(toLine(run.result));
}
const failed = results.filter(({ verdict }) => verdict === "failed").length;
const missing = results.filter(({ verdict }) => verdict === "not there").length;
if (options.json) console.log(JSON.stringify({ origin, results }, undefined, 2));
else console.log(`\n${origin}: ${results.length - failed - missing} ok, ${failed} failed, ${missing} not there`);
process.exitCode = failed > 0 || results.length === 0 ? 1 : 0;
