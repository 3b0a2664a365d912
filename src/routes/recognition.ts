import type * as z from "zod/mini";
import type { GatewayContext } from "../env.ts";
import { GatewayError } from "../errors.ts";
import { toRequestError } from "../openai/request-error.ts";
import { transcriptionLists, transcriptionRequest, translationRequest } from "../openai/transcription-request.ts";
import type { TranscriptionRequest, TranslationRequest } from "../openai/transcription-request.ts";
import { toRecognitionCalls } from "../translate/recognition-calls.ts";
import type { RecognitionTask } from "../translate/recognition-calls.ts";
import { toLines, toSrt, toVtt } from "../translate/subtitles.ts";
import { toTranscription, toTranscriptionStream, toVerboseTranscription } from "../translate/transcription.ts";
import type { Transcript } from "../workers-ai/read-transcript.ts";
import { toAnswerHeaders } from "./answer.ts";
import { readForm } from "./form-body.ts";
import type { FormBody, FormFile } from "./form-body.ts";
import { toCaller } from "./order.ts";
import { runTaskOrder } from "./task.ts";

/** `POST /v1/audio/transcriptions` */
export async function transcriptions(c: GatewayContext): Promise<Response> {
  const form = await readForm(c);
  const request = parseFields(form, transcriptionRequest);
  return answerRecognition(c, { task: "transcribe", request, recording: readFile(form) });
}

/** `POST /v1/audio/translations`: into English. */
export async function translations(c: GatewayContext): Promise<Response> {
  const form = await readForm(c);
  const request = parseFields(form, translationRequest);
  return answerRecognition(c, { task: "translate", request, recording: readFile(form) });
}

async function answerRecognition(c: GatewayContext, order: RecognitionTask): Promise<Response> {
  const { request, task } = order;
  const answer = await runTaskOrder(toCaller(c), {
    models: [request.model],
    toCalls: (entry) => toRecognitionCalls(order, entry),
  });
  const [transcript] = answer.results;
  if (transcript === undefined) throw new GatewayError("internal", "A recording without a transcript.");
  const headers = toAnswerHeaders(c, answer);
  const { body, type } = render(transcript, request, task);
  return c.body(body, 200, { ...headers, "content-type": type });
}

interface Rendered {
  readonly body: string;
  readonly type: string;
}

function render(
  transcript: Transcript,
  request: TranscriptionRequest | TranslationRequest,
  task: RecognitionTask["task"],
): Rendered {
  const format = request.response_format ?? "json";
  if (format === "json" && "stream" in request && request.stream) {
    return { body: toTranscriptionStream(transcript), type: "text/event-stream; charset=utf-8" };
  }
  switch (format) {
    case "json":
      return toJson(task === "translate" ? { text: transcript.text.trim() } : toTranscription(transcript));
    case "verbose_json": {
      const asked = "timestamp_granularities" in request ? request.timestamp_granularities : undefined;
      return toJson(toVerboseTranscription(transcript, task, asked ?? ["segment"]));
    }
    case "text":
      return { body: `${transcript.text.trim()}\n`, type: "text/plain; charset=utf-8" };
    case "srt":
      return { body: toSrt(toLines(transcript)), type: "application/x-subrip; charset=utf-8" };
    case "vtt":
      return { body: toVtt(toLines(transcript)), type: "text/vtt; charset=utf-8" };
    default:
      return format satisfies never;
  }
}

function toJson(value: object): Rendered {
  return { body: JSON.stringify(value), type: "application/json" };
}

/** Clients write the name of a list with brackets behind it, or without. */
function parseFields<Schema extends z.ZodMiniType>({ fields }: FormBody, schema: Schema): z.output<Schema> {
  const members = [...fields].map(([name, values]) => {
    const member = name.replace(/\[\d*\]$/, "");
    return [member, transcriptionLists.has(member) ? values : values.at(-1)] as const;
  });
  const result = schema.safeParse(Object.fromEntries(members), { reportInput: true });
  if (!result.success) throw toRequestError(result.error.issues);
  return result.data;
}

function readFile({ files }: FormBody): FormFile {
  const file = files.get("file");
  if (file !== undefined) return file;
  throw new GatewayError("missing_parameter", "Missing required parameter: 'file'.", { param: "file" });
}
