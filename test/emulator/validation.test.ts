import { describe, expect, it } from "vitest";
import { ask, GEMMA, LLAMA_31, LLAMA_33, PLAIN, run } from "./support.ts";
import type { JsonObject } from "../../src/emulator/json-value.ts";

const USER = { role: "user", content: "Hello" };
const TOOL = {
  type: "function",
  function: { name: "now", description: "Tells the time.", parameters: { type: "object", properties: {} } },
};

async function refusal(model: string, inputs: JsonObject): Promise<string> {
  const response = await run(model, inputs, { ...PLAIN, serveRetired: true });
  const body: { internalCode?: number; description?: string } = await response.json();
  return response.ok ? "accepted" : `${response.status} ${body.internalCode}: ${body.description}`;
}

const NO_MATCH = "400 5006: Error: oneOf at '/' not met, 0 matches: ";

describe("the native schema", () => {
  it.each<[string, JsonObject, string]>([
    [
      "null content",
      { messages: [USER, { role: "assistant", content: null }] },
      `${NO_MATCH}required properties at '/' are 'prompt', Type mismatch of '/messages/1/content', 'string' not in 'null'`,
    ],
    [
      "missing content",
      { messages: [USER, { role: "assistant" }] },
      `${NO_MATCH}required properties at '/' are 'prompt', required properties at '/messages/1' are 'role,content'`,
    ],
    [
      "parts as content",
      { messages: [{ role: "user", content: [{ type: "text", text: "Hello" }] }] },
      `${NO_MATCH}required properties at '/' are 'prompt', Type mismatch of '/messages/0/content', 'string' not in 'array'`,
    ],
    [
      "a null number",
      { messages: [USER], max_tokens: null },
      `${NO_MATCH}Type mismatch of '/max_tokens', 'integer' not in 'null'`,
    ],
    [
      "half a token",
      { messages: [USER], max_tokens: 1.5 },
      `${NO_MATCH}Type mismatch of '/max_tokens', 'integer' not in 'number'`,
    ],
    ["a seed of 0", { messages: [USER], seed: 0 }, `${NO_MATCH}'/seed' must be >= 1`],
    ["too hot a temperature", { messages: [USER], temperature: 6 }, `${NO_MATCH}'/temperature' must be <= 5`],
    ["prompt and messages", { prompt: "Hello", messages: [USER] }, "400 5006: Error: oneOf at '/' not met, 2 matches"],
    [
      "an empty prompt",
      { prompt: "" },
      `${NO_MATCH}Length of '/prompt' must be >= 1 not met, required properties at '/' are 'messages'`,
    ],
  ])("refuses %s", async (_, inputs, expected) => {
    for (const model of [LLAMA_33, LLAMA_31]) expect(await refusal(model, inputs)).toBe(expected);
  });

  it("passes members that it does not declare", async () => {
    expect(await refusal(LLAMA_33, { messages: [USER], stop: "x", n: 3, user: "me" })).toBe("accepted");
  });

  it("accepts an empty assistant text with tool calls, and the tool's answer", async () => {
    const call = { id: "call_1", type: "function", function: { name: "now", arguments: "{}" } };
    const messages = [
      USER,
      { role: "assistant", content: "", tool_calls: [call] },
      { role: "tool", tool_call_id: "call_1", content: "noon" },
    ];
    expect(await refusal(LLAMA_33, { messages, tools: [TOOL] })).toBe("accepted");
  });
});

describe("the serving layer of native models", () => {
  it("refuses a response format of type text", async () => {
    expect(await refusal(LLAMA_33, { messages: [USER], response_format: { type: "text" } })).toBe(
      "400 5006: Error: enum text not in json_object,json_schema at '/response_format/type'",
    );
  });

  it("refuses a streamed JSON schema with 5023", async () => {
    const inputs = {
      messages: [USER],
      stream: true,
      response_format: { type: "json_schema", json_schema: { type: "object" } },
    };
    expect(await refusal(LLAMA_33, inputs)).toBe("400 5023: JSON Schema mode is not supported with stream mode.");
  });

  it("refuses a nullable type union with 5024", async () => {
    const json_schema = { type: "object", properties: { name: { type: ["string", "null"] } } };
    expect(await refusal(LLAMA_33, { messages: [USER], response_format: { type: "json_schema", json_schema } })).toBe(
      "400 5024: JSON Mode couldn't be met.",
    );
  });

  it("refuses a JSON schema with 5025 on a model that knows none", async () => {
    const inputs = { messages: [USER], response_format: { type: "json_schema", json_schema: { type: "object" } } };
    expect(await refusal("@cf/meta/llama-3.1-8b-instruct-fp8", inputs)).toBe(
      "400 5025: This model doesn't support JSON Schema.",
    );
  });

  it("refuses an answer that cannot fit the context window with 5021 and both numbers", async () => {
    expect(await refusal(LLAMA_33, { messages: [USER], max_tokens: 24_000 })).toMatch(
      /^413 5021: The estimated number of input and maximum output tokens \(240\d\d\) exceeded this model context window limit \(24000\)\.$/,
    );
  });

  it("refuses an empty list of tools", async () => {
    for (const model of [LLAMA_33, GEMMA]) {
      expect(await refusal(model, { messages: [USER], tools: [] })).toBe(
        "400 5006: Error: '/tools' must not be an empty array",
      );
    }
  });

  it("refuses a description that is no text with 8001", async () => {
    expect(
      await refusal(LLAMA_33, {
        messages: [USER],
        tools: [{ type: "function", function: { name: "now", description: false } }],
      }),
    ).toBe("400 8001: Invalid input");
  });
});

