import { isRecord } from "../../json.ts";
import { sampling, type SamplingName } from "./parameters.ts";

/** What a person has set beside the conversation, as it stands in the fields. */
export interface Settings {
  readonly system: string;
  /** Absent is the model's own default. */
  readonly sampling: Readonly<Partial<Record<SamplingName, number>>>;
  readonly reasoningEffort: string;
  /** One sequence a line. */
  readonly stop: string;
  /** JSON text: a list of tools. */
  readonly tools: string;
  readonly toolChoice: string;
  readonly format: "text" | "json_object" | "json_schema";
  /** JSON text: a JSON Schema. */
  readonly schema: string;
  readonly isStrictSchema: boolean;
  readonly stream: boolean;
  /** Refuse what could only be ignored. */
  readonly strict: boolean;
}

export const initialSettings: Settings = {
  system: "",
  sampling: {},
  reasoningEffort: "",
  stop: "",
  tools: "",
  toolChoice: "auto",
  format: "text",
  schema: "",
  isStrictSchema: true,
  stream: true,
  strict: false,
};

/** A text of the person's as a value, or what is wrong with it. */
export type Reading<Value> =
  | { readonly value: Value; readonly problem?: undefined }
  | { readonly problem: string; readonly value?: undefined };

/** The tools, `undefined` where the field is empty. One object is a list of one. */
export function readTools(text: string): Reading<readonly unknown[] | undefined> {
  if (text.trim() === "") return { value: undefined };
  const parsed = readJson(text);
  if (parsed.problem !== undefined) return parsed;
  const tools: readonly unknown[] = Array.isArray(parsed.value) ? parsed.value : [parsed.value];
  const position = tools.findIndex((tool) => !isRecord(tool) || typeof tool["type"] !== "string");
  if (position === -1) return { value: tools.length > 0 ? tools : undefined };
  return {
    problem: `Tool ${position + 1} is not an object with a type, such as {"type": "function", "function": {…}}.`,
  };
}

/** The schema of a structured answer. */
export function readSchema(text: string): Reading<object> {
  if (text.trim() === "") return { problem: "Write a JSON Schema, or choose another format." };
  const parsed = readJson(text);
  if (parsed.problem !== undefined) return parsed;
  return isRecord(parsed.value) ? { value: parsed.value } : { problem: "A JSON Schema is an object." };
}

/** The words of the browser's parser, which say where the text goes wrong. */
function readJson(text: string): Reading<unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch (error) {
    return { problem: `This is no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Settings that this page has stored, whatever became of them: a member that does not fit is its initial value. */
export function restoreSettings(stored: unknown): Settings {
  if (!isRecord(stored)) return initialSettings;
  const kept: Record<string, unknown> = {};
  for (const [name, initial] of Object.entries(initialSettings)) {
    const value = stored[name];
    if (name !== "sampling" && typeof value === typeof initial) kept[name] = value;
  }
  const numbers = isRecord(stored["sampling"]) ? stored["sampling"] : {};
  const known = sampling.flatMap(({ name }) => (typeof numbers[name] === "number" ? [[name, numbers[name]]] : []));
  const format = (["text", "json_object", "json_schema"] as const).find((name) => name === stored["format"]);
  return { ...initialSettings, ...kept, sampling: Object.fromEntries(known), format: format ?? "text" };
}
