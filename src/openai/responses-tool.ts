import * as z from "zod/mini";
import { functionMembers } from "./tool-schema.ts";
import { list, longName, name, oneOf, openUnion, optional, reference, tagged, text } from "./schema.ts";

/** Tools of a Responses request, which are flat where those of a chat request are nested. */

const functionTool = z.object({ type: z.literal("function"), ...functionMembers });

const customTool = z.object({
  type: z.literal("custom"),
  name,
  description: optional(text),
  format: optional(
    tagged("type", {
      text: z.object({ type: z.literal("text") }),
      grammar: z.object({ type: z.literal("grammar"), definition: text, syntax: oneOf("lark", "regex") }),
    }),
  ),
});

const plainTools = { function: functionTool, custom: customTool };

const memberTools = {
  function: z.object({ ...functionTool.shape, name: longName }),
  custom: z.object({ ...customTool.shape, name: longName }),
};

/** Tools that a client groups under a name. */
const namespaceTool = z.object({
  type: z.literal("namespace"),
  name,
  description: optional(text),
  tools: list(openUnion(memberTools)),
});

/** Tools that OpenAI runs itself (`web_search`, `mcp` …) are accepted, and are not offered to the model. */
export const responsesTool = openUnion({ ...plainTools, namespace: namespaceTool });

const namedTool = { function: z.object({ type: z.literal("function"), name: reference }) };
const namedCustomTool = { custom: z.object({ type: z.literal("custom"), name: reference }) };

/** OpenAI requires a mode and has no `none`; Open Responses has both otherwise. */
const allowedTools = z.object({
  type: z.literal("allowed_tools"),
  mode: optional(oneOf("none", "auto", "required")),
  tools: list(openUnion({ ...namedTool, ...namedCustomTool }), { least: 1 }),
});

export const responsesToolChoice = z.union([
  oneOf("none", "auto", "required"),
  openUnion({ ...namedTool, ...namedCustomTool, allowed_tools: allowedTools }),
]);

export type ResponsesTool = z.infer<typeof responsesTool>;
export type ResponsesToolChoice = z.infer<typeof responsesToolChoice>;
