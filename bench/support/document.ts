import { readFileSync, writeFileSync } from "node:fs";
import { AIM_HEAD, toAimRows } from "./aims.ts";
import { OTHER_HEAD, toMarkdownTable, toOtherRows, toWorkloadRows, WORKLOAD_HEAD } from "./report.ts";
import type { Report } from "./report.ts";

const DOCUMENT = "docs/performance.md";
const BEGIN = "<!-- figures:begin -->";
const END = "<!-- figures:end -->";

/** Puts the figures of a run into the document, in place of those that stand there. */
export function writeDocument(report: Report): void {
  const document = readFileSync(DOCUMENT, "utf8");
  const [before, rest] = document.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`The document has no ${BEGIN} … ${END}`);
  writeFileSync(DOCUMENT, `${before}${BEGIN}\n\n${toMarkdown(report)}\n\n${END}${after}`);
}

/** The figures of a run with the machine they were taken on. */
export function toMarkdown(report: Report): string {
  const { date, processor, cores, memoryGigabytes, system, workerd, node, loadBefore } = report.machine;
  return [
    `Taken on ${date}: ${processor}, ${cores} cores, ${memoryGigabytes} GB, ${system}, ${workerd}, Node ${node} as the driver; ` +
      `${report.rounds} rounds; load average before the run ${loadBefore.toFixed(1)}.`,
    toMarkdownTable(AIM_HEAD, toAimRows(report)),
    toMarkdownTable(WORKLOAD_HEAD, report.workloads.flatMap(toWorkloadRows)),
    toMarkdownTable(OTHER_HEAD, toOtherRows(report)),
  ].join("\n\n");
}
