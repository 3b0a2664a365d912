import * as fc from "fast-check";
import { expect, it } from "vitest";
import { createEmulatorBinding } from "../../src/emulator/binding.ts";
import { GEMMA, LLAMA_33 } from "./support.ts";

const binding = createEmulatorBinding({ seed: 1 });

async function statusOf(model: string, inputs: Readonly<Record<string, unknown>>): Promise<number> {
  const signal = new AbortController().signal;
  const response = await binding.run(model, inputs, { returnRawResponse: true, signal });
  await response.text();
  return response.status;
}

const schema = fc.letrec((tie) => ({
  nested: fc.oneof({ maxDepth: 3, withCrossShrink: true }, fc.constant({}), tie("schema")),
  schema: fc.record(
    {
      type: fc.oneof(
        fc.constantFrom("string", "number", "integer", "boolean", "object", "array", "null", "odd"),
        fc.constant(["string", "null"]),
        fc.jsonValue(),
      ),
      properties: fc.dictionary(
        fc.oneof(fc.constantFrom("city", "date", "email", "n", "items", "on", "to", "query", "name"), fc.string()),
        tie("nested"),
        { maxKeys: 3 },
      ),
      required: fc.oneof(fc.array(fc.constantFrom("city", "n", "items"), { maxLength: 2 }), fc.jsonValue()),
      items: tie("nested"),
      enum: fc.oneof(fc.array(fc.jsonValue(), { maxLength: 3 }), fc.jsonValue()),
      anyOf: fc.array(tie("nested"), { maxLength: 2 }),
      $ref: fc.constantFrom("#", "#/properties/city", "#/$defs/x", "elsewhere", "#/%"),
      minItems: fc.integer({ min: -1, max: 4 }),
      minLength: fc.integer({ min: -1, max: 40 }),
      maxLength: fc.integer({ min: -1, max: 40 }),
      minimum: fc.double(),
      multipleOf: fc.constantFrom(0, 0.1, 5, -1),
      pattern: fc.constantFrom("^a+$", "(", "[^]", "\\d{3}-\\w|x", "(a|b){2}"),
      format: fc.constantFrom("date", "email", "uuid", "odd"),
    },
    { requiredKeys: [] },
  ),
})).schema;

const message = fc.oneof(
  fc.constantFrom(
    "What is the weather in Paris on 2026-01-02 for 3 people?",
    'Say "x" to a@b.co, then add 2 and 3',
    "",
  ),
  fc.string({ unit: "grapheme", maxLength: 60 }),
);

it("any message, tools and schema lead to an answer or a refusal, never to an exception", async () => {
  await fc.assert(
    fc.asyncProperty(
      message,
      schema,
      fc.string(),
      fc.constantFrom(LLAMA_33, GEMMA),
      fc.constantFrom("auto", "required"),
      async (content, parameters, name, model, tool_choice) => {
        const tools = [{ type: "function", function: { name, description: "The weather", parameters } }];
        const shared = { messages: [{ role: "user", content }], max_tokens: 200 };
        expect(await statusOf(model, { ...shared, tools, tool_choice, stream: true })).toBeLessThan(500);
        expect(
          await statusOf(model, { ...shared, response_format: { type: "json_schema", json_schema: parameters } }),
        ).toBeLessThan(500);
      },
    ),
    { numRuns: 150, seed: 7 },
  );
});

it("any JSON as inputs leads to an answer or a refusal, never to an exception", async () => {
  const field = fc.constantFrom(
    "messages",
    "prompt",
    "tools",
    "response_format",
    "max_tokens",
    "stream",
    "stop",
    "tool_choice",
    "seed",
    "input",
    "text",
    "contexts",
  );
  const part = fc.oneof(
    fc.jsonValue(),
    fc.array(
      fc.record(
        { role: fc.constantFrom("user", "assistant", "tool"), content: fc.jsonValue(), tool_calls: fc.jsonValue() },
        { requiredKeys: [] },
      ),
    ),
  );
  const models = fc.constantFrom(
    LLAMA_33,
    GEMMA,
    "@cf/openai/gpt-oss-20b",
    "@cf/baai/bge-m3",
    "@cf/meta/llama-guard-3-8b",
    "@emulator/tool-fragments",
    "@emulator/streamed",
  );
  await fc.assert(
    fc.asyncProperty(models, fc.dictionary(field, part, { maxKeys: 4 }), async (model, inputs) => {
      expect(await statusOf(model, inputs)).toBeLessThan(500);
    }),
    { numRuns: 300, seed: 7 },
  );
});
