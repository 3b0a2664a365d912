import { describe, expect, it } from "vitest";
import type { Completion } from "../../src/completion/collect.ts";
import type { JsonRecord } from "../../src/json.ts";
import type { ModelEntry } from "../../src/models/model.ts";
import type { ModelCall } from "../../src/translate/inputs.ts";
import { chatCall, gemma, gptOss, llama33, plain, refusalOf, reportOf, unknown } from "./support.ts";

const schema = {
  type: "object",
  properties: { city: { type: "string" }, rain: { type: ["number", "null"] } },
  required: ["city", "rain"],
  additionalProperties: false,
};
/** The same as native models take it. */
const bare = { ...schema, properties: { city: { type: "string" }, rain: { type: "number" } }, required: ["city"] };
const strict = { type: "json_schema", json_schema: { name: "weather", strict: true, schema } };
const loose = { type: "json_schema", json_schema: { name: "weather", schema } };
const object = { type: "json_object" };

interface FormatRow {
  readonly fact: string;
  readonly entry: ModelEntry;
  readonly format: JsonRecord;
  readonly stream: boolean;
  readonly sent: unknown;
  /** Whether the upstream is asked for a stream. */
  readonly isStreamed: boolean;
  readonly isChecked: boolean;
  readonly isInstructed: boolean;
  readonly report: string;
}

function row(
  [fact, entry, format, stream]: readonly [string, ModelEntry, JsonRecord, boolean],
  sent: unknown,
  [isStreamed, isChecked, isInstructed]: readonly [boolean, boolean, boolean],
  report: string,
): FormatRow {
  return { fact, entry, format, stream, sent, isStreamed, isChecked, isInstructed, report };
}

const nativeSchema = { type: "json_schema", json_schema: bare };
const emulated = "response_format=emulated";

const rows: readonly FormatRow[] = [
  row(["text is the absence of a format", llama33, { type: "text" }, true], undefined, [true, false, false], ""),
  row(["text, elsewhere", gemma, { type: "text" }, false], undefined, [false, false, false], ""),
  row(["a native JSON mode", llama33, object, false], object, [false, true, false], ""),
  row(["a native JSON mode is run whole for a stream", llama33, object, true], object, [false, true, false], emulated),
  row(["a native schema is bare", llama33, strict, false], nativeSchema, [false, true, false], ""),
  row(["a native schema without strict", llama33, loose, false], nativeSchema, [false, true, false], ""),
  row(
    ["a native schema is run whole for a stream", llama33, strict, true],
    nativeSchema,
    [false, true, false],
    emulated,
  ),
  row(["OpenAI's JSON mode", gemma, object, false], object, [false, true, false], ""),
  row(["OpenAI's JSON mode streams as it comes", gemma, object, true], object, [true, false, false], ""),
  row(["OpenAI's envelope", gemma, loose, false], loose, [false, true, false], ""),
  row(["OpenAI's envelope streams as it comes", gemma, loose, true], loose, [true, false, false], ""),
  row(["a strict envelope is read whole and checked", gemma, strict, true], strict, [true, true, false], ""),
  row(["JSON mode without schemas", gptOss, object, true], object, [true, false, false], ""),
  row(["a schema in words", gptOss, strict, true], undefined, [true, true, true], emulated),
  row(["no JSON mode at all", plain, object, false], undefined, [false, true, true], emulated),
  row(["no JSON mode, streamed", plain, loose, true], undefined, [true, true, true], emulated),
  row(["an unknown model", unknown, strict, false], undefined, [false, true, true], emulated),
];

describe("response_format", () => {
  it.each(rows)("$fact ($format.type, stream $stream)", (given) => {
    const call = chatCall({ response_format: given.format, stream: given.stream }, given.entry);
    expect(call.inputs["response_format"]).toEqual(given.sent);
    expect(call.inputs["stream"]).toBe(given.isStreamed);
    expect(call.requirement !== undefined).toBe(given.isChecked);
    expect(JSON.stringify(call.inputs["messages"]).includes("Answer only with one JSON object")).toBe(
      given.isInstructed,
    );
    expect(reportOf(call)).toBe(given.report);
  });

  it("keeps the description of a schema in the envelope, and null members out of it", () => {
    const named = { name: "weather", description: "The weather.", strict: null };
    const call = chatCall({ response_format: { type: "json_schema", json_schema: named } }, gemma);
    expect(call.inputs["response_format"]).toEqual({
      type: "json_schema",
      json_schema: { name: "weather", description: "The weather.", schema: {} },
    });
  });

  it("tells the schema in words behind the caller's own system message", () => {
    const messages = [
      { role: "system", content: "Be brief." },
      { role: "user", content: "Weather?" },
    ];
    const [first] = readMessages(chatCall({ messages, response_format: strict }, plain));
    expect(first?.["content"]).toMatch(/^Be brief\.\n\nAnswer only with one JSON object/);
    expect(first?.["content"]).toContain(JSON.stringify(schema));
  });
});