describe("OpenAI-shaped models", () => {
  it("accept null content, parts, null parameters and the whole field set", async () => {
    const messages = [
      { role: "developer", content: [{ type: "text", text: "Be brief." }] },
      {
        role: "user",
        content: [
          { type: "text", text: "Hello" },
          { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } },
        ],
      },
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "a", type: "function", function: { name: "now", arguments: "{}" } }],
      },
      { role: "tool", tool_call_id: "a", content: "noon" },
    ];
    const fields = {
      temperature: null,
      seed: 0,
      stop: ["x"],
      n: 1,
      logprobs: null,
      stream_options: null,
      tool_choice: "auto",
      parallel_tool_calls: true,
      user: "me",
      response_format: { type: "text" },
      max_completion_tokens: 9,
    };
    expect(await refusal(GEMMA, { messages, tools: [TOOL], ...fields })).toBe("accepted");
  });

  it("refuse a missing list of messages by name", async () => {
    expect(await refusal(GEMMA, { input: "Hello" })).toBe("400 5006: Error: required properties at '/' are 'messages'");
  });

  it("refuse a wrong type and a value out of range", async () => {
    expect(await refusal(GEMMA, { messages: [USER], temperature: 3 })).toBe(
      "400 5006: Error: '/temperature' must be <= 2",
    );
    expect(await refusal(GEMMA, { messages: [USER], stream: "yes" })).toContain(
      "Type mismatch of '/stream', 'boolean' not in 'string'",
    );
  });

  it("refuse the tool choice any with 8001, and the name of no tool with 8006", async () => {
    expect(await refusal(GEMMA, { messages: [USER], tools: [TOOL], tool_choice: "any" })).toBe(
      "400 8001: Invalid input",
    );
    const tool_choice = { type: "function", function: { name: "later" } };
    expect(await refusal(GEMMA, { messages: [USER], tools: [TOOL], tool_choice })).toBe(
      "400 8006: Invalid data for tool_choice",
    );
  });

  it("refuse a forced call that the reasoning leaves no room for with 8006", async () => {
    const forced = { messages: [USER], tools: [TOOL], tool_choice: "required" };
    expect(await refusal("@cf/openai/gpt-oss-20b", { ...forced, max_tokens: 8 })).toBe(
      "400 8006: Invalid data for tool_choice",
    );
    expect(await refusal("@cf/openai/gpt-oss-20b", { ...forced, max_tokens: 200 })).toBe("accepted");
  });

  it("refuse arguments in the history that are no JSON with 8007", async () => {
    const call = { id: "a", type: "function", function: { name: "now", arguments: "{oops" } };
    const messages = [
      USER,
      { role: "assistant", content: null, tool_calls: [call] },
      { role: "tool", tool_call_id: "a", content: "x" },
    ];
    expect(await refusal(GEMMA, { messages })).toBe(
      '400 8007: {"message":"Assistant tool call function.arguments must be valid JSON.","code":400}',
    );
  });

  it("refuse a tool call in the history that no tool message answers", async () => {
    const call = { id: "a", type: "function", function: { name: "now", arguments: "{}" } };
    expect(
      await refusal(GEMMA, { messages: [USER, { role: "assistant", content: null, tool_calls: [call] }, USER] }),
    ).toContain("400 8007: ");
  });

  it("refuse images where the model has no eyes", async () => {
    const messages = [{ role: "user", content: [{ type: "image_url", image_url: { url: "data:," } }] }];
    expect(await refusal("@cf/openai/gpt-oss-120b", { messages })).toContain("400 8007: ");
  });

  it("refuse a late system message on qwen3.8", async () => {
    expect(
      await refusal("@cf/qwen/qwen3.8-27b", { messages: [USER, { role: "system", content: "Be brief." }] }),
    ).toContain("System message must be at the beginning.");
  });

  it("take the Responses form on gpt-oss alone", async () => {
    expect(await refusal("@cf/openai/gpt-oss-120b", { input: "Hello", instructions: "Be brief." })).toBe("accepted");
  });
});

describe("a vision model with native inputs", () => {
  it("accepts parts beside plain texts", async () => {
    const messages = [
      { role: "system", content: "Be brief." },
      {
        role: "user",
        content: [
          { type: "text", text: "What is it?" },
          { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } },
        ],
      },
    ];
    expect(await refusal("@cf/meta/llama-4-scout-17b-16e-instruct", { messages })).toBe("accepted");
    expect(await refusal("@cf/meta/llama-4-scout-17b-16e-instruct", ask("Hello"))).toBe("accepted");
  });
});
