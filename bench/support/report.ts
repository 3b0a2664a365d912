import type { BundleSize } from "./bundle-size.ts";
import type { FirstByteFigures } from "./first-byte.ts";
import type { VariantFigures, WorkloadFigures } from "./measure.ts";
import type { StartUpFigures } from "./start-up.ts";
import type { Spread } from "./statistics.ts";
import { GROWTH } from "./workloads.ts";

/** Where and when a run was made. Figures of two reports do not compare; ratios within one do. */
export interface Machine {
  readonly date: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly system: string;
  readonly workerd: string;
  readonly node: string;
  /** The load average of the minute before the run: what else the machine had to do. */
  readonly loadBefore: number;
}

/** Everything that a run found, as it is written to `bench/results/`. */
export interface Report {
  readonly mode: "quick" | "full";
  readonly machine: Machine;
  readonly rounds: number;
  readonly workloads: readonly WorkloadFigures[];
  readonly firstByte: readonly FirstByteFigures[];
  readonly startUp: readonly StartUpFigures[];
  readonly bundle: BundleSize;
  /** What the first request for a chat completion evaluates of it. */
  readonly evaluated: BundleSize;
  readonly residentMegabytes: Readonly<Record<string, number>>;
}

export type Row = readonly string[];

const NOT_MEASURED = "–";

export const WORKLOAD_HEAD: Row = [
  "workload",
  "variant",
  "ratio (range)",
  "CPU µs/request",
  "CPU µs/event",
  "requests/s",
  "p50 ms",
  "p99 ms",
];

export function toWorkloadRows({ title, events, variants }: WorkloadFigures): readonly Row[] {
  return variants.map((figures, index) => [
    index === 0 ? title : "",
    figures.variant,
    figures.ratio === undefined ? NOT_MEASURED : formatSpread(figures.ratio, 2),
    figures.cpuMicroseconds?.median.toFixed(0) ?? NOT_MEASURED,
    toPerEvent(figures, events)?.toFixed(1) ?? NOT_MEASURED,
    figures.requestsPerSecond.toFixed(0),
    figures.p50Ms.toFixed(1),
    figures.p99Ms.toFixed(1),
  ]);
}

function toPerEvent({ cpuMicroseconds }: VariantFigures, events: number): number | undefined {
  return cpuMicroseconds === undefined || events === 0 ? undefined : cpuMicroseconds.median / events;
}

/** CPU for each event of a stream of 2048 over the same of one of 256: 1 is a cost that does not grow. */
function toGrowthRows(workloads: readonly WorkloadFigures[]): readonly Row[] {
  const short = workloads.find(({ id }) => id === "single");
  const long = workloads.find(({ id }) => id === "long");
  if (short === undefined || long === undefined) return [];
  return long.variants.flatMap((figures) => {
    const before = short.variants.find(({ variant }) => variant === figures.variant);
    const perShort = before === undefined ? undefined : toPerEvent(before, short.events);
    const perLong = toPerEvent(figures, long.events);
    if (perShort === undefined || perLong === undefined) return [];
    return [["CPU per event, 2048 events over 256", figures.variant, (perLong / perShort).toFixed(2)]];
  });
}

/** What one more of a thing costs the gateway, from step to step. A cost that grows with their number would show here. */
function toStepRows(workloads: readonly WorkloadFigures[]): readonly Row[] {
  return GROWTH.flatMap(({ unit, steps }) => {
    const costs = steps.flatMap(([count, id]): (readonly [number, number])[] => {
      const variants = workloads.find((workload) => workload.id === id)?.variants ?? [];
      const figures = variants.find(({ variant }) => variant === "gateway")?.cpuMicroseconds;
      return figures === undefined ? [] : [[count, figures.median]];
    });
    const shown = costs.slice(1).map(([count, cost], index) => {
      const [before, less] = costs[index] ?? [0, 0];
      return `${before} to ${count}: ${((cost - less) / (count - before)).toFixed(1)}`;
    });
    return shown.length < steps.length - 1 ? [] : [[`CPU µs for one more ${unit}`, "gateway", shown.join(", ")]];
  });
}

export const OTHER_HEAD: Row = ["figure", "of", "value"];

export function toOtherRows(report: Report): readonly Row[] {
  return [
    ...toGrowthRows(report.workloads),
    ...toStepRows(report.workloads),
    ...report.firstByte.map(({ variant, medianMs, addedMs }) => {
      const added = variant === "pass-through" ? "" : ` (added ${addedMs.toFixed(2)})`;
      return ["first byte of a stream, one connection, ms", variant, `${medianMs.toFixed(2)}${added}`];
    }),
    ...report.startUp.map(({ what, addedMs }) => [
      "start-up CPU over an empty Worker, ms",
      what,
      formatSpread(addedMs, 1),
    ]),
    ["bundle, KB (gzip)", "gateway", formatSize(report.bundle)],
    ["of it evaluated by the first chat request, KB (gzip)", "gateway", formatSize(report.evaluated)],
    ...Object.entries(report.residentMegabytes).map(([variant, megabytes]) => {
      return ["memory of the process after all of it, MB", variant, megabytes.toFixed(0)];
    }),
  ];
}

function formatSize({ bytes, gzipBytes }: BundleSize): string {
  return `${toKilobytes(bytes)} (${toKilobytes(gzipBytes)})`;
}

function toKilobytes(bytes: number): string {
  return (bytes / 1024).toFixed(0);
}

function formatSpread({ median, least, most }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`;
}

/** Columns of equal width, for a terminal. */
export function toTable(head: Row, rows: readonly Row[]): string {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  return [head, ...rows]
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "))
    .map((line) => line.trimEnd())
    .join("\n");
}

/** The same for a document. */
export function toMarkdownTable(head: Row, rows: readonly Row[]): string {
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
