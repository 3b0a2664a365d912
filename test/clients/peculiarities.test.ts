import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { ChatOpenAI } from "@langchain/openai";
import { OpenAIChatCompletionsModel, setTracingDisabled, withTrace } from "@openai/agents";
import { generateText, Output, streamText } from "ai";
import { OpenAI } from "openai";
import { afterEach, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { faultModels } from "../../src/emulator/faults/fault-table.ts";
import type { TestGatewayOptions } from "../support/gateway.ts";
import { API_KEY, BASE_URL, createInProcessGateway, type InProcessFetch } from "./support/in-process.ts";

/** What `docs/clients.md` says of single clients. */

const LLAMA = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
/** Thinks before it answers. */
const GPT_OSS = "@cf/openai/gpt-oss-20b";
const PERSON = "Extract: Ada Lovelace is 36 years old.";
const person = z.object({ name: z.string(), age: z.number().int() });

/** Settings of a client, and what it asked for: path and body. */
function createSettings(gatewayOptions: TestGatewayOptions = {}) {
  const asked: { path: string; body: unknown }[] = [];
  const gateway = createInProcessGateway(gatewayOptions);
  const fetch: InProcessFetch = (input, init) => {
    const path = new URL(input instanceof Request ? input.url : input).pathname;
    asked.push({ path, body: JSON.parse(typeof init?.body === "string" ? init.body : "null") });
    return gateway.fetch(input, init);
  };
  return { asked, settings: { apiKey: API_KEY, baseURL: BASE_URL, fetch } };
}

const hello = [{ role: "user" as const, content: "Hello" }];

/** An answer without usage, as some models give one. */
const noUsage: TestGatewayOptions = { binding: { run: async () => Response.json({ response: "Hi" }) } };

function reasoningOf(message: object | undefined): string {
  return z.object({ reasoning_content: z.string() }).safeParse(message).data?.reasoning_content ?? "";
}

describe("openai", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("the stream helper keeps the last piece of the reasoning, and the chunks hold all of it", async () => {
    const client = new OpenAI(createSettings().settings);
    const request = { model: GPT_OSS, messages: hello, seed: 1, temperature: 0 };
    const whole = await client.chat.completions.create(request);
    const stream = client.chat.completions.stream(request);
    let pieces = "";
    stream.on("chunk", ({ choices }) => (pieces += reasoningOf(choices[0]?.delta)));
    const kept = reasoningOf((await stream.finalChatCompletion()).choices[0]?.message);
    expect(pieces.length).toBeGreaterThan(20);
    expect(pieces).toBe(reasoningOf(whole.choices[0]?.message));
    expect(kept).not.toBe(pieces);
    expect(pieces.endsWith(kept)).toBe(true);
  });

  it("a stream tells its usage where it is asked to", async () => {
    const { completions } = new OpenAI(createSettings().settings).chat;
    const request = { model: LLAMA, messages: hello };
    expect((await completions.stream(request).finalChatCompletion()).usage).toBeUndefined();
    const asking = { ...request, stream_options: { include_usage: true } };
    expect((await completions.stream(asking).finalChatCompletion()).usage?.total_tokens).toBeGreaterThan(0);
  });

  it("openai reads the URL and the key from the environment", async () => {
    vi.stubEnv("OPENAI_BASE_URL", BASE_URL);
    vi.stubEnv("OPENAI_API_KEY", API_KEY);
    const { asked, settings } = createSettings();
    const client = new OpenAI({ fetch: settings.fetch });
    expect((await client.chat.completions.create({ model: LLAMA, messages: hello })).choices).toHaveLength(1);
    expect(asked.map(({ path }) => path)).toEqual(["/v1/chat/completions"]);
  });
});

