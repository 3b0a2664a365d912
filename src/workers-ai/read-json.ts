import { GatewayError } from "../errors.ts";
import { isRecord, parseJson } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import { collectBytes } from "../stream/byte-source.ts";
import type { RawAnswer } from "./raw-answer.ts";
import { toErrorFromFrame } from "./upstream-error.ts";
import { isErrorReport } from "./upstream-report.ts";

/** The longest answer that is held. A hundred vectors are 3 MB, an image in base64 is less than 10. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** The JSON object of an answer, whatever its content type says. Throws where it is none, or reports a failure. */
export async function readJsonAnswer({ body }: RawAnswer): Promise<JsonRecord> {
  const value = parseJson(new TextDecoder().decode(await readWholeAnswer(body)));
  if (!isRecord(value)) throw unusableAnswerError();
  if (isErrorReport(value)) throw toErrorFromFrame(value);
  return value;
}

/** All the bytes of an answer. */
export async function readWholeAnswer(body: RawAnswer["body"]): Promise<Uint8Array> {
  const bytes = await collectBytes(body, MAX_ANSWER_BYTES);
  if (bytes === undefined) throw new GatewayError("upstream_failed", "Workers AI sent an answer that is too long.");
  return bytes;
}

/** For an answer that lacks what was asked for. */
export function unusableAnswerError(): GatewayError {
  return new GatewayError("upstream_failed", "Workers AI sent an answer that cannot be used.", { retryable: true });
}
