import { createParser } from "eventsource-parser";
import { isJsonObject, parseJson, type JsonObject } from "../../../src/emulator/json-value.ts";
import type { EmulatorOptions } from "../../../src/emulator/options.ts";
import { ask, at, run } from "../support.ts";

export const FAST: EmulatorOptions = { seed: 1, faultDelayMs: 20 };
export const TEXT = "Grüße 12 👋 日本";
export const ASK = ask(`Say exactly: ${TEXT}`);
export const WEATHER = {
  type: "function",
  function: {
    name: "get_weather",
    description: "Get the weather",
    parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
};
export const ASK_WEATHER = { ...ask("What is the weather in Paris and Rome?"), tools: [WEATHER] };

export function fault(name: string, inputs: JsonObject, options: EmulatorOptions = FAST): Promise<Response> {
  return run(`@emulator/${name}`, inputs, options);
}

export async function records(name: string, inputs: JsonObject = ASK): Promise<readonly string[]> {
  const text = await (await fault(name, { ...inputs, stream: true })).text();
  const found: string[] = [];
  createParser({ onEvent: (event) => found.push(event.data) }).feed(text);
  return found;
}

/** The text of a stream, in whichever shape a frame carries it. */
export async function streamedText(name: string): Promise<string> {
  const frames = (await records(name)).map((data) => parseJson(data));
  return frames
    .map((frame) => at(frame, "choices", 0, "delta", "content") ?? at(frame, "response"))
    .filter((text) => typeof text === "string" || typeof text === "number")
    .map(String)
    .join("");
}

export async function contentTypeOf(name: string, stream = false): Promise<string | null> {
  return (await fault(name, { ...ASK, stream })).headers.get("content-type");
}

/** The usages that a stream tells, in order. */
export async function usagesOf(name: string): Promise<readonly JsonObject[]> {
  return (await records(name)).map((data) => at(parseJson(data), "usage")).filter(isJsonObject);
}
