import type { CustomTool, FunctionTool, Response, Tool } from "openai/resources/responses/responses";
import type { JsonRecord } from "../json.ts";
import type { ResponsesRequest, TextFormat } from "../openai/responses-request.ts";
import type { ResponsesToolChoice } from "../openai/responses-tool.ts";
import { toServedMembers } from "./tool-namespaces.ts";
import type { PlainTool } from "./tool-namespaces.ts";

/** What a response repeats of its request, in the form in which the model was asked. */

export type ShownFormat =
  | { readonly type: "text" | "json_object" }
  | {
      readonly type: "json_schema";
      readonly name: string;
      readonly description: string | null;
      readonly schema: JsonRecord | null;
      readonly strict: boolean;
    };

export function toShownFormat(format: TextFormat | undefined): ShownFormat {
  if (format?.type !== "json_schema") return { type: format?.type ?? "text" };
  const { type, name, description = null, schema = null, strict = false } = format;
  return { type, name, description, schema, strict };
}

/** The tools that the model was offered: those of other types are not among them. */
export function toShownTools(tools: ResponsesRequest["tools"]): Tool[] {
  return (tools ?? []).flatMap((tool): Tool[] => {
    if (tool.type === "foreign") return [];
    if (tool.type !== "namespace") return [toShownTool(tool)];
    const { type, name, description = "" } = tool;
    return [{ type, name, description, tools: toServedMembers(tool).map(toShownTool) }];
  });
}

function toShownTool(tool: PlainTool): FunctionTool | CustomTool {
  if (tool.type === "function") {
    const { type, name, description = null, parameters = null, strict = false } = tool;
    return { type, name, description, parameters, strict };
  }
  const { type, name, description, format } = tool;
  return { type, name, ...(description !== undefined && { description }), ...(format !== undefined && { format }) };
}

export function toShownChoice(choice: ResponsesToolChoice | undefined): Response["tool_choice"] {
  if (choice === undefined) return "auto";
  if (typeof choice === "string") return choice;
  switch (choice.type) {
    case "function":
    case "custom":
      return choice;
    case "allowed_tools": {
      const { type, mode = "auto", tools } = choice;
      // OpenAI's clients know of no such mode.
      if (mode === "none") return mode;
      return { type, mode, tools: tools.flatMap((tool) => (tool.type === "foreign" ? [] : [{ ...tool }])) };
    }
    case "foreign":
      // Refused before there is a response.
      return "auto";
    default:
      return choice satisfies never;
  }
}
