import { describe, expect, it } from "vitest";
import { createTestClient } from "./support/client.ts";
import { readAll } from "./support/read-all.ts";
import { ask, GPT_OSS, LLAMA, modelsByDialect } from "./support/samples.ts";

describe("chat.completions.create with stream", () => {
  it("yields chunks of one id whose pieces make the answer", async () => {
    const { client } = createTestClient();
    const stream = await client.chat.completions.create({ model: LLAMA, messages: ask("Count to 30"), stream: true });
    const chunks = await readAll(stream);
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
    expect(chunks.length).toBeGreaterThan(5);
    const text = chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("");
    expect(text).toMatch(/^1, 2, 3, .* 30\.$/);
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe("stop");
  });

  it("tells usage in the last chunk where include_usage asks for it", async () => {
    const { client } = createTestClient();
    const request = { model: LLAMA, messages: ask("Hello!") };
    const stream = await client.chat.completions.create({
      ...request,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = await readAll(stream);
    const whole = await client.chat.completions.create(request);
    expect(chunks.at(-1)?.choices).toEqual([]);
    expect(chunks.at(-1)?.usage).toEqual(whole.usage);
    expect(chunks.slice(0, -1).every(({ usage }) => usage === null)).toBe(true);
  });

  it("has no usage key where nobody asked for usage", async () => {
    const { client } = createTestClient();
    const stream = await client.chat.completions.create({ model: LLAMA, messages: ask("Hello!"), stream: true });
    for await (const chunk of stream) expect(chunk).not.toHaveProperty("usage");
  });

  it("takes stream_options beside stream false, as generated clients send them", async () => {
    const { client } = createTestClient();
    const request = { model: LLAMA, messages: ask("Hello!"), stream: false as const };
    const completion = await client.chat.completions.create({ ...request, stream_options: { include_usage: true } });
    expect(completion.object).toBe("chat.completion");
  });

  it("carries the request's id on the response, as on every other", async () => {
    const { client } = createTestClient();
    const request = { model: LLAMA, messages: ask("Hello!"), stream: true as const };
    const { data, request_id: requestId, response } = await client.chat.completions.create(request).withResponse();
    for await (const chunk of data) expect(chunk.object).toBe("chat.completion.chunk");
    expect(requestId).toMatch(/^req_/);
    expect(response.headers.get("cache-control")).toBe("no-cache");
  });

  it("can be split with tee and written on with toReadableStream", async () => {
    const { client } = createTestClient();
    const stream = await client.chat.completions.create({ model: LLAMA, messages: ask("Hello!"), stream: true });
    const [left, right] = stream.tee();
    const chunks = await readAll(left);
    const lines = (await new Response(right.toReadableStream()).text()).trim().split("\n");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(chunks);
  });
});

describe("chat.completions.stream", () => {
  // What a model writes between think tags has tests of its own.
  const dialects = modelsByDialect.filter(({ dialect }) => dialect !== "native, reasoning in the text");

  it.each(dialects)("accumulates the answer of a model that is $dialect", async ({ model }) => {
    const { client } = createTestClient({ emulator: { quirks: true } });
    const stream = client.chat.completions.stream({ model, messages: ask("Say exactly: 2 + 2 = 4") });
    const completion = await stream.finalChatCompletion();
    expect(completion.choices).toHaveLength(1);
    expect(completion.choices[0]?.finish_reason).toBe("stop");
    expect(completion.choices[0]?.message.role).toBe("assistant");
    expect(completion.choices[0]?.message.content).toBe("2 + 2 = 4");
    expect(completion.model).toBe(model);
  });

  it("emits content events whose snapshots grow to the final content", async () => {
    const { client } = createTestClient();
    const stream = client.chat.completions.stream({ model: LLAMA, messages: ask("Count to 20") });
    const snapshots: string[] = [];
    const done: string[] = [];
    let chunks = 0;
    stream.on("content.delta", ({ snapshot }) => snapshots.push(snapshot));
    stream.on("content.done", ({ content }) => done.push(content));
    stream.on("chunk", () => (chunks += 1));
    const content = await stream.finalContent();
    expect(snapshots.length).toBeGreaterThan(3);
    expect(chunks).toBeGreaterThan(snapshots.length);
    expect(snapshots.every((snapshot) => content?.startsWith(snapshot))).toBe(true);
    expect(done).toEqual([content]);
  });

  it("emits connect, finalMessage, finalChatCompletion and end", async () => {
    const { client } = createTestClient();
    const events: string[] = [];
    const stream = client.chat.completions.stream({ model: LLAMA, messages: ask("Hello!") });
    for (const event of ["connect", "finalMessage", "finalChatCompletion", "end"] as const) {
      stream.on(event, () => events.push(event));
    }
    await stream.done();
    expect(events).toEqual(["connect", "finalChatCompletion", "finalMessage", "end"]);
  });

  it("sums usage in totalUsage where include_usage asks for it", async () => {
    const { client } = createTestClient();
    const stream = client.chat.completions.stream({
      model: LLAMA,
      messages: ask("Hello!"),
      stream_options: { include_usage: true },
    });
    const usage = await stream.totalUsage();
    expect(usage.total_tokens).toBeGreaterThan(0);
    expect((await stream.finalChatCompletion()).usage).toEqual(usage);
  });

  it("keeps the reasoning of a reasoning model apart from its answer", async () => {
    const { client } = createTestClient();
    const stream = await client.chat.completions.create({ model: GPT_OSS, messages: ask("Hello!"), stream: true });
    const texts: Record<string, string> = {};
    for await (const { choices } of stream) {
      for (const [member, value] of Object.entries(choices[0]?.delta ?? {})) {
        if (typeof value === "string" && value !== "" && member !== "role")
          texts[member] = (texts[member] ?? "") + value;
      }
    }
    // The order of the keys is the order of the first pieces: reasoning comes before the answer.
    expect(Object.keys(texts)).toEqual(["reasoning_content", "content"]);
    expect(texts["content"]).toBe("Hello! How can I help you today?");
  });

  it("streams several choices, each complete by itself", async () => {
    const { client } = createTestClient();
    const stream = client.chat.completions.stream({ model: LLAMA, messages: ask("Count to 12"), n: 3 });
    const { choices } = await stream.finalChatCompletion();
    expect(choices.map(({ index }) => index)).toEqual([0, 1, 2]);
    for (const { message, finish_reason: finish } of choices) {
      expect(message.content).toMatch(/ 12\.$/);
      expect(finish).toBe("stop");
    }
  });
});