function readMessages({ inputs }: ModelCall): readonly JsonRecord[] {
  const { messages } = inputs;
  return Array.isArray(messages) ? messages : [];
}

function answer(text: string, members: Partial<Completion> = {}): Completion {
  return { text, reasoning: "", toolCalls: [], finishReason: "stop", usage: undefined, ...members };
}

/** The text of an answer as the gateway puts it into its final form, or what is wrong with it. */
function settle(text: string, format: JsonRecord, entry: ModelEntry): string {
  const verdict = chatCall({ response_format: format }, entry).requirement?.check(answer(text), () => "call_1");
  if (verdict === undefined) throw new Error("nothing is checked");
  if (!verdict.isMet) return `problem: ${verdict.problem}`;
  return (verdict.events ?? []).map((event) => (event.type === "text-delta" ? event.text : "")).join("");
}

describe("an answer that has to be JSON", () => {
  it.each<[string, string, JsonRecord, ModelEntry, string]>([
    ["is passed on as the model wrote it", '{ "a": 1 }', object, llama33, '{ "a": 1 }'],
    ["loses the code block around it", '```json\n{"a":1}\n```', object, plain, '{"a":1}'],
    ["loses a nameless code block", '```\n{"a":1}```', object, plain, '{"a":1}'],
    ["loses the space around it", '\n {"a":1}\n', object, plain, '{"a":1}'],
    ["must be JSON", "Sure! {}", object, plain, "problem: it is not JSON"],
    ["must not be empty", "", object, plain, "problem: it is not JSON"],
    ["must be an object in JSON mode", "[1]", object, llama33, "problem: it is not a JSON object"],
    ["must be whole", '{"a":', object, llama33, "problem: it is not JSON"],
    [
      "gets the nulls that a native model leaves out",
      '{"city":"Oslo"}',
      strict,
      llama33,
      '{"city":"Oslo","rain":null}',
    ],
    ["keeps its nulls elsewhere", '{"city":"Oslo","rain":null}', strict, gemma, '{"city":"Oslo","rain":null}'],
    ["need not follow a schema that is not strict", '{"town":1}', loose, gemma, '{"town":1}'],
  ])("%s", (_fact, text, format, entry, expected) => {
    expect(settle(text, format, entry)).toBe(expected);
  });

  it.each([
    ["a member of another type", '{"city":1,"rain":2}', "#/city"],
    ["a member too many", '{"city":"Oslo","rain":2,"x":1}', "x"],
    ["a member too few", '{"rain":2}', "city"],
  ])("breaks a strict schema by %s", (_fact, text, named) => {
    for (const entry of [llama33, gemma, plain]) {
      const problem = settle(text, strict, entry);
      expect(problem).toMatch(/^problem: /);
      expect(problem).toContain(named);
    }
  });

  it("is left alone where it was cut, filtered, or is a tool call", () => {
    const { requirement } = chatCall({ response_format: strict });
    const call = { id: "call_1", name: "f", arguments: "{}" };
    for (const [text, members] of [
      ["{", { finishReason: "length" }],
      ["", { finishReason: "content_filter" }],
      ["", { finishReason: "tool_calls", toolCalls: [call] }],
    ] as const) {
      expect(requirement?.check(answer(text, members), () => "call_2")).toEqual({ isMet: true });
    }
  });

  it("keeps reasoning, usage and whole characters when it leaves in pieces", () => {
    const text = `{"city":"${"😀".repeat(100)}","rain":1}`;
    const usage = {
      promptTokens: 1,
      completionTokens: 2,
      totalTokens: 3,
      cachedTokens: undefined,
      reasoningTokens: undefined,
      neurons: undefined,
    };
    const { requirement } = chatCall({ response_format: strict });
    const verdict = requirement?.check(answer(text, { reasoning: "hm", usage }), () => "call_1");
    const events = verdict?.isMet === true ? (verdict.events ?? []) : [];
    const pieces = events.flatMap((event) => (event.type === "text-delta" ? [event.text] : []));
    expect(pieces.join("")).toBe(text);
    expect(pieces.length).toBeGreaterThan(2);
    for (const piece of pieces) expect(piece.isWellFormed()).toBe(true);
    expect(events[0]).toEqual({ type: "reasoning-delta", text: "hm" });
    expect(events.slice(-2)).toEqual([
      { type: "usage", usage },
      { type: "finish", reason: "stop" },
    ]);
  });

  it("is asked for once more with what was wrong with it", () => {
    const call = chatCall({ response_format: strict });
    const again = call.requirement?.repair(answer("Sure!"), "it is not JSON");
    expect(again?.inputs).toMatchObject({ response_format: nativeSchema, max_tokens: call.maxTokens });
    expect(again && readMessages(again).slice(-2)).toMatchObject([
      { role: "assistant", content: "Sure!" },
      { role: "user", content: expect.stringContaining("it is not JSON") },
    ]);
  });

  it("is asked for again without an empty message where there was none", () => {
    const again = chatCall({ response_format: strict }).requirement?.repair(answer(""), "it is not JSON");
    expect(again && readMessages(again).map(({ role }) => role)).toEqual(["user", "user"]);
  });
});

