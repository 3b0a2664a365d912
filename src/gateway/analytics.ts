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

type Columns<Value> = Readonly<Record<string, (outcome: Outcome) => Value>>;

/**
 * The columns of a data point in their order: `blob1`, `blob2` … and `double1`, `double2` … New ones go to the end,
 * since what is written stays as it is. What they mean stands in `analytics-document.ts`.
 */
export const blobColumns = {
  model: ({ model }) => model ?? "",
  key: ({ key }) => key ?? "",
  route: ({ route }) => route,
  ending: ({ ending }) => ending,
  error: ({ error }) => error ?? "",
  form: ({ isStreamed }) => (isStreamed ? "stream" : "whole"),
  requestId: ({ requestId }) => requestId,
} satisfies Columns<string>;

export const doubleColumns = {
  status: toStatus,
  attempts: ({ attempts }) => attempts,
  firstEventMs: ({ firstEventMs }) => firstEventMs ?? -1,
  totalMs: ({ totalMs }) => totalMs,
  promptTokens: ({ usage }) => usage?.promptTokens ?? 0,
  cachedTokens: ({ usage }) => usage?.cachedTokens ?? 0,
  completionTokens: ({ usage }) => usage?.completionTokens ?? 0,
  reasoningTokens: ({ usage }) => usage?.reasoningTokens ?? 0,
  dollars: ({ cost }) => cost?.dollars ?? 0,
  neurons: ({ cost }) => cost?.neurons ?? 0,
  isPriced: ({ cost }) => (cost === undefined ? 0 : 1),
  isEstimated: ({ isEstimated }) => (isEstimated ? 1 : 0),
  images: ({ units }) => units.image ?? 0,
  audioSeconds: ({ units }) => units.audioSecond ?? 0,
  characters: ({ units }) => units.character ?? 0,
} satisfies Columns<number>;

/** An outcome as the one data point of its request. */
export function toDataPoint(outcome: Outcome): DataPoint {
  return {
    indexes: [outcome.key ?? ""],
    blobs: Object.values(blobColumns).map((read) => read(outcome)),
    doubles: Object.values(doubleColumns).map((read) => read(outcome)),
  };
}

/** Of an answer that has begun the status is sent, whatever becomes of it. */
function toStatus({ error, ending, firstEventMs }: Outcome): number {
  if (firstEventMs !== undefined || ending === "complete") return 200;
  return toErrorStatus(error ?? "client_closed");
}
