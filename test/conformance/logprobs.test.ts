import { BadRequestError } from "openai";
import { describe, expect, it } from "vitest";
import { createTestClient } from "./support/client.ts";
import { createFakeBinding } from "./support/fake-binding.ts";
import { ask, GEMMA, LLAMA } from "./support/samples.ts";

const token = {
  token: "Hi",
  logprob: -0.1,
  bytes: [72, 105],
  top_logprobs: [{ token: "Hi", logprob: -0.1, bytes: [72, 105] }],
};
const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
const head = { id: "x", object: "chat.completion", created: 1, model: "x" };

function wholeAnswer(): Response {
  const message = { role: "assistant", content: "Hi" };
  const choice = { index: 0, message, finish_reason: "stop", logprobs: { content: [token], refusal: null } };
  return Response.json({ ...head, choices: [choice], usage });
}

function streamedAnswer(): Response {
  const frames = [
    { delta: { role: "assistant", content: "" }, finish_reason: null },
    { delta: { content: "Hi" }, finish_reason: null, logprobs: { content: [token] } },
    { delta: {}, finish_reason: "stop" },
  ].map((choice) => `data: ${JSON.stringify({ ...head, choices: [{ index: 0, ...choice }] })}\n\n`);
  return new Response(`${frames.join("")}data: [DONE]\n\n`, { headers: { "content-type": "text/event-stream" } });
}

const request = { model: GEMMA, messages: ask("Hello!"), logprobs: true, top_logprobs: 1 };

describe("logprobs", () => {
  it("are given as OpenAI writes them, whole", async () => {
    const { client } = createTestClient({ binding: createFakeBinding(wholeAnswer) });
    const { choices } = await client.chat.completions.create(request);
    expect(choices[0]?.logprobs).toEqual({ content: [token], refusal: null });
  });

  it("are given beside the text that they are about, streamed", async () => {
    const { client } = createTestClient({ binding: createFakeBinding(streamedAnswer) });
    const stream = client.chat.completions.stream(request);
    const done: unknown[] = [];
    stream.on("logprobs.content.done", ({ content }) => done.push(content));
    const { choices } = await stream.finalChatCompletion();
    expect(choices[0]?.logprobs?.content).toEqual([token]);
    expect(done).toEqual([[token]]);
  });

  it("are null where nobody asked for them, whatever the upstream sent", async () => {
    const { client } = createTestClient({ binding: createFakeBinding(wholeAnswer) });
    const { choices } = await client.chat.completions.create({ model: GEMMA, messages: request.messages });
    expect(choices[0]?.logprobs).toBeNull();
  });

  it("are refused by name with a model that reports none", async () => {
    const { client } = createTestClient();
    const error = await client.chat.completions.create({ ...request, model: LLAMA }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error).toMatchObject({ param: "logprobs", code: "unsupported_parameter" });
  });
});
