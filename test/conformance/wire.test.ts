import { describe, expect, it } from "vitest";
import { createTestGateway } from "../support/gateway.ts";
import { checkChatStream } from "./support/check-chat-stream.ts";
import { checkChatCompletion, checkTextCompletion, checkTextStream } from "./support/check-completions.ts";
import { ask, modelsByDialect, timeTool, weatherTool } from "./support/samples.ts";
import { chatCompletion, textCompletion } from "./support/wire-schemas.ts";

/** Every kind of model, as the models' pages document it and with the oddities that production shows. */
const upstreams = modelsByDialect.flatMap((model) => [
  { ...model, quirks: false, upstream: `${model.dialect}, as documented` },
  { ...model, quirks: true, upstream: `${model.dialect}, as in production` },
]);
const toolUpstreams = upstreams.filter(({ hasTools }) => hasTools);

const question = { messages: ask("Tell me something about the sea."), seed: 7, temperature: 0.5 };
const twoCalls = { messages: ask("What is the weather in Paris and in Rome?"), tools: [weatherTool], seed: 7 };

describe.each(upstreams)("$upstream", ({ model, quirks }) => {
  const gateway = createTestGateway({ emulator: { quirks } });
  const postChat = (body: object) => gateway.post("/v1/chat/completions", { model, ...body });

  it("answers a chat with a body of exactly OpenAI's members", async () => {
    const response = await postChat(question);
    expect(response.headers.get("content-type")).toBe("application/json");
    const body = await response.json();
    expect(checkChatCompletion(body)).toEqual([]);
    expect(chatCompletion.parse(body)).toMatchObject({ model, usage: { total_tokens: expect.any(Number) } });
  });

  it("streams a chat in exactly OpenAI's chunks, without usage unless it is asked for", async () => {
    const response = await postChat({ ...question, stream: true });
    expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
    const { problems, choices } = checkChatStream(await response.text());
    expect(problems).toEqual([]);
    expect(choices).toHaveLength(1);
    expect(choices[0]?.text).not.toBe("");
  });

  it("ends a stream with one usage chunk when it is asked for", async () => {
    const response = await postChat({ ...question, stream: true, stream_options: { include_usage: true } });
    const { problems, totalTokens } = checkChatStream(await response.text(), { includeUsage: true });
    expect(problems).toEqual([]);
    expect(totalTokens).toBeGreaterThan(0);
  });

  it("says the same streamed and whole", async () => {
    const whole = chatCompletion.parse(await (await postChat(question)).json()).choices[0];
    const streamed = checkChatStream(await (await postChat({ ...question, stream: true })).text()).choices[0];
    expect(streamed?.text).toBe(whole?.message.content);
    expect(streamed?.reasoning).toBe(whole?.message.reasoning_content ?? "");
    expect(streamed?.finishReason).toBe(whole?.finish_reason);
  });

  it("names length as the reason where max_tokens ends the answer, streamed and whole", async () => {
    const cut = { messages: ask("Write a very long essay about rivers."), max_tokens: 9 };
    const whole = chatCompletion.parse(await (await postChat(cut)).json());
    expect(whole.choices[0]?.finish_reason).toBe("length");
    expect(whole.usage?.completion_tokens).toBe(9);
    const { problems, choices } = checkChatStream(await (await postChat({ ...cut, stream: true })).text());
    expect(problems).toEqual([]);
    expect(choices[0]?.finishReason).toBe("length");
  });

  it("answers a text completion with a body and chunks of exactly OpenAI's members", async () => {
    const request = { model, prompt: "Once upon a time", seed: 7, max_tokens: 12 };
    const body = await (await gateway.post("/v1/completions", request)).json();
    expect(checkTextCompletion(body)).toEqual([]);
    const response = await gateway.post("/v1/completions", { ...request, stream: true });
    const { problems, texts, finishReasons } = checkTextStream(await response.text());
    expect(problems).toEqual([]);
    const [choice] = textCompletion.parse(body).choices;
    expect([texts[0], finishReasons[0]]).toEqual([choice?.text, choice?.finish_reason]);
  });
});

describe.each(toolUpstreams)("$upstream", ({ model, quirks }) => {
  const gateway = createTestGateway({ emulator: { quirks } });
  const postChat = (body: object) => gateway.post("/v1/chat/completions", { model, ...body });

  it("answers with two tool calls, whole", async () => {
    const body = await (await postChat(twoCalls)).json();
    expect(checkChatCompletion(body)).toEqual([]);
    const [choice] = chatCompletion.parse(body).choices;
    expect(choice?.finish_reason).toBe("tool_calls");
    expect(choice?.message.content).toBeNull();
    const calls = choice?.message.tool_calls ?? [];
    expect(calls.map((call) => JSON.parse(call.function.arguments) as unknown)).toEqual([
      { city: "Paris" },
      { city: "Rome" },
    ]);
  });

  it("streams two tool calls one after another, each named once", async () => {
    const { problems, choices } = checkChatStream(await (await postChat({ ...twoCalls, stream: true })).text());
    expect(problems).toEqual([]);
    expect(choices[0]?.finishReason).toBe("tool_calls");
    expect(choices[0]?.text).toBe("");
    const calls = choices[0]?.calls.map((call) => [call.name, JSON.parse(call.arguments) as unknown]);
    expect(calls).toEqual([
      ["get_weather", { city: "Paris" }],
      ["get_weather", { city: "Rome" }],
    ]);
  });

  it("streams calls of different tools with the usage chunk behind them", async () => {
    const request = { messages: ask("What is the weather in Oslo, and what is the time in Lima?"), seed: 7 };
    const response = await postChat({
      ...request,
      tools: [weatherTool, timeTool],
      stream: true,
      stream_options: { include_usage: true },
    });
    const { problems, choices } = checkChatStream(await response.text(), { includeUsage: true });
    expect(problems).toEqual([]);
    expect(choices[0]?.calls.map(({ name }) => name)).toEqual(["get_weather", "get_time"]);
  });

  it("answers in text where tools are offered and none is needed", async () => {
    const request = { messages: ask("Tell me a story about a fox."), tools: [weatherTool], seed: 7 };
    const whole = await (await postChat(request)).json();
    expect(checkChatCompletion(whole)).toEqual([]);
    expect(chatCompletion.parse(whole).choices[0]?.finish_reason).toBe("stop");
    const { problems, choices } = checkChatStream(await (await postChat({ ...request, stream: true })).text());
    expect(problems).toEqual([]);
    expect(choices[0]?.calls).toEqual([]);
  });
});
