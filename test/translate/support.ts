import { GatewayError } from "../../src/errors.ts";
import type { JsonRecord } from "../../src/json.ts";
import { nativeTextModel, unknownTextModel } from "../../src/models/catalogue/entry.ts";
import { catalogue } from "../../src/models/catalogue.ts";
import type { ModelEntry } from "../../src/models/model.ts";
import { chatRequest } from "../../src/openai/chat-request.ts";
import { completionRequest } from "../../src/openai/completion-request.ts";
import { toChatCalls } from "../../src/translate/chat-inputs.ts";
import { createConstraints } from "../../src/translate/constraints.ts";
import { createJsonCheck } from "../../src/translate/json-check.ts";
import type { ModelCall } from "../../src/translate/inputs.ts";
import { toParameterHeader } from "../../src/translate/parameter-report.ts";
import { toPromptCalls } from "../../src/translate/prompt-inputs.ts";

export function entryOf(id: string): ModelEntry {
  const entry = catalogue.find((candidate) => candidate.id === id);
  if (entry === undefined) throw new Error(`the catalogue has no ${id}`);
  return entry;
}

export const llama33 = entryOf("@cf/meta/llama-3.3-70b-instruct-fp8-fast");
/** As it was before Workers AI retired it: no request reaches the translation for the retired entry. */
export const llama31: ModelEntry = { ...entryOf("@cf/meta/llama-3.1-70b-instruct"), retired: undefined };
export const gemma = entryOf("@cf/google/gemma-4-26b-a4b-it");
export const gptOss = entryOf("@cf/openai/gpt-oss-120b");
export const scout = entryOf("@cf/meta/llama-4-scout-17b-16e-instruct");
export const embeddings = entryOf("@cf/baai/bge-m3");
/** A native model that can nothing but talk. */
export const plain = nativeTextModel({
  id: "@cf/test/plain",
  contextWindow: 32_000,
});
export const unknown = unknownTextModel("@cf/acme/new-model");

/** A chat request, read as the endpoint reads it, as the calls of one model. Without messages the user says hello. */
export function chatCalls(body: JsonRecord, entry: ModelEntry): readonly ModelCall[] {
  const messages = [{ role: "user", content: "Hello" }];
  return toChatCalls(
    chatRequest.parse({ model: entry.id, messages, ...body }),
    entry,
    createConstraints(createJsonCheck),
  );
}

export function chatCall(body: JsonRecord, entry: ModelEntry = llama33): ModelCall {
  return only(chatCalls(body, entry));
}

export function promptCalls(body: JsonRecord, entry: ModelEntry = llama33): readonly ModelCall[] {
  return toPromptCalls(completionRequest.parse({ model: entry.id, prompt: "Once", ...body }), entry);
}

export function promptCall(body: JsonRecord, entry: ModelEntry = llama33): ModelCall {
  return only(promptCalls(body, entry));
}

/** What the caller is told in `x-flaregate-parameters`. */
export function reportOf(call: ModelCall): string {
  return toParameterHeader(call.parameters);
}

/** The error with which the translation refuses. */
export function refusalOf(translate: () => unknown): GatewayError {
  try {
    translate();
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

function only(calls: readonly ModelCall[]): ModelCall {
  const [first] = calls;
  if (first === undefined) throw new Error("there is no call");
  return first;
}
