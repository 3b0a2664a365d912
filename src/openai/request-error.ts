import type * as z from "zod/mini";
import { GatewayError } from "../errors.ts";
import { isRecord } from "../json.ts";

type Issue = z.core.$ZodIssue;

/** The first problem that a schema found in a request, in OpenAI's words and with OpenAI's notation of the field. */
export function toRequestError(issues: readonly Issue[]): GatewayError {
  const [first] = issues;
  if (first === undefined) return new GatewayError("invalid_request", "The request is invalid.");
  const { issue, path } = descend(first, []);
  const param = toParam(path);
  if (issue.code === "invalid_union") return toUnionError(issue, param);
  if (issue.input === undefined) return missing(param);
  switch (issue.code) {
    case "invalid_type":
      return invalidType(param, describeExpected(issue.expected), issue.input);
    case "invalid_value":
      return wrongChoice(param, issue.values, issue.input);
    case "too_big":
      return outOfRange(param, issue.origin, issue.inclusive === true ? "at most" : "less than", issue.maximum);
    case "too_small":
      return outOfRange(param, issue.origin, issue.inclusive === true ? "at least" : "more than", issue.minimum);
    case "unrecognized_keys":
      return unknownMember([...path, ...issue.keys.slice(0, 1)]);
    case "invalid_format":
    case "not_multiple_of":
    case "invalid_key":
    case "invalid_element":
    case "custom":
      return new GatewayError("invalid_value", `Invalid value for '${param}': ${issue.message}.`, { param });
    default:
      return issue satisfies never;
  }
}

/** The path of a zod issue as OpenAI writes it: `messages[0].content[1].type`. */
function toParam(path: readonly PropertyKey[]): string {
  return path
    .map((key, position) => (typeof key === "number" ? `[${key}]` : position === 0 ? String(key) : `.${String(key)}`))
    .join("");
}

/**
 * A union fails with the complaints of all its arms. The arm that got furthest into the value is the one that the
 * caller meant: of `string | parts[]`, given an array, the complaint about the second part's type.
 */
function descend(issue: Issue, prefix: readonly PropertyKey[]): { issue: Issue; path: readonly PropertyKey[] } {
  const path = [...prefix, ...issue.path];
  if (issue.code !== "invalid_union") return { issue, path };
  let furthest: Issue | undefined;
  for (const [candidate] of issue.errors) {
    if (candidate !== undefined && isFurther(candidate.path, furthest?.path ?? [])) furthest = candidate;
  }
  return furthest === undefined ? { issue, path } : descend(furthest, path);
}

/** Deeper, or in the same list at a later element. */
function isFurther(path: readonly PropertyKey[], other: readonly PropertyKey[]): boolean {
  if (path.length !== other.length) return path.length > other.length;
  const [index] = path;
  const [otherIndex] = other;
  return typeof index === "number" && typeof otherIndex === "number" && index > otherIndex;
}

function toUnionError(issue: z.core.$ZodIssueInvalidUnion, param: string): GatewayError {
  if (issue.discriminator !== undefined) {
    const value = isRecord(issue.input) ? issue.input[issue.discriminator] : undefined;
    const options = "options" in issue && Array.isArray(issue.options) ? (issue.options as readonly unknown[]) : [];
    return value === undefined ? missing(param) : wrongChoice(param, options, value);
  }
  if (issue.input === undefined) return missing(param);
  const arms = issue.errors.flatMap((arm) => arm.slice(0, 1));
  const values = arms.flatMap((arm) => (arm.code === "invalid_value" ? arm.values : []));
  if (values.length > 0 && typeof issue.input === "string") return wrongChoice(param, values, issue.input);
  const range = arms.find((arm) => arm.code === "too_big" || arm.code === "too_small");
  if (range?.code === "too_big") return outOfRange(param, range.origin, "at most", range.maximum);
  if (range?.code === "too_small") return outOfRange(param, range.origin, "at least", range.minimum);
  const types = arms.flatMap((arm) => (arm.code === "invalid_type" ? [describeExpected(arm.expected)] : []));
  const expected = values.length > 0 ? [`one of ${quote(values)}`, ...types] : types;
  return invalidType(param, [...new Set(expected)].join(" or ") || "another type", issue.input);
}

function missing(param: string): GatewayError {
  return new GatewayError("missing_parameter", `Missing required parameter: '${param}'.`, { param });
}

/** Of the schemas that refuse what they do not know. The name is the caller's text, of any length. */
function unknownMember(path: readonly PropertyKey[]): GatewayError {
  const param = toParam(path).slice(0, 100);
  return new GatewayError("unsupported_parameter", `Unknown parameter: '${param}'.`, { param });
}

function invalidType(param: string, expected: string, input: unknown): GatewayError {
  const message = `Invalid type for '${param}': expected ${expected}, but got ${describeActual(input)} instead.`;
  return new GatewayError("invalid_type", message, { param });
}

/** None of the texts that may stand here: the wrong text, or no text at all. */
function wrongChoice(param: string, values: readonly unknown[], input: unknown): GatewayError {
  if (typeof input !== "string") return invalidType(param, `one of ${quote(values)}`, input);
  const message = `Invalid value for '${param}'. Supported values are: ${quote(values)}.`;
  return new GatewayError("invalid_value", message, { param });
}

/** A schema may also take null or nothing for one of its texts; that is a kindness, not something to recommend. */
function quote(values: readonly unknown[]): string {
  const texts = values.filter((value) => typeof value === "string");
  return texts.map((text) => `'${text}'`).join(", ");
}

function outOfRange(param: string, origin: string, relation: string, bound: number | bigint): GatewayError {
  const unit = origin === "array" ? " item" : origin === "string" ? " character" : "";
  const plural = unit === "" || Number(bound) === 1 ? "" : "s";
  const message = `Invalid value for '${param}': expected ${relation} ${bound}${unit}${plural}.`;
  return new GatewayError("invalid_value", message, { param });
}

function describeExpected(expected: string): string {
  if (expected === "int") return "an integer";
  return /^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`;
}

function describeActual(input: unknown): string {
  if (input === null) return "null";
  if (Array.isArray(input)) return "an array";
  if (typeof input !== "number") return describeExpected(typeof input);
  // JSON has no infinity: this is what is left of 1e309.
  if (!Number.isFinite(input)) return "a number that is too large";
  return Number.isInteger(input) ? "an integer" : "a decimal number";
}