function callWith(own: JsonRecord, entry: ModelEntry = llama33): ModelCall {
  return chatCall(
    { response_format: { type: "json_schema", json_schema: { ...strict.json_schema, schema: own } } },
    entry,
  );
}

describe("a schema", () => {
  it("that refers to itself in its members is checked", () => {
    const node = { type: "object", properties: { next: { $ref: "#/$defs/node" } }, required: [] };
    const format = { ...strict, json_schema: { ...strict.json_schema, schema: { ...node, $defs: { node } } } };
    expect(settle('{"next":{"next":{}}}', format, gemma)).toBe('{"next":{"next":{}}}');
    expect(settle('{"next":{"next":1}}', format, gemma)).toMatch(/^problem: /);
  });

  it.each([
    ["refers to itself without end", { $ref: "#" }],
    [
      "refers to itself by a detour",
      { $ref: "#/$defs/a", $defs: { a: { $ref: "#/$defs/b" }, b: { $ref: "#/$defs/a" } } },
    ],
    ["refers to nothing", { $ref: "#/$defs/absent" }],
    ["refers to nothing, deep inside", { type: "object", properties: { a: { $ref: "#/$defs/absent" } } }],
    [
      "has a member that refers to itself without end",
      { type: "object", properties: { a: { $ref: "#/$defs/a" } }, $defs: { a: { anyOf: [{ $ref: "#/$defs/a" }] } } },
    ],
  ])("that %s is refused before a model is asked", (_fact, own) => {
    for (const entry of [llama33, gemma, plain]) {
      expect(refusalOf(() => callWith(own, entry))).toMatchObject({
        kind: "invalid_value",
        param: "response_format.json_schema.schema",
      });
    }
  });

  it.each(["(a+)+$", "([a-z]+)*x", "(a|a){20}", "(", "a*b*c*", "b".repeat(300)])(
    "with the expensive or foreign pattern %s leaves it to the model",
    (pattern) => {
      const own = { type: "object", properties: { a: { type: "string", pattern } }, required: ["a"] };
      const format = { ...strict, json_schema: { ...strict.json_schema, schema: own } };
      const text = JSON.stringify({ a: `${"a".repeat(40)}!` });
      expect(settle(text, format, gemma)).toBe(text);
    },
  );

  it("with a cheap pattern is checked with it", () => {
    const own = { type: "object", properties: { a: { type: "string", pattern: "^[0-9]+$" } } };
    const format = { ...strict, json_schema: { ...strict.json_schema, schema: own } };
    expect(settle('{"a":"12"}', format, gemma)).toBe('{"a":"12"}');
    expect(settle('{"a":"x"}', format, gemma)).toMatch(/^problem: /);
  });
});