describe("the AI SDK", () => {
  it("the compatible provider sends a schema where it is told that it may", async () => {
    for (const supportsStructuredOutputs of [true, false]) {
      const { asked, settings } = createSettings();
      const model = createOpenAICompatible({ ...settings, name: "flaregate", supportsStructuredOutputs })(LLAMA);
      // Any JSON at all follows the schema by chance only: what comes of it is not the point.
      await generateText({ model, prompt: PERSON, output: Output.object({ schema: person }) }).catch(() => undefined);
      const type = supportsStructuredOutputs ? "json_schema" : "json_object";
      expect(asked).toMatchObject([{ body: { response_format: { type } } }]);
    }
  });

  it("the compatible provider asks for the usage of a stream where it is told to", async () => {
    for (const includeUsage of [true, false]) {
      const { settings } = createSettings();
      const model = createOpenAICompatible({ ...settings, name: "flaregate", includeUsage })(LLAMA);
      const { totalTokens } = await streamText({ model, prompt: "Hello" }).usage;
      expect(totalTokens !== undefined).toBe(includeUsage);
    }
  });

  it("the AI SDK's streamed text hides an error, and its callback has it", async () => {
    const { settings } = createSettings({ extraEntries: faultModels });
    const model = createOpenAI(settings).chat("@emulator/cut-stream");
    const errors: unknown[] = [];
    const result = streamText({ model, prompt: "Count to 20", onError: ({ error }) => void errors.push(error) });
    let text = "";
    for await (const piece of result.textStream) text += piece;
    expect(text).not.toBe("");
    expect(await result.text).toBe(text);
    expect(errors).toHaveLength(1);
  });

  it("the AI SDK's provider of OpenAI asks for chat completions where it is told to", async () => {
    const { asked, settings } = createSettings();
    const openai = createOpenAI(settings);
    await generateText({ model: openai.chat(LLAMA), prompt: "Hello", maxRetries: 0 });
    await generateText({ model: openai(LLAMA), prompt: "Hello", maxRetries: 0 }).catch(() => undefined);
    expect(asked.map(({ path }) => path)).toEqual(["/v1/chat/completions", "/v1/responses"]);
  });

  it("the compatible provider shows reasoning, and that of OpenAI does not", async () => {
    const { settings } = createSettings();
    const compatible = createOpenAICompatible({ ...settings, name: "flaregate" })(GPT_OSS);
    const official = createOpenAI(settings).chat(GPT_OSS);
    expect((await generateText({ model: compatible, prompt: "Hello" })).reasoningText).toMatch(/\w/);
    expect((await generateText({ model: official, prompt: "Hello" })).reasoningText).toBeUndefined();
  });
});

function createChatOpenAI(model: string, more: { streaming?: boolean } = {}): ChatOpenAI {
  const { apiKey, ...configuration } = createSettings().settings;
  return new ChatOpenAI({ model, apiKey, configuration, ...more });
}

describe("LangChain", () => {
  it("LangChain shows reasoning among its additional members", async () => {
    const { additional_kwargs: additional } = await createChatOpenAI(GPT_OSS).invoke("Hello");
    expect(additional["reasoning_content"]).toMatch(/\w/);
  });

  it("LangChain fetches a tokenizer where streaming is set", async () => {
    const fetched: string[] = [];
    const tokenizer = { pat_str: "\\S+", special_tokens: {}, bpe_ranks: "" };
    const network = vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
      fetched.push(input instanceof Request ? input.url : input.toString());
      return Response.json(tokenizer);
    });
    expect((await createChatOpenAI(LLAMA).invoke("Hello")).text).toMatch(/\w/);
    expect(fetched).toEqual([]);
    expect((await createChatOpenAI(LLAMA, { streaming: true }).invoke("Hello")).text).toMatch(/\w/);
    expect(fetched).toEqual([expect.stringMatching(/^https:\/\/tiktoken\./)]);
    network.mockRestore();
  });
});

function respond(model: string, gatewayOptions?: TestGatewayOptions) {
  const chat = new OpenAIChatCompletionsModel(new OpenAI(createSettings(gatewayOptions).settings), model);
  const nothing = { modelSettings: {}, tools: [], handoffs: [], outputType: "text" as const };
  return withTrace("test", () => chat.getResponse({ ...nothing, input: "Hello", tracing: false }));
}

describe("the Agents SDK", () => {
  setTracingDisabled(true);

  it("the Agents SDK shows no reasoning", async () => {
    const { output } = await respond(GPT_OSS);
    expect(output.map(({ type }) => type)).toEqual(["message"]);
  });

  it("the Agents SDK counts zeros where no usage came", async () => {
    expect((await respond(LLAMA, noUsage)).usage).toMatchObject({ inputTokens: 0, outputTokens: 0, totalTokens: 0 });
  });
});
