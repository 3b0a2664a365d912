import { describe, expect, it } from "vitest";
import { createBinding, nativeAnswer } from "../support/binding.ts";
import { readError } from "../support/error-answer.ts";
import { createTestGateway } from "../support/gateway.ts";

const model = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const chat = { model, messages: [{ role: "user", content: "Hello" }] };

function createGateway(answer = "Hi") {
  const binding = createBinding(() => nativeAnswer(answer));
  const gateway = createTestGateway({ binding });
  const send = (body: object | string, headers: Record<string, string> = {}) =>
    gateway.request("/v1/chat/completions", {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
      headers,
    });
  return { binding, send };
}

async function refuse(body: object | string) {
  const { send, binding } = createGateway();
  const error = await readError(await send(body));
  expect(binding.calls).toEqual([]);
  return error;
}

/** Long texts on which patterns have been known to explode. */
function longTexts(size: number): string[] {
  const units = ["a", " ", "\\", "![", "sk-", '{"', "at x (y:1:1)\n", "@cf/"];
  return units.map((unit) => `${unit.repeat(size / unit.length)}!`);
}

/** Milliseconds that all requests with long texts of this size take together. */
async function measure(size: number): Promise<number> {
  const startedAt = performance.now();
  for (const text of longTexts(size)) {
    for (const request of requestsWith(text)) {
      const response = await createGateway().send(request, { "x-flaregate-strict": "true" });
      expect(response.status).toBeLessThan(500);
      await response.text();
    }
  }
  return performance.now() - startedAt;
}

describe("the members of a request", () => {
  it.each([
    ["no messages", { messages: [] }, "messages"],
    ["messages missing", { messages: undefined }, "messages"],
    ["a wrong role", { messages: [{ role: "robot", content: "a" }] }, "messages[0].role"],
    ["null as user content", { messages: [{ role: "user", content: null }] }, "messages[0].content"],
  ])("A15: %s is a 400 with the parameter", async (_name, members, param) => {
    expect(await refuse({ ...chat, ...members })).toMatchObject({ status: 400, type: "invalid_request_error", param });
  });

  it.each([
    ["stream", '"true"'],
    ["temperature", '"0.5"'],
    ["temperature", "1e309"],
    ["temperature", "-1e309"],
    ["max_tokens", "-1"],
    ["max_tokens", "1e309"],
    ["n", "1000"],
    ["seed", "1e309"],
  ])("A16: %s: %s is a 400 with the parameter, not converted", async (param, text) => {
    const body = JSON.stringify(chat).replace("{", `{"${param}":${text},`);
    expect(await refuse(body)).toMatchObject({ status: 400, type: "invalid_request_error", param });
  });

  it("A17: members that nobody knows are dropped", async () => {
    const { send, binding } = createGateway();
    expect((await send({ ...chat, new_member: [1], __meta: null, x_vendor: { a: 1 } })).status).toBe(200);
    expect(JSON.stringify(binding.calls)).not.toMatch(/new_member|__meta|x_vendor/);
  });

  it.each([
    "../../etc/passwd",
    "@cf/../../v4/accounts",
    "@cf/meta/llama?x=1",
    "@cf/meta/llama#x",
    "model\r\nx-injected: 1",
    "m".repeat(10_240),
    `@cf/meta/${"m".repeat(10_240)}`,
    "модель",
    "模型",
    "\u202egnp.exe",
    "https://evil.example/@cf/meta/llama",
    "\0",
    " ",
    "__proto__",
    "constructor",
    "hasOwnProperty",
  ])(
    "A18: a model name that is none of Workers AI's is a 404 that reaches no header and no call (%#)",
    async (name) => {
      const { send, binding } = createGateway();
      const response = await send({ ...chat, model: name });
      expect(response.headers.has("x-injected")).toBe(false);
      expect(response.headers.has("x-flaregate-model")).toBe(false);
      const error = await readError(response);
      expect(error).toMatchObject({
        status: 404,
        code: "model_not_found",
        param: "model",
        type: "invalid_request_error",
      });
      expect(error.message.length).toBeLessThan(300);
      expect(error.message).not.toMatch(/[\r\n\0\u202e]/);
      expect(binding.calls).toEqual([]);
    },
  );

  it("A19: long texts in every member take time in proportion to their length", async () => {
    await measure(1000);
    const short = await measure(25_000);
    const long = await measure(200_000);
    // Eight times the text; a pattern that explodes would take at least sixty-four times as long.
    expect(long).toBeLessThan(24 * Math.max(short, 10));
  });

  it.each([
    "http://127.0.0.1/a.png",
    "http://localhost:8787/v1/models",
    "http://[::1]/a.png",
    "http://10.0.0.1/a.png",
    "http://169.254.169.254/latest/meta-data/",
    "http://metadata.google.internal/",
    "file:///etc/passwd",
    "ftp://example.com/a.png",
    "javascript:alert(1)",
    "data:text/html;base64,PGh0bWw+",
    "//example.com/a.png",
    "a.png",
    " ",
  ])("A21: an image at %s is not fetched: 400", async (url) => {
    const messages = [{ role: "user", content: [{ type: "image_url", image_url: { url } }] }];
    const error = await refuse({ model: "@cf/meta/llama-4-scout-17b-16e-instruct", messages });
    expect(error).toMatchObject({ status: 400, param: "messages[0].content[0].image_url.url" });
  });

  it("A20: schemas with huge lists and recursive references are passed on as data", async () => {
    const schema = {
      type: "object",
      properties: { node: { $ref: "#" }, choice: { enum: Array.from({ length: 20_000 }, (_, index) => `v${index}`) } },
      $defs: { a: { $ref: "#/$defs/b" }, b: { $ref: "#/$defs/a" } },
    };
    const { send, binding } = createGateway('{"choice":"v1"}');
    const tools = [{ type: "function", function: { name: "f", parameters: schema } }];
    expect((await send({ ...chat, tools })).status).toBe(200);
    expect(binding.calls[0]?.inputs).toMatchObject({ tools: [{ function: { parameters: schema } }] });
    const response_format = { type: "json_schema", json_schema: { name: "n", schema } };
    expect((await send({ ...chat, response_format })).status).toBe(200);
  });
});

/** Requests with the same long text in one member after the other. */
function requestsWith(text: string): object[] {
  const request = { model, messages: [{ role: "user", content: "Hello" }] };
  const message = (members: object) => ({ model, messages: [{ role: "user", content: "Hello", ...members }] });
  return [
    { ...request, model: text },
    message({ role: text }),
    message({ content: text }),
    message({ name: text }),
    message({ content: [{ type: text, text }] }),
    message({ content: [{ type: "text", text }] }),
    message({ content: [{ type: "image_url", image_url: { url: text } }] }),
    message({ content: [{ type: "image_url", image_url: { url: `data:image/png;base64,${text}` } }] }),
    message({
      role: "assistant",
      content: null,
      tool_calls: [{ id: text, function: { name: text, arguments: text } }],
    }),
    message({ role: "tool", tool_call_id: text }),
    { ...request, stop: text, user: text, prompt_cache_key: text, lora: text },
    { ...request, tools: [{ type: "function", function: { name: text } }] },
    {
      ...request,
      tools: [{ type: "function", function: { name: "f", description: text, parameters: { [text]: text } } }],
    },
    { ...request, tool_choice: text },
    { ...request, response_format: { type: text } },
    { ...request, response_format: { type: "json_schema", json_schema: { name: text, schema: {} } } },
    { ...request, reasoning_effort: text, service_tier: text, metadata: { [text]: text } },
    { ...request, models: [text] },
    { ...request, [text]: text },
  ];
}
