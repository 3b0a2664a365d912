import type * as z from "zod/mini";
import { deferred, object } from "../config/reader.ts";
import { boolean, either, jsonObject, list, mapped, name, oneOf, optional, reference, tagged, text } from "./schema.ts";

/** Tools as a request offers them, chooses among them, and shows past calls of them. */

export const functionMembers = {
  name,
  description: optional(text),
  parameters: optional(jsonObject),
  strict: optional(boolean),
};

export const functionDefinition = deferred(() => object(functionMembers));

const functionTool = deferred(() => object({ type: oneOf("function"), function: functionDefinition }));

const grammarFormat = deferred(() =>
  object({
    type: oneOf("grammar"),
    grammar: object({ definition: text, syntax: oneOf("lark", "regex") }),
  }),
);

const customFormat = tagged("type", {
  text: deferred(() => object({ type: oneOf("text") })),
  grammar: grammarFormat,
});

/** A tool whose input is one free text, which may have to follow a grammar. */
const customTool = deferred(() =>
  object({
    type: oneOf("custom"),
    custom: object({ name, description: optional(text), format: optional(customFormat) }),
  }),
);

export const tool = tagged("type", { function: functionTool, custom: customTool });

const namedFunction = deferred(() => object({ type: oneOf("function"), function: object({ name: reference }) }));
const namedCustomTool = deferred(() => object({ type: oneOf("custom"), custom: object({ name: reference }) }));

const allowedTools = deferred(() =>
  object({
    type: oneOf("allowed_tools"),
    allowed_tools: object({
      mode: oneOf("auto", "required"),
      tools: list(tagged("type", { function: namedFunction, custom: namedCustomTool }), { least: 1 }),
    }),
  }),
);

export const toolChoice = deferred(() =>
  either(
    oneOf("none", "auto", "required"),
    tagged("type", { function: namedFunction, custom: namedCustomTool, allowed_tools: allowedTools }),
  ),
);

export const functionCall = deferred(() => object({ name: reference, arguments: text }));

const pastFunctionCall = deferred(() =>
  object({
    id: text,
    type: mapped(optional(oneOf("function")), () => "function" as const),
    function: functionCall,
  }),
);

const pastCustomCall = deferred(() =>
  object({ id: text, type: oneOf("custom"), custom: object({ name: reference, input: text }) }),
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
