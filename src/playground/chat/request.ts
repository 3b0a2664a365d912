import type { Model, ModelPath } from "../api/model-list.ts";
import { sampling, schemaOf } from "./parameters.ts";
import { readSchema, readTools, type Settings } from "./settings.ts";
import { toTaskBody } from "./task-request.ts";
import { toMessages, type Turn } from "./turn.ts";

/** A request as it is sent, and as the code that repeats it shows it. The key is no part of it. */
export interface ApiRequest {
  readonly baseUrl: string;
  readonly path: ModelPath;
  /** Beside the key and the content type. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>> & { readonly stream?: true };
}

/** What the person has set, or the first thing that is wrong with it. */
export function findProblem(settings: Settings): string | undefined {
  const tools = readTools(settings.tools);
  if (tools.problem !== undefined) return `Tools: ${tools.problem}`;
  if (settings.format !== "json_schema") return undefined;
  const schema = readSchema(settings.schema);
  return schema.problem === undefined ? undefined : `Answer format: ${schema.problem}`;
}

/** The request for the next answer. */
export function toRequest(baseUrl: string, model: Model, settings: Settings, turns: readonly Turn[]): ApiRequest {
  const headers = settings.strict ? { "x-flaregate-strict": "true" } : {};
  const isChat = model.path === "/chat/completions";
  const body = isChat ? toChatBody(model, settings, turns) : toTaskBody(model, turns);
  return { baseUrl, path: model.path, headers, body };
}

/**
 * A chat completion. What a model does not have is left out for it, so that models side by side can share
 * their settings; the page says so beside the field.
 */
function toChatBody(model: Model, settings: Settings, turns: readonly Turn[]): ApiRequest["body"] {
  const stop = settings.stop.split("\n").filter((sequence) => sequence !== "");
  return {
    model: model.id,
    messages: toMessages(settings.system, turns),
    ...toSampling(model, settings),
    ...(settings.reasoningEffort !== "" &&
      model.schemas["reasoning_effort"] !== undefined && { reasoning_effort: settings.reasoningEffort }),
    ...(stop.length > 0 && { stop }),
    ...toTools(model, settings),
    ...toFormat(settings),
    ...(settings.stream && { stream: true, stream_options: { include_usage: true } }),
    // The cost of the answer, in its usage.
    usage: { include: true },
  };
}

function toSampling(model: Model, settings: Settings): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const { name } of sampling) {
    const value = settings.sampling[name];
    if (value !== undefined && schemaOf(model, name) !== undefined) numbers[name] = value;
  }
  return numbers;
}

function toTools(model: Model, { tools, toolChoice }: Settings): object {
  const { value } = readTools(tools);
  if (value === undefined || !model.supports.has("tools")) return {};
  return { tools: value, ...(toolChoice !== "auto" && { tool_choice: toolChoice }) };
}

function toFormat({ format, schema, isStrictSchema }: Settings): object {
  if (format === "text") return {};
  if (format === "json_object") return { response_format: { type: "json_object" } };
  const { value = {} } = readSchema(schema);
  return {
    response_format: {
      type: "json_schema",
      json_schema: { name: "answer", ...(isStrictSchema && { strict: true }), schema: value },
    },
  };
}
