import { describe, expect, it } from "vitest";
import { createTestClient } from "./support/client.ts";
import { ask, GEMMA, LLAMA } from "./support/samples.ts";

describe("chat.completions.create", () => {
  it("gives a typed answer with the catalogue's name of the model and the id of the request", async () => {
    const { client, exchanges } = createTestClient();
    const completion = await client.chat.completions.create({ model: "llama-3.3-70b", messages: ask("Hello!") });
    expect(completion.model).toBe(LLAMA);
    expect(completion.choices[0]?.message).toEqual({
      role: "assistant",
      content: "Hello! How can I help you today?",
      refusal: null,
    });
    expect(completion.choices[0]?.finish_reason).toBe("stop");
    const requestId = exchanges[0]?.response.headers.get("x-request-id");
    expect(requestId).toMatch(/^req_/);
    expect(completion).toHaveProperty("_request_id", requestId);
  });

  it("counts usage as the upstream counted it", async () => {
    const { client } = createTestClient();
    const { usage } = await client.chat.completions.create({ model: LLAMA, messages: ask("Say exactly: one two") });
    expect(usage?.prompt_tokens).toBeGreaterThan(0);
    expect(usage?.completion_tokens).toBeGreaterThan(0);
    expect(usage?.total_tokens).toBe((usage?.prompt_tokens ?? 0) + (usage?.completion_tokens ?? 0));
  });

  it("remembers a conversation that is sent back with the answer as it came", async () => {
    const { client } = createTestClient();
    const first = await client.chat.completions.create({ model: LLAMA, messages: ask("My name is Ada.") });
    const echoed = first.choices[0]?.message ?? { role: "assistant" as const, content: "" };
    const second = await client.chat.completions.create({
      model: LLAMA,
      messages: [...ask("My name is Ada."), echoed, ...ask("What is my name?")],
    });
    expect(second.choices[0]?.message.content).toBe("Your name is Ada.");
  });

  it("repeats an answer for the same seed, also for seeds that Workers AI does not take", async () => {
    const { client } = createTestClient();
    const run = async (seed: number) => {
      const request = { model: LLAMA, messages: ask("Tell me something about rain."), seed };
      return (await client.chat.completions.create(request)).choices[0]?.message.content;
    };
    expect(await run(42)).toBe(await run(42));
    expect(await run(-3)).toBe(await run(-3));
    expect(await run(0)).toBe(await run(0));
  });

  it("ends an answer before a stop sequence, which is not part of it", async () => {
    for (const model of [LLAMA, GEMMA]) {
      const { client } = createTestClient();
      const request = { model, messages: ask("Count to 9") };
      const cut = await client.chat.completions.create({ ...request, stop: ["5", "7"] });
      expect(cut.choices[0]?.message.content).toBe("1, 2, 3, 4, ");
      expect(cut.choices[0]?.finish_reason).toBe("stop");
    }
  });

  it("ends a streamed answer before a stop sequence, wherever the pieces are cut", async () => {
    for (const model of [LLAMA, GEMMA]) {
      const { client } = createTestClient();
      const stream = client.chat.completions.stream({ model, messages: ask("Count to 9"), stop: "5, 6" });
      expect(await stream.finalContent()).toBe("1, 2, 3, 4, ");
    }
  });

  it("stops at max_tokens and at max_completion_tokens", async () => {
    const { client } = createTestClient();
    const request = { model: LLAMA, messages: ask("Write a very long essay about trains.") };
    const byOldName = await client.chat.completions.create({ ...request, max_tokens: 5 });
    const byNewName = await client.chat.completions.create({ ...request, max_completion_tokens: 6 });
    expect(byOldName.choices[0]?.finish_reason).toBe("length");
    expect(byOldName.usage?.completion_tokens).toBe(5);
    expect(byNewName.choices[0]?.finish_reason).toBe("length");
    expect(byNewName.usage?.completion_tokens).toBe(6);
  });

  it("goes on past the 256 tokens of Workers AI where no limit is named", async () => {
    const { client } = createTestClient();
    const request = { model: LLAMA, messages: ask("Count to 400") };
    const { choices, usage } = await client.chat.completions.create(request);
    expect(choices[0]?.message.content).toMatch(/ 400\.$/);
    expect(usage?.completion_tokens).toBeGreaterThan(256);
  });

  it("gives several choices, each with its index", async () => {
    const { client } = createTestClient();
    const { choices } = await client.chat.completions.create({ model: LLAMA, messages: ask("Hello!"), n: 3 });
    expect(choices.map(({ index }) => index)).toEqual([0, 1, 2]);
    for (const { message } of choices) expect(message.content).toBe("Hello! How can I help you today?");
  });

  it("hands out the raw answer with its headers", async () => {
    const { client } = createTestClient();
    const request = { model: "llama-3.3-70b", messages: ask("Hello!"), stop: ["xyz"], seed: -1 };
    const { data, response, request_id: requestId } = await client.chat.completions.create(request).withResponse();
    expect(data.object).toBe("chat.completion");
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("x-request-id")).toBe(requestId);
    expect(response.headers.get("x-flaregate-model")).toBe(LLAMA);
    expect(response.headers.get("x-flaregate-attempts")).toBe("1");
    expect(response.headers.get("openai-processing-ms")).toMatch(/^\d+$/);
    const parameters = response.headers.get("x-flaregate-parameters")?.split(", ").toSorted();
    expect(parameters).toEqual(["seed=adjusted", "stop=emulated"]);
  });
});
