import { describe, expect, it } from "vitest";
import { GatewayError } from "../../src/errors.ts";
import type { JsonRecord } from "../../src/json.ts";
import { catalogue } from "../../src/models/catalogue.ts";
import type { ModelEntry } from "../../src/models/model.ts";
import type { ModelCall } from "../../src/translate/inputs.ts";
import { supportedParameters } from "../../src/translate/parameter-support.ts";
import { chatCall, promptCall } from "./support.ts";

const live = catalogue.filter(({ task, retired }) => task === "text-generation" && retired === undefined);
const tools = [{ type: "function", function: { name: "f" } }];

/** For each parameter a request that asks for it, in a value that every range has. */
const asks: readonly (readonly [string, JsonRecord])[] = [
  ["temperature", { temperature: 0.5 }],
  ["top_p", { top_p: 0.5 }],
  ["top_k", { top_k: 5 }],
  ["seed", { seed: 5 }],
  ["frequency_penalty", { frequency_penalty: 0.5 }],
  ["presence_penalty", { presence_penalty: 0.5 }],
  ["repetition_penalty", { repetition_penalty: 1.1 }],
  ["stop", { stop: "x" }],
  ["n", { n: 2 }],
  ["max_tokens", { max_tokens: 5 }],
  ["max_completion_tokens", { max_completion_tokens: 5 }],
  ["tools", { tools }],
  ["tool_choice", { tools, tool_choice: "required" }],
  ["parallel_tool_calls", { tools, parallel_tool_calls: false }],
  ["functions", { functions: [{ name: "f" }] }],
  ["response_format", { response_format: { type: "json_object" } }],
  ["logit_bias", { logit_bias: { "1": 1 } }],
  ["logprobs", { logprobs: true }],
  ["top_logprobs", { logprobs: true, top_logprobs: 1 }],
  ["store", { store: true }],
  ["metadata", { metadata: { a: "b" } }],
  ["service_tier", { service_tier: "flex" }],
  ["verbosity", { verbosity: "low" }],
  ["prediction", { prediction: {} }],
  ["web_search_options", { web_search_options: {} }],
  ["audio", { audio: {} }],
];

/** Whether the parameter has its effect, by the model or by the gateway. */
function isServed(parameter: string, translate: () => ModelCall): boolean {
  try {
    return translate().parameters.get(parameter) !== "ignored";
  } catch (error) {
    if (error instanceof GatewayError && error.kind === "unsupported_parameter") return false;
    throw error;
  }
}

function listed(parameter: string, entries: readonly ModelEntry[]): string[] {
  return entries.filter((entry) => supportedParameters(entry).includes(parameter)).map(({ id }) => id);
}

describe("the supported parameters of a model", () => {
  it.each(asks)("name %s exactly where it has its effect", (parameter, body) => {
    const served = live.filter((entry) => isServed(parameter, () => chatCall(body, entry)));
    expect(listed(parameter, live)).toEqual(served.map(({ id }) => id));
  });

  it("name suffix exactly where a text completion takes one", () => {
    const served = live.filter((entry) => isServed("suffix", () => promptCall({ suffix: "end" }, entry)));
    expect(listed("suffix", live)).toEqual(served.map(({ id }) => id));
  });

  it("name reasoning_effort exactly where some of its levels makes a difference", () => {
    const levels = ["none", "low", "high"];
    const served = live.filter(
      (entry) =>
        new Set(levels.map((effort) => JSON.stringify(chatCall({ reasoning_effort: effort }, entry).inputs))).size > 1,
    );
    expect(listed("reasoning_effort", live)).toEqual(served.map(({ id }) => id));
  });
});
