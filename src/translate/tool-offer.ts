import { GatewayError } from "../errors.ts";
import type { JsonRecord } from "../json.ts";
import type { ChatRequest, FunctionDefinition, ToolChoice, ToolDefinition } from "../openai/chat-request.ts";
import { CUSTOM_INPUT, toToolForm } from "./tool-form.ts";

/** A tool as models know tools: a function with parameters. */
export interface OfferedTool {
  readonly name: string;
  readonly description: string;
  readonly parameters: JsonRecord;
  readonly strict: boolean | undefined;
}

/** What a request offers the model to call, whichever of OpenAI's three generations of members it uses. */
export interface ToolOffer {
  readonly tools: readonly OfferedTool[];
  readonly mode: "none" | "auto" | "required";
  /** The members that the request used, to name them to the caller. */
  readonly parameter: "tools" | "functions";
  readonly choiceParameter: "tool_choice" | "function_call";
}

/** Throws where the choice names a tool that is not there. */
export function readOffer(request: ChatRequest): ToolOffer {
  if (toToolForm(request).isLegacy) {
    const tools = (request.functions ?? []).map(toOfferedFunction);
    const choice = request.function_call;
    const parameters = { parameter: "functions", choiceParameter: "function_call" } as const;
    if (typeof choice === "object") return { ...parameters, ...withNamed(tools, choice.name, "function_call.name") };
    return { ...parameters, tools, mode: choice ?? "auto" };
  }
  const tools = (request.tools ?? []).map(toOfferedTool);
  return { parameter: "tools", choiceParameter: "tool_choice", ...withChoice(tools, request.tool_choice) };
}

type Choice = Pick<ToolOffer, "tools" | "mode">;

function withChoice(tools: readonly OfferedTool[], choice: ToolChoice | undefined): Choice {
  if (choice === undefined || typeof choice === "string") return { tools, mode: choice ?? "auto" };
  switch (choice.type) {
    case "function":
      return withNamed(tools, choice.function.name, "tool_choice.function.name");
    case "custom":
      return withNamed(tools, choice.custom.name, "tool_choice.custom.name");
    case "allowed_tools": {
      const { mode, tools: allowed } = choice.allowed_tools;
      const names = allowed.map((tool) => (tool.type === "custom" ? tool.custom.name : tool.function.name));
      for (const [index, { type }] of allowed.entries()) {
        withNamed(tools, names[index] ?? "", `tool_choice.allowed_tools.tools[${index}].${type}.name`);
      }
      return { tools: tools.filter((tool) => names.includes(tool.name)), mode };
    }
    default:
      return choice satisfies never;
  }
}

/** One function that has to be called is the same as having to call something where only that is offered. */
function withNamed(tools: readonly OfferedTool[], name: string, param: string): Choice {
  const named = tools.filter((tool) => tool.name === name);
  if (named.length > 0) return { tools: named, mode: "required" };
  throw new GatewayError("invalid_value", `Invalid value for '${param}': no tool of that name is offered.`, { param });
}

function toOfferedTool(tool: ToolDefinition): OfferedTool {
  if (tool.type === "function") return toOfferedFunction(tool.function);
  const { name, description = "", format } = tool.custom;
  const syntax =
    format?.type === "grammar"
      ? `It has to follow this ${format.grammar.syntax} grammar:\n${format.grammar.definition}`
      : "";
  const input = { type: "string", description: `The whole input of the tool, as text. ${syntax}`.trim() };
  const parameters = { type: "object", properties: { [CUSTOM_INPUT]: input }, required: [CUSTOM_INPUT] };
  return { name, description, parameters, strict: undefined };
}

/** Every member that a published schema requires is there: a function without parameters takes an empty object. */
function toOfferedFunction({ name, description = "", parameters, strict }: FunctionDefinition): OfferedTool {
  return { name, description, parameters: { type: "object", properties: {}, ...parameters }, strict };
}
