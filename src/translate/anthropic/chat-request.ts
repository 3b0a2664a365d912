import type { MessagesRequest, Prompt } from "../../anthropic/messages-request.ts";
import { GatewayError } from "../../errors.ts";
import type { ModelEntry, ReasoningLevel } from "../../models/model.ts";
import { chatRequest } from "../../openai/chat-request.ts";
import type { ChatRequest, ToolDefinition } from "../../openai/chat-request.ts";
import { toChatMessages } from "./conversation.ts";

/** A chat request that asks for nothing: what the schema makes of members that are left out. */
const unset: ChatRequest = chatRequest.parse({ model: "unset", messages: [{ role: "user", content: "" }] });

/** A request of the Messages API as the chat request that asks this model for the same. */
export function toChatRequest(request: MessagesRequest, entry: ModelEntry): ChatRequest {
  const { output_config: output, output_format: format = output?.format, stop_sequences: stops = [] } = request;
  const stop = stops.filter((text) => text !== "");
  return {
    ...unset,
    ...toChatPrompt(request),
    max_tokens: request.max_tokens,
    temperature: request.temperature,
    top_p: request.top_p,
    // 0 is how clients say that they do not want it.
    top_k: request.top_k === 0 ? undefined : request.top_k,
    stop: stop.length === 0 ? undefined : stop,
    stream: request.stream,
    reasoning_effort: toEffort(request, entry),
    response_format:
      format === undefined
        ? undefined
        : {
            type: "json_schema",
            json_schema: { name: "answer", description: undefined, schema: format.schema, strict: true },
          },
  };
}

/** The part of a request that a model reads. */
export function toChatPrompt(prompt: Prompt): ChatRequest {
  const tools = toTools(prompt);
  const choice = prompt.tool_choice;
  const isSingle = choice !== undefined && choice.type !== "none" && choice.disable_parallel_tool_use === true;
  return {
    ...unset,
    model: prompt.model,
    models: prompt.models,
    messages: toChatMessages(prompt),
    tools: tools.length === 0 ? undefined : tools,
    tool_choice: toToolChoice(prompt, tools),
    parallel_tool_calls: isSingle ? false : undefined,
  };
}

/** Whether a tool is the caller's own; the others run on Anthropic's servers, or are known to its models alone. */
export function isOwnTool({ type }: NonNullable<Prompt["tools"]>[number]): boolean {
  return type === undefined || type === "custom";
}

function toTools({ tools = [] }: Prompt): ToolDefinition[] {
  return tools.flatMap((tool, index) => {
    if (!isOwnTool(tool)) return [];
    const { name, description, input_schema: parameters, strict } = tool;
    if (name === undefined) throw missing(`tools[${index}].name`);
    if (parameters === undefined) throw missing(`tools[${index}].input_schema`);
    return [{ type: "function", function: { name, description, parameters, strict } }];
  });
}

function toToolChoice({ tool_choice: choice }: Prompt, tools: readonly ToolDefinition[]): ChatRequest["tool_choice"] {
  switch (choice?.type) {
    case undefined:
      return undefined;
    case "auto":
    case "none":
      return choice.type;
    case "any":
      return "required";
    case "tool": {
      const { name } = choice;
      if (tools.some((tool) => tool.type === "function" && tool.function.name === name)) {
        return { type: "function", function: { name } };
      }
      const param = "tool_choice.name";
      throw new GatewayError("invalid_value", `Invalid value for '${param}': no tool of that name is offered.`, {
        param,
      });
    }
    default:
      return choice satisfies never;
  }
}

/** Budgets of thinking have no counterpart but the level that is nearest to them, in tokens. */
const MEDIUM_BUDGET = 4096;
const HIGH_BUDGET = 16_384;

/**
 * How much the model is to think. A model without levels thinks as it does: that it should think at all is no wish that
 * it could fail.
 */
function toEffort({ thinking, output_config: output }: MessagesRequest, entry: ModelEntry): ReasoningLevel | undefined {
  if (thinking?.type === "disabled") return "none";
  if (output?.effort !== undefined) return output.effort;
  if (thinking?.type !== "enabled" || (entry.abilities.reasoning?.levels.length ?? 0) === 0) return undefined;
  if (thinking.budget_tokens >= HIGH_BUDGET) return "high";
  return thinking.budget_tokens >= MEDIUM_BUDGET ? "medium" : "low";
}

function missing(param: string): GatewayError {
  return new GatewayError("missing_parameter", `Missing required parameter: '${param}'.`, { param });
}
