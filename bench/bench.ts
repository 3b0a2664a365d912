/**
 * `npm run bench`: what the gateway costs beside a bare Worker that passes the upstream's bytes through, and beside a
 * straightforward implementation. Everything runs on loopback. Exits with 1 only where the run itself is broken: a
 * wrong answer, or a process that ended. `--full` takes longer and measures more; `--only <id>,<id>` measures less;
 * `--summary <file>` adds the tables to a file, as Markdown; `--write-docs` puts the last full run into
 * docs/performance.md and measures nothing.
 */
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { startTestBed } from "./support/bed.ts";
import type { TestBed } from "./support/bed.ts";
import { measureBundle, measureEvaluated } from "./support/bundle-size.ts";
import { toMarkdown, writeDocument } from "./support/document.ts";
import { measureFirstByte } from "./support/first-byte.ts";
import { readMachine } from "./support/machine.ts";
import { measureWorkload, warmUp } from "./support/measure.ts";
import type { Pace, WorkloadFigures } from "./support/measure.ts";
import { readCpuNanoseconds, readResidentBytes } from "./support/process-figures.ts";
import { OTHER_HEAD, toOtherRows, toTable, toWorkloadRows, WORKLOAD_HEAD } from "./support/report.ts";
import type { Report } from "./support/report.ts";
import { measureStartUp } from "./support/start-up.ts";
import { WORKLOADS } from "./support/workloads.ts";

const RESULTS = "bench/results";
const FULL_REPORT = `${RESULTS}/full.json`;

const QUICK: Pace = { rounds: 3, slotMs: 350, warmUpMs: 500 };
const FULL: Pace = { rounds: 5, slotMs: 600, warmUpMs: 800 };

const { values: options } = parseArgs({
  options: {
    full: { type: "boolean", default: false },
    only: { type: "string" },
    summary: { type: "string" },
    "write-docs": { type: "boolean", default: false },
  },
});

async function run(bed: TestBed, mode: Report["mode"]): Promise<Report> {
  const isFull = mode === "full";
  const pace = isFull ? FULL : QUICK;
  const machine = readMachine();
  const chosen = options.only?.split(",");
  console.log("warming up …");
  await warmUp(bed);
  const workloads: WorkloadFigures[] = [];
  for (const workload of WORKLOADS) {
    if (chosen === undefined ? workload.isFullOnly && !isFull : !chosen.includes(workload.id)) continue;
    const figures = await measureWorkload(bed, workload, pace);
    workloads.push(figures);
    console.log(toTable(WORKLOAD_HEAD, toWorkloadRows(figures)).split("\n").slice(1).join("\n"));
  }
  console.log("first byte …");
  const firstByte = await measureFirstByte(bed, isFull ? 1000 : 200);
  console.log("start-up …");
  const startUp = await measureStartUp(bed, isFull ? 15 : 5);
  const resident = Object.entries(bed.workers).flatMap(([variant, { processId }]) => {
    const bytes = readResidentBytes(processId);
    return bytes === undefined ? [] : [[variant, bytes / 1024 ** 2] as const];
  });
  return {
    mode,
    machine,
    rounds: pace.rounds,
    workloads,
    firstByte,
    startUp,
    bundle: await measureBundle(bed.built.gateway),
    evaluated: await measureEvaluated(bed.built.gateway),
    residentMegabytes: Object.fromEntries(resident),
  };
}

async function main(): Promise<void> {
  if (options["write-docs"]) {
    const report: Report = JSON.parse(readFileSync(FULL_REPORT, "utf8"));
    writeDocument(report);
    return;
  }
  if (readCpuNanoseconds(process.pid) === undefined) {
    console.log("This system does not tell the CPU time of threads: throughput and latency only, no ratios.");
  }
  console.log("building and starting …");
  const bed = await startTestBed();
  try {
    const report = await run(bed, options.full ? "full" : "quick");
    console.log(`\n${toTable(WORKLOAD_HEAD, report.workloads.flatMap(toWorkloadRows))}`);
    console.log(`\n${toTable(OTHER_HEAD, toOtherRows(report))}`);
    mkdirSync(RESULTS, { recursive: true });
    writeFileSync(options.full ? FULL_REPORT : `${RESULTS}/quick.json`, `${JSON.stringify(report, null, 2)}\n`);
    if (options.summary !== undefined) appendFileSync(options.summary, `${toMarkdown(report)}\n`);
  } finally {
    await bed.stop();
  }
}

await main();
// The upstream's channel would keep the process alive; its children end with it.
process.exit();
