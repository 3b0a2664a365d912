import type { ChatRequest } from "../openai/chat-request.ts";

/** The form in which the caller expects calls in the answer. */
export interface ToolForm {
  /** The request spoke of `functions`: calls are one `function_call`, not `tool_calls`. */
  readonly isLegacy: boolean;
  /** Tools of type `custom`, whose calls carry a text in place of arguments. */
  readonly customTools: ReadonlySet<string>;
}

/** The one parameter of the function that stands for a custom tool. */
export const CUSTOM_INPUT = "input";

export function toToolForm(request: ChatRequest): ToolForm {
  const custom = (request.tools ?? []).flatMap((tool) => (tool.type === "custom" ? [tool.custom.name] : []));
  return { isLegacy: request.functions !== undefined && request.tools === undefined, customTools: new Set(custom) };
}
