import type { JsonRecord } from "../json.ts";
import type { ModelEntry } from "../models/model.ts";
import { readRawResult } from "../workers-ai/read-raw-result.ts";
import type { RawResult } from "../workers-ai/read-raw-result.ts";
import { expectRun, measureRun } from "./raw-consumption.ts";
import type { TaskCall } from "./task-call.ts";

/** A run in Workers AI's own words: nothing is translated, on the way there or back. */
export function toRawCall(inputs: JsonRecord, entry: ModelEntry): TaskCall<RawResult> {
  const expected = expectRun(inputs, entry);
  return {
    inputs,
    ...(expected !== undefined && { expect: () => expected }),
    read: readRawResult,
    measure: (result) => measureRun(result, inputs, entry),
    parameters: new Map(),
  };
}
