import * as fc from "fast-check";
import type { JsonRecord } from "../../src/json.ts";

/** Chat and text completion requests as clients write them: every member there, absent or null, in OpenAI's ranges. */

const text = fc.oneof(
  { weight: 8, arbitrary: fc.string({ maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 10 }) },
  { weight: 1, arbitrary: fc.constantFrom("", " ", "null", "{}", "😀".repeat(20), "word ".repeat(200)) },
);
const name = fc.stringMatching(/^[a-zA-Z0-9_-]{1,12}$/);

/** There, null or absent. */
type Maybe = { readonly [key: string]: fc.Arbitrary<unknown> };

function members(optional: Maybe, required: Maybe = {}): fc.Arbitrary<JsonRecord> {
  const all = {
    ...Object.fromEntries(Object.entries(optional).map(([key, value]) => [key, fc.option(value)])),
    ...required,
  };
  return fc.record(all, { requiredKeys: Object.keys(required), noNullPrototype: true });
}

const textParts = fc.array(members({}, { type: fc.constant("text"), text }), { minLength: 1, maxLength: 3 });
const textContent = fc.oneof(text, textParts);
const image = fc.record({
  type: fc.constant("image_url"),
  image_url: fc.record({ url: fc.constantFrom("data:image/png;base64,iVBORw0KGgo=", "https://example.org/a.png") }),
});
const otherPart = fc.constantFrom(
  { type: "input_audio", input_audio: { data: "aGk=", format: "wav" } },
  { type: "file", file: { file_id: "file_1" } },
);
const userParts = fc.array(
  fc.oneof(
    { weight: 20, arbitrary: fc.record({ type: fc.constant("text"), text }) },
    { weight: 3, arbitrary: image },
    { weight: 1, arbitrary: otherPart },
  ),
  { minLength: 1, maxLength: 3 },
);

const jsonText = fc.oneof(fc.json({ maxDepth: 2 }), text);

function toolTurn(id: string): fc.Arbitrary<readonly JsonRecord[]> {
  const call = fc.oneof(
    fc.record({
      id: fc.constant(id),
      type: fc.constant("function"),
      function: fc.record({ name, arguments: jsonText }),
    }),
    fc.record({ id: fc.constant(id), type: fc.constant("custom"), custom: fc.record({ name, input: text }) }),
    fc.record({ id: fc.constant(id), function: fc.record({ name, arguments: jsonText }) }),
  );
  const content = fc.option(textContent);
  return fc.tuple(call, content, textContent, fc.boolean()).map(([made, said, result, isEchoed]) => [
    {
      role: "assistant",
      content: said,
      tool_calls: [made],
      ...(isEchoed && { refusal: null, annotations: [], audio: null }),
    },
    { role: "tool", tool_call_id: id, content: result },
  ]);
}

const turn: fc.Arbitrary<readonly JsonRecord[]> = fc.oneof(
  members({ name }, { role: fc.constantFrom("system", "developer"), content: textContent }).map((message) => [message]),
  members({ name }, { role: fc.constant("user"), content: fc.oneof(text, userParts) }).map((message) => [message]),
  members(
    { name, refusal: text, reasoning_content: text },
    { role: fc.constant("assistant"), content: textContent },
  ).map((message) => [message]),
  members({ content: textContent }, { role: fc.constant("assistant"), refusal: text }).map((message) => [message]),
  fc.string({ minLength: 1, maxLength: 12 }).chain(toolTurn),
  fc.tuple(name, jsonText, fc.option(text)).map(([called, given, content]) => [
    { role: "assistant", content: null, function_call: { name: called, arguments: given } },
    { role: "function", name: called, content },
  ]),
);

const schema: fc.Arbitrary<JsonRecord> = fc.constantFrom<JsonRecord>(
  {},
  { type: "object", properties: { a: { type: ["string", "null"] } }, required: ["a"], additionalProperties: false },
  { type: "object", properties: { list: { type: "array", items: { anyOf: [{ type: "number" }, { type: "null" }] } } } },
  { type: "object", properties: { next: { $ref: "#" } } },
  { $ref: "#/$defs/absent" },
);
const functionTool = fc.record({
  type: fc.constant("function"),
  function: members({ description: text, parameters: schema, strict: fc.boolean() }, { name }),
});
const grammar = { type: "grammar", grammar: { syntax: "regex", definition: "a+" } };
const customTool = fc.record({
  type: fc.constant("custom"),
  custom: members({ description: text, format: fc.constantFrom({ type: "text" }, grammar) }, { name }),
});
const tools = fc.array(fc.oneof({ weight: 4, arbitrary: functionTool }, { weight: 1, arbitrary: customTool }), {
  maxLength: 3,
});

