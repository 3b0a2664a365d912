import { GatewayError } from "../errors.ts";
import type { ChatRequest, ToolChoice, ToolDefinition } from "../openai/chat-request.ts";
import type { ResponsesRequest } from "../openai/responses-request.ts";
import type { ResponsesTool, ResponsesToolChoice } from "../openai/responses-tool.ts";
import { toPlainTools } from "./tool-namespaces.ts";
import type { PlainTool } from "./tool-namespaces.ts";

type AllowedTool = Extract<ResponsesToolChoice, { type: "allowed_tools" }>["tools"][number];
type NamedTool = Exclude<AllowedTool, { type: "foreign" }>;

/** The types of tools that OpenAI runs itself, wherever they stand: the model is not told of them. */
export function toForeignTools(tools: readonly ResponsesTool[] | undefined): readonly string[] {
  return (tools ?? []).flatMap((tool) => {
    if (tool.type === "namespace") return toForeignTools(tool.tools);
    return tool.type === "foreign" ? [tool.kind] : [];
  });
}

/** Flat tools and choices as the nested ones of a chat. A choice among nothing is none. */
export function toChatTools(request: ResponsesRequest): Pick<ChatRequest, "tools" | "tool_choice"> {
  const tools = toPlainTools(request.tools).map(toChatTool);
  return {
    tools: tools.length === 0 ? undefined : tools,
    tool_choice: request.tool_choice === undefined ? undefined : toChatChoice(request.tool_choice),
  };
}

function toChatTool(tool: PlainTool): ToolDefinition {
  if (tool.type === "function") {
    const { name, description, parameters, strict } = tool;
    return { type: "function", function: { name, description, parameters, strict } };
  }
  const { name, description, format } = tool;
  if (format?.type !== "grammar") return { type: "custom", custom: { name, description, format } };
  const { definition, syntax } = format;
  return {
    type: "custom",
    custom: { name, description, format: { type: "grammar", grammar: { definition, syntax } } },
  };
}

function toChatChoice(choice: ResponsesToolChoice): ToolChoice {
  if (typeof choice === "string") return choice;
  switch (choice.type) {
    case "function":
    case "custom":
      return toNamed(choice);
    case "allowed_tools":
      return choice.mode === "none" ? "none" : toAllowed(choice.mode ?? "auto", choice.tools);
    case "foreign": {
      const message = "Invalid value for 'tool_choice.type': tools of this type are not served.";
      throw new GatewayError("invalid_value", message, { param: "tool_choice.type" });
    }
    default:
      return choice satisfies never;
  }
}

/** Of the tools that are allowed those that are served: where there are none, none may be called. */
function toAllowed(mode: "auto" | "required", allowed: readonly AllowedTool[]): ToolChoice {
  const tools = allowed.flatMap((tool) => (tool.type === "foreign" ? [] : [toNamed(tool)]));
  if (tools.length > 0) return { type: "allowed_tools", allowed_tools: { mode, tools } };
  if (mode === "auto") return "none";
  const message = "Invalid value for 'tool_choice.tools': none of these tools is served.";
  throw new GatewayError("invalid_value", message, { param: "tool_choice.tools" });
}

function toNamed({ type, name }: NamedTool) {
  return type === "function" ? { type, function: { name } } : { type, custom: { name } };
}
