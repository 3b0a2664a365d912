import { Cabidela } from "@cloudflare/cabidela";
import { describe, expect, it } from "vitest";
import { describeValidation } from "../../src/workers-ai/validation-message.ts";
import llama31 from "../fixtures/workers-ai-schemas/llama-3.1-70b-instruct.input.json" with { type: "json" };
import llama33 from "../fixtures/workers-ai-schemas/llama-3.3-70b-instruct-fp8-fast.input.json" with { type: "json" };

/** The 2026 form of the schemas, in which a content may also be a list of parts. */
const llama33WithParts: object = structuredClone(llama33);
const content = {
  oneOf: [{ type: "string" }, { type: "array", items: { type: "object", properties: { text: { type: "string" } } } }],
};
replaceContent(llama33WithParts);

/** What Workers AI's own validator says of the inputs. */
function complain(schema: object, inputs: object): string {
  try {
    new Cabidela(structuredClone(schema), { fullErrors: true }).validate(inputs);
    return "";
  } catch (error) {
    return String(error);
  }
}

const user = { role: "user", content: "hi" };

const cases: readonly (readonly [inputs: object, param: string | undefined, reason: RegExp])[] = [
  [{ messages: [user, { role: "assistant", content: null }] }, "messages[1].content", /has to be \w+, and it is null/],
  [{ messages: [user, { role: "assistant" }] }, "messages[1]", /needs role and content/],
  [{ messages: [{ role: 1, content: "x" }] }, "messages[0].role", /has to be string, and it is number/],
  [{ messages: "x" }, "messages", /has to be array, and it is string/],
  [{ messages: [user], max_tokens: null }, "max_tokens", /has to be integer, and it is null/],
  [{ messages: [user], max_tokens: 1.5 }, "max_tokens", /has to be integer, and it is number/],
  [{ messages: [user], top_p: 3 }, "top_p", /must be <= 2/],
  [{ messages: [user], seed: 0 }, "seed", /must be >= 1/],
  [{ messages: [user], temperature: 9 }, "temperature", /must be <= 5/],
  [{ messages: [user], temperature: "1" }, "temperature", /has to be number, and it is string/],
  [{ messages: [user], frequency_penalty: -3 }, "frequency_penalty", /must be >= 0/],
  [{ messages: [user], stream: "yes" }, "stream", /has to be boolean, and it is string/],
  [{ prompt: "" }, "prompt", /length must be >= 1/],
  [{ prompt: ["a"] }, "prompt", /has to be string, and it is array/],
  [{ prompt: "a", lora: 1 }, "lora", /has to be string, and it is number/],
  [{}, undefined, /prompt.*messages/],
  [{ prompt: "a", messages: [user] }, undefined, /2 matches/],
];

describe.each([
  ["llama 3.1", llama31],
  ["llama 3.3", llama33],
  ["llama 3.3 with parts", llama33WithParts],
])("a complaint of the validator over the schema of %s", (_, schema) => {
  it.each(cases)("names the field that is at fault (%j)", (inputs, param, reason) => {
    const description = complain(schema, inputs);
    expect(description).not.toBe("");
    const complaint = describeValidation(description);
    expect(complaint.param).toBe(param);
    expect(complaint.message).toMatch(reason);
    expect(complaint.message).toMatch(/^Workers AI refused/);
  });
});

describe("a complaint in other words", () => {
  it.each([
    ["Length of '/prompt' must be <= 131072", "'prompt': its length must be <= 131072"],
    ["Length of '/prompt' must be > 0", "'prompt': its length must be > 0"],
    ["'/top_k' must be > 10", "'top_k': it must be > 10"],
    ["'/max_tokens' must be <= 4096", "'max_tokens': it must be <= 4096"],
    ["'/temperature' must be >= -2.5", "'temperature': it must be >= -2.5"],
    ["'/seed' must be <= 1e+21", "'seed': it must be <= 1e+21"],
    ["Type mismatch of '/seed', 'integer' not in 'null','string'", "'seed': it has to be integer, and it is null"],
  ])("is told with its bounds: %s", (description, message) => {
    expect(describeValidation(description).message).toBe(`Workers AI refused ${message}.`);
  });

  it.each([
    ["/messages/10/content", "messages[10].content"],
    ["/messages/0/2nd", "messages[0].2nd"],
    ["/messages/0/part2", "messages[0].part2"],
    ["/tools/1/function/name", "tools[1].function.name"],
  ])("names the field %s as %s", (path, param) => {
    expect(describeValidation(`Type mismatch of '${path}', 'string' not in 'null'`).param).toBe(param);
  });

  it.each([
    ["a text in place of a list of parts is noise", "/messages/0/content", "array", "string", undefined],
    ["an object in place of a list is the cause", "/messages/0/content", "array", "object", "messages[0].content"],
    ["a text in place of a number is the cause", "/messages/0/weight", "number", "string", "messages[0].weight"],
    ["a text in place of a list elsewhere is the cause", "/tools", "array", "string", "tools"],
  ])("%s", (_fact, path, expected, actual, param) => {
    expect(describeValidation(`Type mismatch of '${path}', '${expected}' not in '${actual}'`).param).toBe(param);
  });

  it("names the values of an enumeration", () => {
    const description = "oneOf at '/' not met, 0 matches: enum text not in json_object,json_schema";
    expect(describeValidation(description)).toEqual({
      message: "Workers AI refused the request: 'text' is none of json_object, json_schema.",
      param: undefined,
    });
  });

  it("is passed on as it is", () => {
    expect(describeValidation("must not be an empty array").message).toBe(
      "Workers AI refused the request: must not be an empty array",
    );
  });

  it.each([
    "'".repeat(5000),
    "Type mismatch of '".repeat(300),
    "required properties at '/".repeat(200),
    "enum ".repeat(1000),
  ])("costs little time however it is written", (description) => {
    const begin = performance.now();
    describeValidation(description);
    expect(performance.now() - begin).toBeLessThan(200);
  });
});

/** Puts the union in the place of each message's string content. */
function replaceContent(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (key === "content" && typeof member === "object") Object.assign(value, { content });
    else replaceContent(member);
  }
}
