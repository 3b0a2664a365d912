import type { RunTask } from "../answer/run-task.ts";
import type { WorkersAiError } from "../error-body.ts";
import type { JsonObject } from "../json-value.ts";
import type { EmulatedModel } from "../model-table.ts";
import { schemaViolation } from "./input-schema.ts";
import { servingViolation } from "./serving-rules.ts";

/** What Workers AI would refuse a run of this model with these inputs for. */
export function inputsViolation(model: EmulatedModel, inputs: JsonObject): WorkersAiError | undefined {
  const violation = schemaViolation(model, inputs);
  return violation === undefined
    ? servingViolation(model, inputs)
    : { code: 5006, status: 400, description: violation };
}

/** Prompt and answer have to fit the window together, before the first token is made. */
export function windowViolation(task: RunTask): WorkersAiError | undefined {
  const window = task.model.entry.contextWindow;
  const wanted = task.promptTokens + Math.max(task.maxTokens, 1);
  if (window === undefined || wanted <= window) return undefined;
  if (task.model.dialect === "openai" && task.model.quirks) {
    const message =
      `This model's maximum context length is ${window} tokens. However, you requested ${task.maxTokens} output tokens and your ` +
      `prompt contains at least ${task.promptTokens} input tokens, for a total of at least ${wanted} tokens. ` +
      "Please reduce the length of the input prompt or the number of requested output tokens.";
    return { code: 8007, status: 400, description: JSON.stringify({ error: { message, code: 400 } }) };
  }
  return {
    code: 5021,
    status: 413,
    description: `The estimated number of input and maximum output tokens (${wanted}) exceeded this model context window limit (${window}).`,
  };
}

// Less than this does not hold the reasoning and a call behind it.
const LEAST_FOR_FORCED_CALL = 32;

/** A forced call needs room for the reasoning that comes before it. */
export function forcedCallViolation({ toolChoice, effort, maxTokens, tools }: RunTask): WorkersAiError | undefined {
  const forced = toolChoice.type === "named" || toolChoice.type === "required";
  if (!forced || tools.length === 0 || effort === undefined || maxTokens >= LEAST_FOR_FORCED_CALL) return undefined;
  return { code: 8006, status: 400, description: "Invalid data for tool_choice" };
}

export function unknownModel(id: string): WorkersAiError {
  return { code: 5007, status: 400, description: `No such model ${id} or task` };
}

export function retiredModel(id: string, date: string): WorkersAiError {
  return {
    code: 5028,
    status: 400,
    description: `Model ${id} was deprecated on ${date}. Please use a different model.`,
  };
}
