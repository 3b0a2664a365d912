import { expect } from "vitest";
import { faultModels } from "../../src/emulator/faults/fault-table.ts";
import type { EmulatorOptions, StreamOutcome } from "../../src/emulator/options.ts";
import type { AiBinding } from "../../src/workers-ai/binding.ts";
import { checkChatStream } from "../conformance/support/check-chat-stream.ts";
import { checkChatCompletion } from "../conformance/support/check-completions.ts";
import { chatChunk, chatCompletion, errorEnvelope } from "../conformance/support/wire-schemas.ts";
import { readError } from "../support/error-answer.ts";
import type { AnsweredError } from "../support/error-answer.ts";
import { createTestGateway } from "../support/gateway.ts";

export interface FaultGatewayOptions {
  readonly binding?: AiBinding;
  readonly emulator?: EmulatorOptions;
  readonly vars?: Readonly<Record<string, string>>;
}

type RequestBody = Readonly<Record<string, unknown>>;

export interface FaultGateway {
  /** How the emulator's streams ended, in the order of their ends. */
  readonly outcomes: readonly StreamOutcome[];
  /** Streams of the emulator's that are open now. */
  readonly open: number;
  /** Asks a model for a text; `name` is a fault's, or a whole model id. */
  ask(name: string, body?: RequestBody, init?: RequestInit): Promise<Response>;
}

/** What the faulty models are asked to say. */
export const SAID = "Grüße 12 👋 日本";

/** The whole app before the emulator with its faults: one attempt, short waits. */
export function createFaultGateway({ binding, emulator, vars }: FaultGatewayOptions = {}): FaultGateway {
  const outcomes: StreamOutcome[] = [];
  let started = 0;
  const gateway = createTestGateway({
    ...(binding !== undefined && { binding }),
    extraEntries: faultModels,
    vars: { MAX_ATTEMPTS: "1", ...vars },
    emulator: {
      faultDelayMs: 20,
      onStreamStart: () => (started += 1),
      onStreamEnd: (outcome) => outcomes.push(outcome),
      ...emulator,
    },
  });
  return {
    outcomes,
    get open() {
      return started - outcomes.length;
    },
    ask(name, body = {}, init = {}) {
      const model = name.startsWith("@") ? name : `@emulator/${name}`;
      const messages = [{ role: "user", content: `Say exactly: ${SAID}` }];
      // What the upstream pads its events with differs from run to run.
      const options = { stream: true, stream_options: { include_obfuscation: false } };
      const { stream = true } = body;
      const request = JSON.stringify({ model, messages, ...(stream ? options : {}), ...body });
      return gateway.request("/v1/chat/completions", { method: "POST", body: request, ...init });
    },
  };
}

/** The one end that an answer has, and what came before it. */
export type Answer =
  | { readonly end: "complete"; readonly text: string; readonly finish: string | undefined }
  | { readonly end: "broken"; readonly text: string; readonly error: AnsweredError }
  | { readonly end: "refused"; readonly error: AnsweredError };

/**
 * Reads an answer and holds it to the contract: OpenAI's chunks up to one finish and `[DONE]`, or up to one error record
 * with neither; a whole completion; or an error in the envelope. Fails the test on anything else.
 */
export async function readAnswer(response: Response): Promise<Answer> {
  if (!response.ok) return { end: "refused", error: await readError(response) };
  if (response.headers.get("content-type")?.startsWith("text/event-stream") !== true) {
    const body: unknown = await response.json();
    expect(checkChatCompletion(body)).toEqual([]);
    const [choice] = chatCompletion.parse(body).choices;
    return { end: "complete", text: choice?.message.content ?? "", finish: choice?.finish_reason };
  }
  return readStream(await response.text());
}

export function readStream(body: string): Answer {
  const records = body
    .split("\n\n")
    .slice(0, -1)
    .filter((record) => record !== ": keep-alive");
  expect(body.endsWith("\n\n")).toBe(true);
  const last = records.at(-1) ?? "";
  if (!last.startsWith('data: {"error"')) {
    const { problems, choices } = checkChatStream(records.map((record) => `${record}\n\n`).join(""));
    expect(problems).toEqual([]);
    return { end: "complete", text: choices[0]?.text ?? "", finish: choices[0]?.finishReason };
  }
  const chunks = records.slice(0, -1).map((record) => chatChunk.parse(JSON.parse(record.slice("data: ".length))));
  const choices = chunks.flatMap((chunk) => chunk.choices);
  expect(choices.filter(({ finish_reason: finish }) => finish !== null)).toEqual([]);
  const { error } = errorEnvelope.parse(JSON.parse(last.slice("data: ".length)));
  return {
    end: "broken",
    text: choices.map(({ delta }) => delta.content ?? "").join(""),
    error: { status: 200, ...error },
  };
}
