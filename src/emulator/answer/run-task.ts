import { arrayOf, isJsonObject, numberOf, objectOf, stringOf, type JsonObject } from "../json-value.ts";
import type { SamplingParameters } from "../language/sampler.ts";
import { countTokens } from "../language/tokenizer.ts";
import type { EmulatedModel } from "../model-table.ts";
import { conversationText, parseConversation, type Conversation } from "./conversation.ts";
import { setReminderApart, wordedFormat, type AnswerFormat } from "./worded-request.ts";

/** One run of a text model, read from its inputs. */
export interface RunTask {
  readonly model: EmulatedModel;
  readonly conversation: Conversation;
  readonly tools: readonly ToolOffer[];
  readonly toolChoice: ToolChoice;
  readonly parallelToolCalls: boolean;
  readonly format: AnswerFormat;
  /** The format that the conversation asks for in words, where no parameter does. */
  readonly wordedFormat: AnswerFormat | undefined;
  readonly maxTokens: number;
  readonly sampling: SamplingParameters;
  readonly seed: number | undefined;
  readonly stop: readonly string[];
  /** How many likely tokens are reported beside each of the answer's; `undefined` where nothing was asked for. */
  readonly topLogprobs: number | undefined;
  /** How much the model thinks before it answers; `undefined` when it does not. */
  readonly effort: string | undefined;
  readonly stream: boolean;
  readonly promptTokens: number;
  /** Unix milliseconds: what `today` means. */
  readonly now: number;
}

export interface ToolOffer {
  readonly name: string;
  readonly description: string;
  readonly parameters: JsonObject;
}

export type ToolChoice =
  | { readonly type: "auto" | "none" | "required" }
  | { readonly type: "named"; readonly name: string };

// What the published schemas give as defaults.
const NATIVE_MAX_TOKENS = 256;
const DEFAULT_TEMPERATURE = 0.6;
// A chat template costs about so many tokens: once, and for every message.
const TEMPLATE_TOKENS = 12;
const MESSAGE_TOKENS = 4;
const IMAGE_TOKENS = 256;

/** Reads inputs that the validation has passed. */
export function parseRunTask(model: EmulatedModel, inputs: JsonObject, now: number): RunTask {
  const spoken = parseConversation(inputs);
  const conversation = setReminderApart(spoken);
  const openai = model.dialect === "openai";
  const promptTokens = countPromptTokens(spoken, inputs);
  const format = parseFormat(inputs);
  return {
    model,
    conversation,
    tools: arrayOf(inputs.tools).flatMap(parseTool),
    toolChoice: openai ? parseToolChoice(inputs.tool_choice) : nativeToolChoice(model, inputs),
    parallelToolCalls: !openai || inputs.parallel_tool_calls !== false,
    format,
    wordedFormat: format.type === "text" ? wordedFormat(conversation) : undefined,
    maxTokens: parseMaxTokens(inputs, model, promptTokens),
    sampling: {
      temperature: numberOf(inputs.temperature) ?? DEFAULT_TEMPERATURE,
      topP: numberOf(inputs.top_p),
      topK: numberOf(inputs.top_k),
      repetitionPenalty: numberOf(inputs.repetition_penalty),
      frequencyPenalty: numberOf(inputs.frequency_penalty),
      presencePenalty: numberOf(inputs.presence_penalty),
    },
    seed: numberOf(inputs.seed),
    // The native schema declares no stop either.
    stop: openai ? stringsOf(inputs.stop) : [],
    topLogprobs: openai && inputs.logprobs === true ? (numberOf(inputs.top_logprobs) ?? 0) : undefined,
    effort: parseEffort(inputs, model),
    stream: inputs.stream === true,
    promptTokens,
    now,
  };
}

function stringsOf(value: unknown): readonly string[] {
  return [value]
    .flat()
    .filter((entry) => typeof entry === "string")
    .filter((entry) => entry !== "");
}

function countPromptTokens(conversation: Conversation, inputs: JsonObject): number {
  const tools = inputs.tools === undefined ? 0 : countTokens(JSON.stringify(inputs.tools));
  if (conversation.prompt !== undefined && inputs.raw === true) return countTokens(conversation.prompt);
  const images = conversation.turns.reduce((sum, { images: count }) => sum + count, 0);
  const template = TEMPLATE_TOKENS + conversation.turns.length * MESSAGE_TOKENS;
  return template + countTokens(conversationText(conversation)) + images * IMAGE_TOKENS + tools;
}

function parseMaxTokens(inputs: JsonObject, model: EmulatedModel, promptTokens: number): number {
  if (model.dialect !== "openai") return numberOf(inputs.max_tokens) ?? NATIVE_MAX_TOKENS;
  const asked =
    numberOf(inputs.max_completion_tokens) ?? numberOf(inputs.max_tokens) ?? numberOf(inputs.max_output_tokens);
  const window = model.entry.contextWindow ?? Number.POSITIVE_INFINITY;
  return Math.min(asked ?? window - promptTokens, model.entry.maxOutputTokens ?? window);
}

function parseTool(tool: unknown): readonly ToolOffer[] {
  const fields = objectOf(tool);
  const target = isJsonObject(fields.function) ? fields.function : fields;
  const name = stringOf(target.name);
  if (name === undefined) return [];
  return [{ name, description: stringOf(target.description) ?? "", parameters: objectOf(target.parameters) }];
}

function parseToolChoice(choice: unknown): ToolChoice {
  if (choice === "none" || choice === "required") return { type: choice };
  const fields = objectOf(choice);
  const name = stringOf(objectOf(fields.function).name) ?? stringOf(fields.name);
  return name === undefined ? { type: "auto" } : { type: "named", name };
}

/**
 * The native schema declares no `tool_choice`: there it is read over. Quirk: mistral-small-3.1 calls tools only where it
 * says `auto`.
 */
function nativeToolChoice(model: EmulatedModel, inputs: JsonObject): ToolChoice {
  const mustSayAuto = model.quirks && model.entry.id.includes("/mistral-small-3.1");
  return { type: mustSayAuto && inputs.tool_choice !== "auto" ? "none" : "auto" };
}

function parseFormat(inputs: JsonObject): AnswerFormat {
  const format = objectOf(inputs.response_format);
  if (format.type === "json_object") return { type: "json_object" };
  if (format.type !== "json_schema") return { type: "text" };
  const given = objectOf(format.json_schema);
  return { type: "json_schema", schema: isJsonObject(given.schema) ? given.schema : given };
}

function parseEffort(inputs: JsonObject, model: EmulatedModel): string | undefined {
  if (model.thinking === "none") return undefined;
  const asked = stringOf(inputs.reasoning_effort) ?? stringOf(objectOf(inputs.reasoning).effort);
  const switched = objectOf(inputs.chat_template_kwargs).enable_thinking;
  if (model.thinking !== "always" && (asked === "none" || switched === false)) return undefined;
  if (model.thinking === "on-request" && asked === undefined && switched !== true) return undefined;
  return asked ?? "medium";
}
