import type { OpenAI } from "openai";
import { describe, expect, it } from "vitest";
import { storageBindings } from "../stored-responses/objects.ts";
import { eventually } from "../support/eventually.ts";
import { createTestClient } from "./support/client.ts";
import { readAll } from "./support/read-all.ts";

const model = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const vars = { ...storageBindings(), API_KEYS: "test:sk-test,other:sk-other" };

function createClient(apiKey = "sk-test"): OpenAI {
  return createTestClient({ vars }, { apiKey }).client;
}

function user(content: string): OpenAI.Responses.EasyInputMessage {
  return { role: "user", content };
}

describe("a conversation", () => {
  it("is made with items and metadata, read, changed and deleted", async () => {
    const client = createClient();
    const made = await client.conversations.create({ items: [user("Hello!")], metadata: { topic: "tests" } });
    expect(made).toMatchObject({ object: "conversation", metadata: { topic: "tests" } });
    expect(made.id).toMatch(/^conv_/);
    expect(await client.conversations.retrieve(made.id)).toEqual(made);
    const changed = await client.conversations.update(made.id, { metadata: { topic: "more" } });
    expect(changed).toEqual({ ...made, metadata: { topic: "more" } });
    const deleted = await client.conversations.delete(made.id);
    expect(deleted).toEqual({ id: made.id, object: "conversation.deleted", deleted: true });
    await expect(client.conversations.retrieve(made.id)).rejects.toMatchObject({ status: 404 });
  });

  it("is made of nothing", async () => {
    const { metadata } = await createClient().conversations.create();
    expect(metadata).toEqual({});
  });

  it("takes items, lists them in pages, gives and deletes them", async () => {
    const client = createClient();
    const { id: conversation_id } = await client.conversations.create();
    const items = [user("one"), user("two"), user("three")];
    const { data } = await client.conversations.items.create(conversation_id, { items });
    const listed = await readAll(client.conversations.items.list(conversation_id, { order: "asc", limit: 2 }));
    expect(listed).toEqual(data);
    expect(listed).toMatchObject(["one", "two", "three"].map((text) => ({ content: [{ type: "input_text", text }] })));
    const newestFirst = await client.conversations.items.list(conversation_id);
    expect(newestFirst.data).toEqual(data.toReversed());
    const id = data[1]?.id ?? "";
    expect(await client.conversations.items.retrieve(id, { conversation_id })).toEqual(data[1]);
    expect(await client.conversations.items.delete(id, { conversation_id })).toMatchObject({ id: conversation_id });
    await expect(client.conversations.items.retrieve(id, { conversation_id })).rejects.toMatchObject({ status: 404 });
    expect(await readAll(client.conversations.items.list(conversation_id))).toHaveLength(2);
  });

  it("is continued by responses, which are added to it", async () => {
    const client = createClient();
    const { id: conversation } = await client.conversations.create({ items: [user("My name is Ada Lovelace.")] });
    const first = await client.responses.create({ model, conversation, input: "What is my name?" });
    expect(first.conversation).toEqual({ id: conversation });
    expect(first.output_text).toContain("Ada");
    const background = await client.responses.create({
      model,
      conversation: { id: conversation },
      input: "Hello!",
      background: true,
    });
    await eventually(async () => {
      expect(await client.responses.retrieve(background.id)).toMatchObject({ status: "completed" });
    });
    const listed = await readAll(client.conversations.items.list(conversation, { order: "asc" }));
    expect(listed.map((item) => ("role" in item ? item.role : item.type))).toEqual([
      "user",
      "user",
      "assistant",
      "user",
      "assistant",
    ]);
    expect(new Set(listed.map(({ id }) => id)).size).toBe(5);
  });

  it("does not take a response that was not made to its end", async () => {
    const client = createClient();
    const { id: conversation } = await client.conversations.create();
    const failing = client.responses.create({ model: "no-such-model", conversation, input: "Hello!" });
    await expect(failing).rejects.toMatchObject({ status: 404 });
    expect(await readAll(client.conversations.items.list(conversation))).toEqual([]);
  });

  it("belongs to the key that made it", async () => {
    const { id } = await createClient().conversations.create({ items: [user("Hello!")] });
    const other = createClient("sk-other");
    await expect(other.conversations.retrieve(id)).rejects.toMatchObject({ status: 404 });
    await expect(other.conversations.items.list(id)).rejects.toMatchObject({ status: 404 });
    await expect(other.conversations.delete(id)).rejects.toMatchObject({ status: 404 });
    const answer = other.responses.create({ model, conversation: id, input: "Hello!" });
    await expect(answer).rejects.toMatchObject({ status: 404 });
  });

  it("that is full is refused before a model is asked", async () => {
    const client = createClient();
    const half = "x ".repeat(1_100_000);
    const { id } = await client.conversations.create({ items: [user(half), user(half)] });
    const full = { status: 400, param: "conversation" };
    await expect(client.conversations.items.create(id, { items: [user(half), user(half)] })).rejects.toMatchObject(
      full,
    );
    const input = [user(half), user(half)];
    await expect(client.responses.create({ model, conversation: id, input })).rejects.toMatchObject(full);
  });

  it("refuses what is too much or wrong, by name", async () => {
    const client = createClient();
    const { id } = await client.conversations.create();
    const many = Array.from({ length: 21 }, () => user("x"));
    await expect(client.conversations.items.create(id, { items: many })).rejects.toMatchObject({
      status: 400,
      param: "items",
    });
    const metadata = Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`key${index}`, "x"]));
    await expect(client.conversations.create({ metadata })).rejects.toMatchObject({ status: 400, param: "metadata" });
    await expect(client.conversations.items.list(id, { limit: 101 })).rejects.toMatchObject({
      status: 400,
      param: "limit",
    });
    await expect(client.conversations.items.list(id, { after: "msg_none" })).rejects.toMatchObject({
      status: 400,
      param: "after",
    });
    const both = client.responses.create({ model, input: "x", conversation: id, previous_response_id: "resp_x" });
    await expect(both).rejects.toMatchObject({ status: 400, param: "conversation" });
  });
});
