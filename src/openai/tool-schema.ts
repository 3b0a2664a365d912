import * as z from "zod/mini";
import { deferred } from "../config/reader.ts";
import { boolean, jsonObject, list, mapped, name, oneOf, optional, reference, tagged, text } from "./schema.ts";

/** Tools as a request offers them, chooses among them, and shows past calls of them. */

export const functionMembers = {
  name,
  description: optional(text),
  parameters: optional(jsonObject),
  strict: optional(boolean),
};

export const functionDefinition = deferred(() => z.object(functionMembers));

const functionTool = deferred(() => z.object({ type: z.literal("function"), function: functionDefinition }));

const grammarFormat = deferred(() =>
  z.object({
    type: z.literal("grammar"),
    grammar: z.object({ definition: text, syntax: oneOf("lark", "regex") }),
  }),
);

const customFormat = tagged("type", {
  text: deferred(() => z.object({ type: z.literal("text") })),
  grammar: grammarFormat,
});

/** A tool whose input is one free text, which may have to follow a grammar. */
const customTool = deferred(() =>
  z.object({
    type: z.literal("custom"),
    custom: z.object({ name, description: optional(text), format: optional(customFormat) }),
  }),
);

export const tool = tagged("type", { function: functionTool, custom: customTool });

const namedFunction = deferred(() =>
  z.object({ type: z.literal("function"), function: z.object({ name: reference }) }),
);
const namedCustomTool = deferred(() => z.object({ type: z.literal("custom"), custom: z.object({ name: reference }) }));

const allowedTools = deferred(() =>
  z.object({
    type: z.literal("allowed_tools"),
    allowed_tools: z.object({
      mode: oneOf("auto", "required"),
      tools: list(tagged("type", { function: namedFunction, custom: namedCustomTool }), { least: 1 }),
    }),
  }),
);

export const toolChoice = deferred(() =>
  z.union([
    oneOf("none", "auto", "required"),
    tagged("type", { function: namedFunction, custom: namedCustomTool, allowed_tools: allowedTools }),
  ]),
);

export const functionCall = deferred(() => z.object({ name: reference, arguments: text }));

const pastFunctionCall = deferred(() =>
  z.object({
    id: text,
    type: mapped(optional(oneOf("function")), () => "function" as const),
    function: functionCall,
  }),
);

const pastCustomCall = deferred(() =>
  z.object({ id: text, type: z.literal("custom"), custom: z.object({ name: reference, input: text }) }),
);

/** A call of the assistant's. The type is often left out: then, as for long it could not be otherwise, a function's. */
export const toolCall = tagged(
  "type",
  { function: pastFunctionCall, custom: pastCustomCall },
  ({ type }) => type ?? "function",
);

export type FunctionDefinition = z.infer<typeof functionDefinition>;
export type ToolDefinition = z.infer<typeof tool>;
export type ToolChoice = z.infer<typeof toolChoice>;
