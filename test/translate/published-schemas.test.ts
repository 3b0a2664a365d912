import { Cabidela } from "@cloudflare/cabidela";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OPENAI_CHAT_SCHEMA } from "../../src/emulator/validation/openai-chat-schema.ts";
import { GatewayError } from "../../src/errors.ts";
import type { JsonRecord } from "../../src/json.ts";
import type { ModelEntry } from "../../src/models/model.ts";
import type { ModelCall } from "../../src/translate/inputs.ts";
import llama31Schema from "../fixtures/workers-ai-schemas/llama-3.1-70b-instruct.input.json";
import llama33Schema from "../fixtures/workers-ai-schemas/llama-3.3-70b-instruct-fp8-fast.input.json";
import { chatBody, completionBody } from "./request-arbitrary.ts";
import { chatCalls, gemma, gptOss, llama31, llama33, promptCalls, unknown } from "./support.ts";

/** The validator changes the schema that it is given. */
function validatorOf(schema: object): Cabidela {
  return new Cabidela(structuredClone(schema), { fullErrors: true });
}

const [oldNative, newNative, openai] = [llama31Schema, llama33Schema, OPENAI_CHAT_SCHEMA].map(validatorOf);

/** Each model with the validators whose schemas its inputs have to keep to. */
const models: readonly (readonly [string, ModelEntry, readonly (Cabidela | undefined)[]])[] = [
  ["llama-3.3, by its own schema", llama33, [newNative]],
  ["llama-3.1, by its own schema", llama31, [oldNative]],
  ["gemma-4, by OpenAI's fields", gemma, [openai]],
  ["gpt-oss, by OpenAI's fields", gptOss, [openai]],
];
/** Of an unknown model nobody knows which it is. */
const unknownChat = [newNative, oldNative, openai];
const unknownPrompt = [newNative, oldNative];

const bounds = { seed: 20_261_121, numRuns: 400 };

/** How many requests were translated and how many refused. */
interface Tally {
  translated: number;
  refused: number;
}

/**
 * Checks every call that may be made for a request: the first, the one with a lower limit, and the second try after an
 * answer of no use.
 */
function check(
  translate: () => readonly ModelCall[],
  validators: readonly (Cabidela | undefined)[],
  tally: Tally,
): void {
  let calls: readonly ModelCall[];
  try {
    calls = translate();
  } catch (error) {
    if (!(error instanceof GatewayError) || error.param === undefined) throw error;
    tally.refused += 1;
    return;
  }
  tally.translated += 1;
  const useless = { text: "", reasoning: "", toolCalls: [], finishReason: "stop", usage: undefined } as const;
  for (const call of calls) {
    const again = call.requirement?.repair(useless, "it is not JSON");
    for (const { inputs } of [call, call.withLowerLimit?.(), again].filter((each) => each !== undefined)) {
      // As the binding sends them: `undefined` is left out.
      const sent: unknown = JSON.parse(JSON.stringify(inputs));
      for (const validator of validators) validator?.validate(sent);
    }
  }
}

function run(
  body: fc.Arbitrary<JsonRecord>,
  translate: (body: JsonRecord) => readonly ModelCall[],
  validators: readonly (Cabidela | undefined)[],
): Tally {
  const tally = { translated: 0, refused: 0 };
  fc.assert(
    fc.property(body, (given) => check(() => translate(given), validators, tally)),
    bounds,
  );
  return tally;
}

describe("the published schemas", () => {
  it.each([
    ["null content", { messages: [{ role: "assistant", content: null }] }],
    ["seed 0", { messages: [{ role: "user", content: "Hi" }], seed: 0 }],
    ["a null limit", { messages: [{ role: "user", content: "Hi" }], max_tokens: null }],
    ["an empty prompt", { prompt: "" }],
    ["a prompt beside messages", { prompt: "Hi", messages: [{ role: "user", content: "Hi" }] }],
  ])("refuse %s", (_fact, inputs) => {
    for (const validator of [oldNative, newNative]) expect(() => validator?.validate(inputs)).toThrow("'/");
  });
});

describe("any chat request", () => {
  it.each([...models, ["an unknown model, by all of them", unknown, unknownChat] as const])(
    "becomes inputs of %s, or is refused with the member at fault",
    (_fact, entry, validators) => {
      const { translated, refused } = run(chatBody, (body) => chatCalls(body, entry), validators);
      // The property says nothing if next to nothing is translated.
      expect(translated).toBeGreaterThan(80);
      expect(refused).toBeGreaterThan(10);
    },
  );
});

describe("any text completion request", () => {
  it.each([...models, ["an unknown model, by the native ones", unknown, unknownPrompt] as const])(
    "becomes inputs of %s, or is refused with the member at fault",
    (_fact, entry, validators) => {
      const { translated, refused } = run(completionBody, (body) => promptCalls(body, entry), validators);
      expect(translated).toBeGreaterThan(80);
      expect(refused).toBeGreaterThan(10);
    },
  );
});
