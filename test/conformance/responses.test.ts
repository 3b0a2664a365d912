import { describe, expect, it } from "vitest";
import type { ResponseCreateParamsNonStreaming } from "openai/resources/responses/responses";
import { createTestClient } from "./support/client.ts";
import { createFakeBinding } from "./support/fake-binding.ts";
import { readAll } from "./support/read-all.ts";
import { GEMMA, GPT_OSS, LLAMA, modelsByDialect } from "./support/samples.ts";

/** `openai.responses.create`, without and with a stream. */

const { client, exchanges } = createTestClient({ emulator: { quirks: true } });

function parametersOf(): string | null | undefined {
  return exchanges.at(-1)?.response.headers.get("x-flaregate-parameters");
}

describe("responses.create", () => {
  it.each(modelsByDialect)("answers a text of a model that is $dialect", async ({ model }) => {
    const response = await client.responses.create({ model, input: "Count to 5" });
    expect(response.output_text).toContain("1, 2, 3, 4, 5");
    expect(response).toMatchObject({ object: "response", model, status: "completed", error: null });
    expect(response.usage?.total_tokens).toBe(
      (response.usage?.input_tokens ?? 0) + (response.usage?.output_tokens ?? 0),
    );
    expect(response).toHaveProperty("_request_id", expect.stringMatching(/^req_/));
  });

  it("names the catalogue's model and repeats what the request said", async () => {
    const request = {
      model: "llama-3.3-70b",
      input: "Hello",
      instructions: "Be brief.",
      metadata: { project: "sea" },
      temperature: 0.2,
      max_output_tokens: 64,
      truncation: "auto",
      prompt_cache_key: "talk",
    } as const satisfies ResponseCreateParamsNonStreaming;
    const { model: _model, input: _input, ...echoed } = request;
    const response = await client.responses.create(request);
    expect(response).toMatchObject({
      ...echoed,
      model: LLAMA,
      tools: [],
      tool_choice: "auto",
      text: { format: { type: "text" } },
    });
  });

  it("streams the same with create", async () => {
    const stream = await client.responses.create({ model: GEMMA, input: "Count to 5", stream: true });
    const events = await readAll(stream);
    const numbers = events.map((event) => event.sequence_number);
    const text = events.map((event) => (event.type === "response.output_text.delta" ? event.delta : "")).join("");
    expect(events.at(-1)).toMatchObject({
      type: "response.completed",
      response: { output: [{ content: [{ text }] }] },
    });
    expect(text).toContain("1, 2, 3, 4, 5");
    expect(numbers).toEqual(numbers.map((_, index) => index));
  });

  it("follows instructions, and messages of every role", async () => {
    const response = await client.responses.create({
      model: LLAMA,
      instructions: "You are a helpful assistant.",
      input: [
        { role: "developer", content: "Answer in English." },
        { role: "user", content: [{ type: "input_text", text: "Say exactly: one" }] },
        { role: "assistant", content: "one" },
        { role: "user", content: "Say exactly: two" },
      ],
    });
    expect(response.output_text).toContain("two");
  });

  it("shows reasoning as an item before the answer", async () => {
    const response = await client.responses.create({ model: GPT_OSS, input: "Hello!", reasoning: { effort: "low" } });
    const [reasoning, message] = response.output;
    expect(reasoning).toMatchObject({ type: "reasoning", summary: [], content: [{ type: "reasoning_text" }] });
    expect(message).toMatchObject({ type: "message", role: "assistant" });
    expect(response.reasoning).toEqual({ effort: "low", summary: null });
  });

  it("is incomplete where max_output_tokens ends it", async () => {
    const response = await client.responses.create({
      model: LLAMA,
      input: "Tell me about the sea.",
      max_output_tokens: 16,
    });
    expect(response.status).toBe("incomplete");
    expect(response.incomplete_details).toEqual({ reason: "max_output_tokens" });
    expect(response.output.at(-1)).toMatchObject({ type: "message", status: "incomplete" });
  });

  it("reads images where the model does", async () => {
    const image_url = `data:image/png;base64,${"iVBORw0KGgo".repeat(4)}`;
    const input = [
      {
        role: "user",
        content: [
          { type: "input_text", text: "What is it?" },
          { type: "input_image", image_url, detail: "auto" },
        ],
      },
    ] as const;
    const response = await client.responses.create({
      model: GEMMA,
      input: [{ ...input[0], content: [...input[0].content] }],
    });
    expect(response.status).toBe("completed");
  });

  it("gives log probabilities where include asks for them and the model has them", async () => {
    const token = { token: "Hi", logprob: -0.1, bytes: [72, 105], top_logprobs: [] };
    const answer = (): Response =>
      Response.json({
        choices: [{ index: 0, message: { content: "Hi" }, finish_reason: "stop", logprobs: { content: [token] } }],
        usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
      });
    const { client: other } = createTestClient({ binding: createFakeBinding(answer) });
    const request = { model: GEMMA, input: "Hello" };
    const plain = await other.responses.create(request);
    expect(plain.output).toMatchObject([{ content: [{ logprobs: [] }] }]);
    const response = await other.responses.create({
      ...request,
      include: ["message.output_text.logprobs"],
      top_logprobs: 1,
    });
    expect(response.output).toMatchObject([{ content: [{ logprobs: [token] }] }]);
  });

  it("names what it left out: tools that are not served, and what nobody has to include", async () => {
    const response = await client.responses.create({
      model: LLAMA,
      input: "Hello",
      tools: [{ type: "web_search" }],
      include: ["reasoning.encrypted_content"],
      reasoning: { summary: "auto" },
      service_tier: "priority",
      store: true,
    });
    expect(response).toMatchObject({ status: "completed", tools: [], service_tier: "default", store: false });
    for (const name of [
      "tools.web_search",
      "include.reasoning.encrypted_content",
      "reasoning.summary",
      "service_tier",
      "store",
    ]) {
      expect(parametersOf()).toContain(`${name}=ignored`);
    }
  });

  it("tells the cost where usage asks for it, whole and streamed", async () => {
    const priced = { usage: { include: true } };
    const request = { model: LLAMA, input: "Hello", ...priced };
    const told = { cost: expect.any(Number), neurons: expect.any(Number) };
    expect((await client.responses.create(request)).usage).toMatchObject(told);
    expect((await client.responses.stream(request).finalResponse()).usage).toMatchObject(told);
    expect((await client.responses.create({ model: LLAMA, input: "Hello" })).usage).not.toHaveProperty("cost");
  });

  it("sends the models of a fallback list on, and says who answered", async () => {
    const extra = { models: [GEMMA] };
    const { client: other, exchanges: seen } = createTestClient({
      binding: {
        run: async (model) =>
          model === GEMMA ? Response.json({ response: "Hi" }) : new Response("{}", { status: 500 }),
      },
    });
    const response = await other.responses.create({ model: LLAMA, input: "Hello", ...extra });
    expect(response.model).toBe(GEMMA);
    expect(seen[0]?.response.headers.get("x-flaregate-model")).toBe(GEMMA);
  });
});
