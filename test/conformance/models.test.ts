import { NotFoundError } from "openai";
import { describe, expect, it } from "vitest";
import { createTestClient } from "./support/client.ts";
import { readAll } from "./support/read-all.ts";
import { ask, LLAMA, RETIRED_LLAMA } from "./support/samples.ts";

describe("models", () => {
  it("lists the live models and their aliases with OpenAI's members", async () => {
    const { client } = createTestClient();
    const models = await readAll(client.models.list());
    const ids = models.map(({ id }) => id);
    expect(ids).toContain(LLAMA);
    expect(ids).toContain("llama-3.3-70b");
    expect(ids).not.toContain(RETIRED_LLAMA);
    expect(new Set(ids).size).toBe(ids.length);
    for (const model of models) {
      expect(model).toMatchObject({ object: "model", owned_by: expect.any(String), created: expect.any(Number) });
    }
  });

  it("retrieves a model whose slashes the client encodes", async () => {
    const { client, exchanges } = createTestClient();
    const model = await client.models.retrieve(LLAMA);
    expect(exchanges[0]?.path).toBe("/v1/models/@cf%2Fmeta%2Fllama-3.3-70b-instruct-fp8-fast");
    expect(model).toMatchObject({ id: LLAMA, object: "model", owned_by: "meta" });
  });

  it("retrieves a model by an alias", async () => {
    const { client } = createTestClient();
    expect((await client.models.retrieve("llama-3.3-70b")).id).toBe("llama-3.3-70b");
  });

  it("raises NotFoundError for a model that nobody has", async () => {
    const { client } = createTestClient();
    const error = await client.models.retrieve("gpt-4o").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ status: 404, code: "model_not_found" });
  });
});

describe("a retired model", () => {
  it("is answered by its successor, which the body and the headers name", async () => {
    const { client } = createTestClient();
    const request = { model: RETIRED_LLAMA, messages: ask("Hello!") };
    const { data, response } = await client.chat.completions.create(request).withResponse();
    expect(data.model).toBe(LLAMA);
    expect(response.headers.get("x-flaregate-model")).toBe(LLAMA);
    expect(response.headers.get("deprecation")).toBe(`@${Date.UTC(2026, 4, 30) / 1000}`);
    expect(response.headers.get("sunset")).toBe("Sat, 30 May 2026 00:00:00 GMT");
  });

  it("is answered by its successor in a stream as well", async () => {
    const { client } = createTestClient();
    const request = { model: RETIRED_LLAMA, messages: ask("Hello!"), stream: true as const };
    const { data, response } = await client.chat.completions.create(request).withResponse();
    for await (const chunk of data) expect(chunk.model).toBe(LLAMA);
    expect(response.headers.get("sunset")).toBe("Sat, 30 May 2026 00:00:00 GMT");
  });

  it("is refused in strict mode, with both names", async () => {
    const { client } = createTestClient();
    const request = { model: RETIRED_LLAMA, messages: ask("Hello!") };
    const error = await client.chat.completions
      .create(request, { headers: { "x-flaregate-strict": "true" } })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ code: "model_not_found", param: "model" });
    expect(String(error)).toContain(RETIRED_LLAMA);
    expect(String(error)).toContain(LLAMA);
  });

  it("is still described, with the day on which it ended", async () => {
    const { client } = createTestClient();
    const model: { id: string; shutdown_date?: unknown } = await client.models.retrieve(RETIRED_LLAMA);
    expect(model).toMatchObject({ id: RETIRED_LLAMA, shutdown_date: "2026-05-30" });
  });
});
