import * as z from "zod/mini";
import { jsonObject, list, name, optional, reference } from "./schema.ts";

/** Tools as a request offers them, chooses among them, and shows past calls of them. */

export const functionDefinition = z.object({
  name,
  description: optional(z.string()),
  parameters: optional(jsonObject),
  strict: optional(z.boolean()),
});

const functionTool = z.object({ type: z.literal("function"), function: functionDefinition });

/** A tool whose input is one free text, which may have to follow a grammar. */
const customTool = z.object({
  type: z.literal("custom"),
  custom: z.object({
    name,
    description: optional(z.string()),
    format: optional(
      z.discriminatedUnion("type", [
        z.object({ type: z.literal("text") }),
        z.object({
          type: z.literal("grammar"),
          grammar: z.object({ definition: z.string(), syntax: z.enum(["lark", "regex"]) }),
        }),
      ]),
    ),
  }),
});

export const tool = z.discriminatedUnion("type", [functionTool, customTool]);

const namedFunction = z.object({ type: z.literal("function"), function: z.object({ name: reference }) });
const namedCustomTool = z.object({ type: z.literal("custom"), custom: z.object({ name: reference }) });

const allowedTools = z.object({
  type: z.literal("allowed_tools"),
  allowed_tools: z.object({
    mode: z.enum(["auto", "required"]),
    tools: list(z.discriminatedUnion("type", [namedFunction, namedCustomTool]), { least: 1 }),
  }),
});

export const toolChoice = z.union([
  z.enum(["none", "auto", "required"]),
  z.discriminatedUnion("type", [namedFunction, namedCustomTool, allowedTools]),
]);

export const functionCall = z.object({ name: reference, arguments: z.string() });

/** A call of the assistant's. The type is often left out: then, as for long it could not be otherwise, a function's. */
export const toolCall = z.discriminatedUnion("type", [
  z.object({
    id: z.string(),
    type: z.pipe(
      z.optional(z.literal(["function", null])),
      z.transform(() => "function" as const),
    ),
    function: functionCall,
  }),
  z.object({ id: z.string(), type: z.literal("custom"), custom: z.object({ name: reference, input: z.string() }) }),
]);

export type FunctionDefinition = z.infer<typeof functionDefinition>;
export type ToolDefinition = z.infer<typeof tool>;
export type ToolChoice = z.infer<typeof toolChoice>;
