import { GatewayError } from "../errors.ts";
import type { JsonRecord } from "../json.ts";
import type { Consumption } from "../models/consumption.ts";
import type { HearingAbility, ModelEntry } from "../models/model.ts";
import { refuseOtherTasks } from "../models/task.ts";
import type { TranscriptionRequest, TranslationRequest } from "../openai/transcription-request.ts";
import { toBase64 } from "../stream/base64.ts";
import { readTranscript } from "../workers-ai/read-transcript.ts";
import type { Transcript } from "../workers-ai/read-transcript.ts";
import { inOwnNames } from "./own-names.ts";
import type { ParameterTreatment } from "./parameter-report.ts";
import type { TaskCall } from "./task-call.ts";
import { applyUnserved } from "./unserved.ts";
import { unservedByTranscriptions } from "./unserved-audio.ts";

/** A recording, in the pieces in which it came. */
export interface Recording {
  readonly chunks: readonly Uint8Array[];
  readonly length: number;
}

export interface RecognitionTask {
  readonly task: "transcribe" | "translate";
  readonly request: TranscriptionRequest | TranslationRequest;
  readonly recording: Recording;
}

/** As a list of numbers a byte takes four times its room, and four more as JSON. */
export const MAX_LISTED_BYTES = 4 * 1024 * 1024;

/** Of a model that the catalogue does not describe: the inputs of the newest Whisper. */
const unknownAbility: HearingAbility = { audio: "base64", takesDirections: true };

/** A recording to be written down, or translated into English. Throws a `GatewayError` that names what the model cannot do. */
export function toRecognitionCalls(order: RecognitionTask, entry: ModelEntry): readonly TaskCall<Transcript>[] {
  const { task, request, recording } = order;
  refuseOtherTasks(entry, ["automatic-speech-recognition"]);
  const ability = entry.abilities.hearing ?? unknownAbility;
  const parameters = new Map<string, ParameterTreatment>();
  if ("stream" in request) applyUnserved(unservedByTranscriptions, request, entry, parameters);
  if ("stream" in request && request.stream) {
    parameters.set("stream", (request.response_format ?? "json") === "json" ? "emulated" : "ignored");
  }
  if ((request.temperature ?? 0) > 0) parameters.set("temperature", "ignored");
  if (task === "translate" && !ability.takesDirections) {
    const message = `The model '${entry.id}' writes down speech and does not translate it.`;
    throw new GatewayError("invalid_value", message, { param: "model" });
  }
  const inputs = { ...toAudio(recording, ability), ...toDirections(order, ability, parameters) };
  return [{ inputs, read: readTranscript, measure: measureTranscript, explain, parameters }];
}

function toAudio({ chunks, length }: Recording, { audio }: HearingAbility): JsonRecord {
  if (length === 0) {
    throw new GatewayError("invalid_value", "Invalid value for 'file': it is empty.", { param: "file" });
  }
  if (audio === "base64") return { audio: encodeChunks(chunks) };
  if (length > MAX_LISTED_BYTES) {
    const message = `The file is larger than ${MAX_LISTED_BYTES} bytes, which is the most for this model.`;
    throw new GatewayError("body_too_large", message, { param: "file" });
  }
  return { audio: chunks.flatMap((chunk) => [...chunk]) };
}

/** Base64 is groups of three bytes: what a piece leaves over begins the next one. */
function encodeChunks(chunks: readonly Uint8Array[]): string {
  const pieces: string[] = [];
  let rest = new Uint8Array(0);
  for (const chunk of chunks) {
    const bytes = new Uint8Array(rest.length + chunk.length);
    bytes.set(rest);
    bytes.set(chunk, rest.length);
    const whole = bytes.length - (bytes.length % 3);
    pieces.push(toBase64(bytes.subarray(0, whole)));
    rest = bytes.slice(whole);
  }
  return pieces.join("") + toBase64(rest);
}

function toDirections(
  { task, request }: RecognitionTask,
  { takesDirections }: HearingAbility,
  report: Map<string, ParameterTreatment>,
): JsonRecord {
  const { prompt } = request;
  const language = "language" in request ? request.language : undefined;
  if (takesDirections) {
    return {
      task,
      ...(language !== undefined && { language }),
      ...(prompt !== undefined && prompt !== "" && { initial_prompt: prompt }),
    };
  }
  if (language !== undefined) report.set("language", "ignored");
  if (prompt !== undefined && prompt !== "") report.set("prompt", "ignored");
  return {};
}

/** The length that the upstream told; else that of what was said in it, which is the least that it can be. */
export function measureTranscript({ duration, words }: Transcript): Consumption {
  const audioSecond = duration ?? words.at(-1)?.end;
  if (audioSecond === undefined) return {};
  return { units: { audioSecond }, isEstimated: duration === undefined };
}

/** The upstream's `audio` is the caller's file; where it only says that something cannot be read, it is that. */
function explain(error: GatewayError): GatewayError {
  const { kind, message, param, upstreamCode } = error;
  const isUnreadable = param === undefined && (upstreamCode === 5004 || upstreamCode === 3010);
  if (isUnreadable) return new GatewayError(kind, message, { param: "file", upstreamCode, cause: error });
  return inOwnNames(error, { audio: "file", initial_prompt: "prompt" });
}
