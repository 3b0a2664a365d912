import type { Report, Row } from "./report.ts";
import type { StartUpFigures } from "./start-up.ts";

/** What the project wants of the gateway. */
interface Aim {
  readonly what: string;
  readonly aim?: number;
  /** What a figure must not exceed. */
  readonly limit: number;
  readonly read: (report: Report) => number | undefined;
}

const AIMS: readonly Aim[] = [
  ratio("burst", { aim: 2.5, limit: 3.5 }),
  ratio("single", { aim: 2, limit: 2.6 }),
  ratio("paced", { aim: 2.8, limit: 3.3 }),
  ratio("json", { aim: 1.15, limit: 1.25 }),
  ratio("json-request-100k", { aim: 1.2, limit: 1.4 }),
  {
    what: "CPU per event, 2048 events over 256",
    aim: 1.1,
    limit: 1.25,
    read(report) {
      const [short, long] = ["single", "long"].map((id) => findGateway(report, id)?.cpuMicroseconds?.median);
      return short === undefined || long === undefined ? undefined : long / 2048 / (short / 256);
    },
  },
  {
    what: "added time to the first byte, ms",
    aim: 0.25,
    limit: 0.6,
    read: ({ firstByte }) => firstByte.find(({ variant }) => variant === "gateway")?.addedMs,
  },
  startUp("start-up CPU over an empty Worker, ms", "gateway, first answer of /healthz"),
  startUp("the same, until the first completion", "gateway, first completion"),
  { what: "bundle, KB with gzip", limit: 120, read: ({ bundle }) => bundle.gzipBytes / 1024 },
  {
    what: "of it evaluated by the first chat request, KB with gzip",
    limit: 60,
    read: ({ evaluated }) => evaluated.gzipBytes / 1024,
  },
];

export const AIM_HEAD: Row = ["what is aimed at", "aim", "limit", "this run", ""];

export function toAimRows(report: Report): readonly Row[] {
  return AIMS.map(({ what, aim, limit, read }) => {
    const found = read(report);
    if (found === undefined) return [title(report, what), String(aim ?? ""), String(limit), "–", ""];
    const verdict = found <= (aim ?? limit) ? "met" : found <= limit ? "within the limit" : "not met";
    return [title(report, what), String(aim ?? ""), String(limit), found.toFixed(found < 10 ? 2 : 0), verdict];
  });
}

/** CPU as a multiple of the pass-through's; named by the workload's id. */
function ratio(id: string, bounds: { readonly aim: number; readonly limit: number }): Aim {
  return { what: id, ...bounds, read: (report) => findGateway(report, id)?.ratio?.median };
}

function startUp(what: string, measured: StartUpFigures["what"]): Aim {
  return {
    what,
    aim: 10,
    limit: 20,
    read: (report) => report.startUp.find((figures) => figures.what === measured)?.addedMs.median,
  };
}

function title({ workloads }: Report, what: string): string {
  return workloads.find(({ id }) => id === what)?.title ?? what;
}

function findGateway({ workloads }: Report, id: string) {
  return workloads.find((workload) => workload.id === id)?.variants.find(({ variant }) => variant === "gateway");
}
