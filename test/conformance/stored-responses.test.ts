import type { OpenAI } from "openai";
import { describe, expect, it } from "vitest";
import { storageBindings } from "../stored-responses/objects.ts";
import { eventually } from "../support/eventually.ts";
import { createTestClient } from "./support/client.ts";
import { readAll } from "./support/read-all.ts";

const model = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const vars = { ...storageBindings(), API_KEYS: "test:sk-test,other:sk-other" };

describe("a stored response", () => {
  it("is retrieved as it was answered", async () => {
    const { client } = createTestClient({ vars });
    const response = await client.responses.create({ model, input: "Hello!" });
    expect(response).toMatchObject({ store: true });
    expect(await client.responses.retrieve(response.id)).toEqual(response);
  });

  it("lists the items of its request", async () => {
    const { client } = createTestClient({ vars });
    const input = ["one", "two", "three"].map((content) => ({ role: "user" as const, content }));
    const { id } = await client.responses.create({ model, input });
    const texts: unknown[] = [];
    for await (const item of client.responses.inputItems.list(id, { limit: 2, order: "asc" })) {
      texts.push("content" in item ? item.content : undefined);
    }
    expect(texts).toEqual(["one", "two", "three"].map((text) => [{ type: "input_text", text }]));
  });

  it("is continued by previous_response_id", async () => {
    const { client } = createTestClient({ vars });
    const first = await client.responses.create({ model, input: "My name is Ada Lovelace." });
    const second = await client.responses.create({ model, input: "What is my name?", previous_response_id: first.id });
    expect(second.previous_response_id).toBe(first.id);
    expect(second.output_text).toContain("Ada");
    const third = await client.responses.create({ model, input: "What is my name?", previous_response_id: second.id });
    expect(third.output_text).toContain("Ada");
  });

  it("is deleted", async () => {
    const { client } = createTestClient({ vars });
    const { id } = await client.responses.create({ model, input: "Hello!" });
    await client.responses.delete(id);
    await expect(client.responses.retrieve(id)).rejects.toMatchObject({ status: 404 });
    await expect(client.responses.delete(id)).rejects.toMatchObject({ status: 404 });
  });
});

describe("a response in the background", () => {
  it("is queued, and found finished later", async () => {
    const { client } = createTestClient({ vars });
    const queued = await client.responses.create({ model, input: "Hello!", background: true });
    expect(queued).toMatchObject({ status: "queued", background: true, store: true, output: [] });
    const response = await pollResponse(client, queued.id);
    expect(response).toMatchObject({ status: "completed", background: true });
    expect(response.output_text).not.toBe("");
  });

  it("is streamed, and streamed again from any of its events", async () => {
    const { client } = createTestClient({ vars });
    const stream = await client.responses.create({ model, input: "Count to 5", background: true, stream: true });
    const events = await readAll(stream);
    expect(events.map(({ sequence_number }) => sequence_number)).toEqual(events.map((_, index) => index));
    expect(events.at(-1)?.type).toBe("response.completed");
    const id = idOf(events);
    const again = await client.responses.retrieve(id, { stream: true });
    expect(await readAll(again)).toEqual(events);
    for (const starting_after of [0, 3, events.length - 2, events.length - 1]) {
      const rest = await client.responses.retrieve(id, { stream: true, starting_after });
      expect(await readAll(rest)).toEqual(events.slice(starting_after + 1));
    }
  });

  it("is taken up by the client's stream helper, which accumulates it", async () => {
    const { client } = createTestClient({ vars });
    const request = { model, input: "Count to 5", background: true, stream: true } as const;
    const events = await readAll(await client.responses.create(request));
    const response_id = idOf(events);
    const helper = client.responses.stream({ response_id, starting_after: 4 });
    const seen: number[] = [];
    for await (const event of helper) seen.push(event.sequence_number);
    expect(seen[0]).toBe(5);
    expect(seen.at(-1)).toBe(events.length - 1);
    expect((await helper.finalResponse()).output_text).toContain("1, 2, 3, 4, 5");
  });

  it("is continued like any other", async () => {
    const { client } = createTestClient({ vars });
    const first = await client.responses.create({ model, input: "My name is Ada Lovelace.", background: true });
    await pollResponse(client, first.id);
    const second = await client.responses.create({ model, input: "What is my name?", previous_response_id: first.id });
    expect(second.output_text).toContain("Ada");
  });
});

async function pollResponse(client: OpenAI, id: string): Promise<OpenAI.Responses.Response> {
  return eventually(async () => {
    const response = await client.responses.retrieve(id);
    expect(response.status).not.toMatch(/queued|in_progress/);
    return response;
  });
}

function idOf(events: readonly OpenAI.Responses.ResponseStreamEvent[]): string {
  const [first] = events;
  if (first?.type !== "response.created") throw new Error("no response.created");
  return first.response.id;
}
