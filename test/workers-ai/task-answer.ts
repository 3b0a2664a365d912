import type { RawAnswer } from "../../src/workers-ai/raw-answer.ts";

/** Answers of Workers AI that are no completions. */

/** One whose body comes in these chunks. */
export function chunkedAnswer(chunks: readonly Uint8Array[], type?: string): RawAnswer {
  const rest = [...chunks];
  const headers = new Headers(type === undefined ? {} : { "content-type": type });
  return { headers, body: { next: async () => rest.shift(), cancel: () => undefined } };
}

/** One of these bytes, sliced at these places. */
export function slicedAnswer(bytes: Uint8Array, cuts: readonly number[], type?: string): RawAnswer {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
  return chunkedAnswer(
    places.slice(1).map((end, index) => bytes.subarray(places[index], end)),
    type,
  );
}

export function textAnswer(text: string, type?: string): RawAnswer {
  return chunkedAnswer(text === "" ? [] : [new TextEncoder().encode(text)], type);
}

export function jsonAnswer(value: unknown, cuts: readonly number[] = []): RawAnswer {
  return slicedAnswer(new TextEncoder().encode(JSON.stringify(value)), cuts);
}

/** What Workers AI says where it has no room, in place of an answer. */
export const failureReport = { internalCode: 3040, name: "AiError", description: "Capacity temporarily exceeded" };

/** And what becomes of it. */
export const reportedFailure = { kind: "out_of_capacity", upstreamCode: 3040, retryable: true };

/** The failure of an answer that lacks what was asked for. */
export const unusable = {
  name: "GatewayError",
  kind: "upstream_failed",
  message: "Workers AI sent an answer that cannot be used.",
  retryable: true,
};
