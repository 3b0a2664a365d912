import type { ChatRequest, ResponseFormat } from "../openai/chat-request.ts";

/** The parts of the translation that few requests need, and that are imported for those. */

/** Whether a request says anything of tools or of the form of its answer: `constraints.ts`. */
export function needsConstraints(request: ChatRequest): boolean {
  const { tools, tool_choice: choice, functions, function_call: call, response_format: format } = request;
  const speaksOfTools = [tools, choice, functions, call].some((member) => member !== undefined);
  return speaksOfTools || (format !== undefined && format.type !== "text");
}

/** Whether the answer has to be checked against a schema: `json-check.ts`, whose validator is a tenth of the Worker. */
export function needsJsonCheck(format: ResponseFormat | undefined): boolean {
  return format?.type === "json_schema" && format.json_schema.strict === true;
}
