import { isRecord, parseJson } from "../json.ts";
import { encodeSseEvent } from "../stream/sse-encoder.ts";

export type ForcedEnd =
  | { readonly status: "cancelled" }
  | { readonly status: "failed"; readonly error: { readonly code: string; readonly message: string } };

/** A response that was not made to its end, as it is shown from then on: what there is of its output is not an answer. */
export function toEndedResponse(response: string, end: ForcedEnd): string {
  const value = parseJson(response);
  const error = end.status === "failed" ? end.error : null;
  return JSON.stringify({ ...(isRecord(value) ? value : {}), status: end.status, error });
}

/**
 * The records that end a stream whose response was not made to its end. There is no event for a cancelled one: it is a
 * failed event whose response says what it is.
 */
export function toEndRecords(response: string, end: ForcedEnd, sequenceNumber: number): string {
  let next = sequenceNumber;
  let records = "";
  if (end.status === "failed") {
    const { code, message } = end.error;
    records += encodeSseEvent(
      "error",
      JSON.stringify({ type: "error", code, message, param: null, sequence_number: next }),
    );
    next += 1;
  }
  const failed = `{"type":"response.failed","sequence_number":${next},"response":${response}}`;
  return records + encodeSseEvent("response.failed", failed);
}
