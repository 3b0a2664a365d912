import { toErrorStatus } from "../openai/error-envelope.ts";
import type { Outcome } from "./outcome.ts";

/** The part of the runtime's Analytics Engine binding that the gateway uses. */
export interface AnalyticsDataset {
  writeDataPoint(point: DataPoint): void;
}

export interface DataPoint {
  readonly indexes: string[];
  readonly blobs: string[];
  readonly doubles: number[];
}

interface Column<Value> {
  readonly meaning: string;
  readonly read: (outcome: Outcome) => Value;
}

/**
 * The columns of a data point in their order: `blob1`, `blob2` … and `double1`, `double2` … New ones go to the end,
 * since what is written stays as it is. `docs/accounting.md` shows them.
 */
const blobs: readonly Column<string>[] = [
  { meaning: "model that answered, or was tried last; empty where none was called", read: ({ model }) => model ?? "" },
  { meaning: "key: its name, or the id of a managed key; empty without a key", read: ({ key }) => key ?? "" },
  { meaning: "route, as `/v1/chat/completions`", read: ({ route }) => route },
  {
    meaning: "ending: `complete`, `failed` (nothing was answered), `broken` (in the middle), `left` (the client went)",
    read: ({ ending }) => ending,
  },
  { meaning: "kind of the error, as in the log; empty without one", read: ({ error }) => error ?? "" },
  { meaning: "`stream` or `whole`", read: ({ isStreamed }) => (isStreamed ? "stream" : "whole") },
  { meaning: "request id", read: ({ requestId }) => requestId },
];

const doubles: readonly Column<number>[] = [
  { meaning: "status, as OpenAI's API has it; that of a stream is 200 once it has begun", read: toStatus },
  { meaning: "attempts: rounds of upstream calls", read: ({ attempts }) => attempts },
  {
    meaning: "milliseconds to the first event; -1 where there was none",
    read: ({ firstEventMs }) => firstEventMs ?? -1,
  },
  { meaning: "milliseconds to the end", read: ({ totalMs }) => totalMs },
  { meaning: "prompt tokens, cached ones included", read: ({ usage }) => usage?.promptTokens ?? 0 },
  { meaning: "cached prompt tokens", read: ({ usage }) => usage?.cachedTokens ?? 0 },
  { meaning: "completion tokens, reasoning included", read: ({ usage }) => usage?.completionTokens ?? 0 },
  { meaning: "reasoning tokens", read: ({ usage }) => usage?.reasoningTokens ?? 0 },
  { meaning: "cost in US dollars; 0 where it is not known", read: ({ cost }) => cost?.dollars ?? 0 },
  { meaning: "neurons; 0 where they are not known", read: ({ cost }) => cost?.neurons ?? 0 },
  { meaning: "1 where the cost is known, else 0", read: ({ cost }) => (cost === undefined ? 0 : 1) },
  { meaning: "1 where tokens are partly an estimate, else 0", read: ({ isEstimated }) => (isEstimated ? 1 : 0) },
  { meaning: "images", read: ({ units }) => units.image ?? 0 },
  { meaning: "seconds of audio", read: ({ units }) => units.audioSecond ?? 0 },
  { meaning: "characters that were spoken", read: ({ units }) => units.character ?? 0 },
];

/** An outcome as the one data point of its request. */
export function toDataPoint(outcome: Outcome): DataPoint {
  return {
    indexes: [outcome.key ?? ""],
    blobs: blobs.map(({ read }) => read(outcome)),
    doubles: doubles.map(({ read }) => read(outcome)),
  };
}

/** The columns as a table in Markdown. */
export function toColumnMarkdown(): string {
  const rows = [
    ["`index1`", "key, as in `blob2`: data points are sampled by it"],
    ...blobs.map(({ meaning }, position) => [`\`blob${position + 1}\``, meaning]),
    ...doubles.map(({ meaning }, position) => [`\`double${position + 1}\``, meaning]),
    ["`timestamp`", "when it was written: the end of the request"],
    ["`_sample_interval`", "requests that the row stands for; 1 unless the data was sampled"],
  ];
  return ["| column | meaning |", "| --- | --- |", ...rows.map((cells) => `| ${cells.join(" | ")} |`)].join("\n");
}

/** Of an answer that has begun the status is sent, whatever becomes of it. */
function toStatus({ error, ending, firstEventMs }: Outcome): number {
  if (firstEventMs !== undefined || ending === "complete") return 200;
  return toErrorStatus(error ?? "client_closed");
}
