import { GatewayError } from "../errors.ts";
import type { ParameterReport } from "./parameter-report.ts";

/**
 * A Responses request is answered by way of a chat request, which has other names for the same things. What is said to
 * the caller is said in the caller's names.
 */
const names: readonly (readonly [RegExp, string])[] = [
  [/^messages$/, "input"],
  [/^max_(?:completion_)?tokens$/, "max_output_tokens"],
  [/^response_format(?:\.json_schema)?/, "text.format"],
  [/^reasoning_effort$/, "reasoning.effort"],
  [/^logprobs$/, "include"],
  [/^tools(\[\d+\])\.(?:function|custom)/, "tools$1"],
  [/^tool_choice\.(?:function|custom)\./, "tool_choice."],
  [/^tool_choice\.allowed_tools\.tools(\[\d+\])\.(?:function|custom)/, "tool_choice.tools$1"],
];

/** `messages[2].content[1].image_url.url`, in three parts. */
const MESSAGE_PARAM = /^messages\[(\d+)\](?:\.content)?(.*)$/;

/** An item, whose content parts stand in the message in the same order. */
const ITEM = /^input\[\d+\]$/;

/** `places` says from where in the request each message comes. */
function toResponsesName(name: string, places: readonly string[]): string {
  const [, index, rest = ""] = MESSAGE_PARAM.exec(name) ?? [];
  if (index !== undefined) {
    const place = places[Number(index)] ?? "input";
    if (!ITEM.test(place) || !name.includes(".content")) return place;
    return `${place}.content${rest.replace(/\.image_url\.url$/, ".image_url")}`;
  }
  for (const [pattern, replacement] of names) if (pattern.test(name)) return name.replace(pattern, replacement);
  return name;
}

/** The error with the field at fault under the name that it has in a Responses request, in its message too. */
export function toResponsesError(error: GatewayError, places: readonly string[]): GatewayError {
  const { kind, message, param, retryable, retryAfterSeconds, upstreamCode } = error;
  const named = param === undefined ? undefined : toResponsesName(param, places);
  if (param === undefined || named === param) return error;
  const text =
    kind === "context_length_exceeded"
      ? message.replaceAll("messages", "input")
      : message.replaceAll(`'${param}`, `'${named}`);
  return new GatewayError(kind, text, { param: named, retryable, retryAfterSeconds, upstreamCode, cause: error.cause });
}

export function toResponsesReport(report: ParameterReport): ParameterReport {
  return new Map([...report].map(([name, treatment]) => [toResponsesName(name, []), treatment]));
}
