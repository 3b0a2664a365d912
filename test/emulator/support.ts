import { createEmulatorBinding } from "../../src/emulator/binding.ts";
import type { EmulatorOptions } from "../../src/emulator/options.ts";
import { isJsonObject, objectOf, parseJson, type JsonObject } from "../../src/emulator/json-value.ts";

export const LLAMA_33 = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
export const LLAMA_31 = "@cf/meta/llama-3.1-70b-instruct";
export const GEMMA = "@cf/google/gemma-4-26b-a4b-it";

/** Plain answers, as the pages document them, and everything drawn from one seed. */
export const PLAIN: EmulatorOptions = { quirks: false, seed: 1 };

export function run(model: string, inputs: JsonObject, options: EmulatorOptions = PLAIN): Promise<Response> {
  const signal = new AbortController().signal;
  return createEmulatorBinding(options).run(model, inputs, { returnRawResponse: true, signal });
}

export async function runJson(
  model: string,
  inputs: JsonObject,
  options: EmulatorOptions = PLAIN,
): Promise<JsonObject> {
  const response = await run(model, inputs, options);
  return objectOf(await response.json());
}

/** The frames of a streamed answer; `[DONE]` stays text. */
export async function runFrames(
  model: string,
  inputs: JsonObject,
  options: EmulatorOptions = PLAIN,
): Promise<readonly (JsonObject | string)[]> {
  const response = await run(model, { ...inputs, stream: true }, options);
  return toFrames(await response.text());
}

function toFrames(text: string): readonly (JsonObject | string)[] {
  return text
    .split("\n\n")
    .filter((record) => record !== "")
    .map((record) => {
      const data = record.replace(/^data: /, "");
      const value = parseJson(data);
      return isJsonObject(value) ? value : data;
    });
}

export function ask(content: string): { readonly messages: readonly JsonObject[] } {
  return { messages: [{ role: "user", content }] };
}

/** Follows a path of members and positions into a JSON value. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let found = value;
  for (const step of path) {
    found = Array.isArray(found) && typeof step === "number" ? found.at(step) : objectOf(found)[step];
  }
  return found;
}

/** The text of an answer in either shape. */
export function textOf(body: unknown): string {
  const content = at(body, "choices", 0, "message", "content") ?? at(body, "response");
  return typeof content === "string" ? content : "";
}

/** The texts found at a path in each of the values, joined. */
export function joinAt(values: readonly unknown[], ...path: readonly (string | number)[]): string {
  return values
    .map((value) => at(value, ...path))
    .filter((text) => typeof text === "string")
    .join("");
}
