import { encodeSseData } from "../../stream/sse-encoder.ts";
import { isJsonObject, objectOf, parseJson, type JsonObject } from "../json-value.ts";
import type { Dialect } from "../model-table.ts";
import { soundBody, soundStream, type FaultCall } from "./fault.ts";

export type Change = (frame: JsonObject, position: number) => JsonObject | readonly JsonObject[] | undefined;

/** The sound stream with each of its JSON frames changed, or left out. */
export function changed(change: Change, dialect?: Dialect): (call: FaultCall) => Generator<string, void> {
  return function* (call) {
    let position = 0;
    for (const record of soundStream(call, dialect)) {
      const frame = parseJson(record.slice("data: ".length));
      if (!isJsonObject(frame)) yield record;
      else for (const next of [change(frame, position++) ?? []].flat()) yield encodeSseData(JSON.stringify(next));
    }
  };
}

export function changedBody(change: (body: JsonObject) => JsonObject, dialect?: Dialect): (call: FaultCall) => unknown {
  return (call) => change(objectOf(soundBody(call, dialect)));
}

export function changeChoice(frame: JsonObject, change: (choice: JsonObject) => JsonObject): JsonObject {
  const choices: readonly unknown[] = Array.isArray(frame.choices) ? frame.choices : [];
  return { ...frame, choices: choices.map((choice) => change(objectOf(choice))) };
}
