import { isRecord, parseJson } from "../../src/json.ts";
import { findFault } from "./check-answer.ts";
import type { Outcome } from "./soak-client.ts";
import type { PlannedRequest } from "./soak-plan.ts";
import { createUpstreamBody } from "./upstream-bodies.ts";

/** How an answer ended. `cut` is what must never be: neither an error nor complete. */
type Ending = { readonly type: "complete" | "cut" } | { readonly type: "error"; readonly code: string };

/** What is wrong with what became of a request; `undefined` where nothing is. */
export function findWrong(planned: PlannedRequest, outcome: Outcome): string | undefined {
  switch (outcome.type) {
    case "left":
      return undefined;
    case "stuck":
      return "no answer";
    case "broken":
      return `the connection broke: ${outcome.message}`;
    case "answered":
      return findWrongAnswer(planned, outcome.status, outcome.body);
    default:
      return outcome satisfies never;
  }
}

function findWrongAnswer(planned: PlannedRequest, status: number, body: Buffer): string | undefined {
  const ending = readEnding(status, body.toString());
  if (ending.type === "cut") return "a truncated success";
  switch (planned.verdict) {
    case "exact": {
      if (planned.upstream === undefined) return "no expectation";
      const { expected } = createUpstreamBody(planned.upstream);
      return findFault({ status, body, firstByteMs: 0, totalMs: 0 }, expected, planned.choices);
    }
    case "whole":
      return ending.type === "error" ? `an error: ${ending.code}` : undefined;
    case "failure":
      return ending.type === "error" ? undefined : "a success";
    case "refusal":
      return status === 400 ? undefined : `status ${status}`;
    case "either":
      return undefined;
    default:
      return planned.verdict satisfies never;
  }
}

/** The error's code, where the answer is one. */
export function readErrorCode(outcome: Outcome): string | undefined {
  if (outcome.type !== "answered") return undefined;
  const ending = readEnding(outcome.status, outcome.body.toString());
  return ending.type === "error" ? `${outcome.status} ${ending.code}` : undefined;
}

function readEnding(status: number, text: string): Ending {
  if (text.startsWith("{")) {
    const value = parseJson(text);
    if (!isRecord(value)) return { type: "cut" };
    if (isRecord(value["error"])) return toError(value["error"]);
    return { type: status === 200 && Array.isArray(value["choices"]) ? "complete" : "cut" };
  }
  if (!text.endsWith("\n\n")) return { type: "cut" };
  const records = text.slice(0, -2).split("\n\n");
  const last = records.at(-1) ?? "";
  const value = parseJson(last.replace(/^data: /, ""));
  const hasFinish = records.some((record) => /"finish_reason":"/.test(record));
  if (isRecord(value) && isRecord(value["error"])) return hasFinish ? { type: "cut" } : toError(value["error"]);
  return { type: last === "data: [DONE]" && hasFinish ? "complete" : "cut" };
}

function toError(error: Readonly<Record<string, unknown>>): Ending {
  return { type: "error", code: String(error["code"] ?? error["type"]) };
}
