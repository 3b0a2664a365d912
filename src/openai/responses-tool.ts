import type * as z from "zod/mini";
import { object } from "../config/reader.ts";
import { functionMembers } from "./tool-schema.ts";
import { either, list, longName, name, oneOf, openUnion, optional, reference, tagged, text } from "./schema.ts";

/** Tools of a Responses request, which are flat where those of a chat request are nested. */

const functionTool = object({ type: oneOf("function"), ...functionMembers });

const customTool = object({
  type: oneOf("custom"),
  name,
  description: optional(text),
  format: optional(
    tagged("type", {
      text: object({ type: oneOf("text") }),
      grammar: object({ type: oneOf("grammar"), definition: text, syntax: oneOf("lark", "regex") }),
    }),
  ),
});

const plainTools = { function: functionTool, custom: customTool };

const memberTools = {
  function: object({ ...functionTool.shape, name: longName }),
  custom: object({ ...customTool.shape, name: longName }),
};

/** Tools that a client groups under a name. */
const namespaceTool = object({
  type: oneOf("namespace"),
  name,
  description: optional(text),
  tools: list(openUnion(memberTools)),
});

/** Tools that OpenAI runs itself (`web_search`, `mcp` …) are accepted, and are not offered to the model. */
export const responsesTool = openUnion({ ...plainTools, namespace: namespaceTool });

const namedTool = { function: object({ type: oneOf("function"), name: reference }) };
const namedCustomTool = { custom: object({ type: oneOf("custom"), name: reference }) };

/** OpenAI requires a mode and has no `none`; Open Responses has both otherwise. */
const allowedTools = object({
  type: oneOf("allowed_tools"),
  mode: optional(oneOf("none", "auto", "required")),
  tools: list(openUnion({ ...namedTool, ...namedCustomTool }), { least: 1 }),
});

export const responsesToolChoice = either(
  oneOf("none", "auto", "required"),
  openUnion({ ...namedTool, ...namedCustomTool, allowed_tools: allowedTools }),
);

export type ResponsesTool = z.infer<typeof responsesTool>;
export type ResponsesToolChoice = z.infer<typeof responsesToolChoice>;