/** A choice, most of the time of a tool that is offered. */
function toolChoice(offered: unknown): fc.Arbitrary<unknown> {
  const first: unknown = Array.isArray(offered) ? offered[0] : undefined;
  const named = fc.oneof(
    { weight: 4, arbitrary: fc.constant(first ?? { type: "function", function: { name: "absent" } }) },
    { weight: 1, arbitrary: fc.constant({ type: "function", function: { name: "absent" } }) },
  );
  const allowed = fc.tuple(fc.constantFrom("auto", "required"), named).map(([mode, tool]) => ({
    type: "allowed_tools",
    allowed_tools: { mode, tools: [tool] },
  }));
  return fc.oneof(fc.constantFrom("none", "auto", "required"), named, allowed);
}

const format = fc.oneof(
  fc.constantFrom({ type: "text" }, { type: "json_object" }),
  fc.record({
    type: fc.constant("json_schema"),
    json_schema: members({ description: text, strict: fc.boolean(), schema }, { name }),
  }),
);

function double(min: number, max: number): fc.Arbitrary<number> {
  return fc.oneof(fc.double({ min, max, noNaN: true }), fc.constantFrom(min, max, 0));
}

const tokens = fc.oneof(fc.integer({ min: 1, max: 200_000 }), fc.constantFrom(1, 24_000));
const stop = fc.oneof(text, fc.array(text, { maxLength: 4 }));

const sampling: Maybe = {
  temperature: double(0, 2),
  top_p: double(0, 1),
  frequency_penalty: double(-2, 2),
  presence_penalty: double(-2, 2),
  seed: fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.constantFrom(0, -1, 2 ** 63, -(2 ** 63))),
  n: fc.integer({ min: 1, max: 3 }),
  stop,
  stream: fc.boolean(),
  stream_options: members({ include_usage: fc.boolean() }),
  logit_bias: fc.constantFrom({}, { "50256": -100 }),
  user: text,
  top_k: fc.integer({ min: 1, max: 100 }),
  repetition_penalty: double(0, 2),
  raw: fc.boolean(),
  lora: name,
};

/** Members that make a request be refused stay rare, or nothing else would be seen. */
const rare: Maybe = {
  logprobs: fc.constantFrom(false, false, false, true),
  modalities: fc.constantFrom(["text"], ["text"], ["text", "audio"]),
};

const chatMembers = members({
  ...sampling,
  ...rare,
  max_tokens: tokens,
  max_completion_tokens: tokens,
  parallel_tool_calls: fc.boolean(),
  response_format: format,
  reasoning_effort: fc.constantFrom("none", "minimal", "low", "medium", "high", "xhigh", "max"),
  store: fc.boolean(),
  metadata: fc.constant({ a: "b" }),
  service_tier: fc.constantFrom("auto", "flex"),
  verbosity: fc.constantFrom("low", "medium"),
});

export const chatBody: fc.Arbitrary<JsonRecord> = fc
  .tuple(fc.array(turn, { minLength: 1, maxLength: 5 }), chatMembers, fc.option(tools, { nil: undefined, freq: 1 }))
  .chain(([turns, others, offered]) =>
    fc
      .option(toolChoice(offered), { nil: undefined, freq: 1 })
      .map((choice) => ({ ...others, messages: turns.flat(), tools: offered, tool_choice: choice })),
  );

export const completionBody: fc.Arbitrary<JsonRecord> = members({
  ...sampling,
  prompt: fc.oneof(
    text,
    fc.array(text, { minLength: 1, maxLength: 3 }),
    fc.array(fc.nat(), { minLength: 1, maxLength: 2 }),
  ),
  max_tokens: fc.integer({ min: 0, max: 200_000 }),
  suffix: fc.constantFrom("", "", "end"),
  echo: fc.boolean(),
  best_of: fc.integer({ min: 0, max: 3 }),
});
