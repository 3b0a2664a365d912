import { AuthenticationError, PermissionDeniedError, RateLimitError } from "openai";
import { describe, expect, it } from "vitest";
import { ADMIN_KEY, createKeyGateway, keyBindings } from "../support/key-objects.ts";
import { createTestClient } from "./support/client.ts";
import { ask, GEMMA, LLAMA } from "./support/samples.ts";

const gateway = createKeyGateway();
const hello = { model: LLAMA, messages: ask("Hello!") };

/** The official client with a managed key, and the gateway's answers to it. */
async function createKeyClient(settings: object = {}, maxRetries = 0) {
  const { id, key } = await gateway.createKey({ name: "ci", ...settings });
  const vars = { ...keyBindings(), ADMIN_KEY };
  return { id, ...createTestClient({ vars, authorization: null }, { apiKey: key, maxRetries }) };
}

describe("a managed key", () => {
  it("works as any key of OpenAI's, whole and streamed", async () => {
    const { client } = await createKeyClient();
    const completion = await client.chat.completions.create(hello);
    expect(completion.choices[0]?.message.content).toBe("Hello! How can I help you today?");
    let text = "";
    for await (const chunk of await client.chat.completions.create({ ...hello, stream: true })) {
      text += chunk.choices[0]?.delta.content ?? "";
    }
    expect(text).toBe("Hello! How can I help you today?");
  });

  it("tells its limits in OpenAI's headers, on answers and on streams", async () => {
    const { client } = await createKeyClient({ rpm: 60, tpm: 10_000 });
    for (const stream of [false, true]) {
      const { response } = await client.chat.completions.create({ ...hello, stream }).withResponse();
      for (const name of ["requests", "tokens"]) {
        expect(response.headers.get(`x-ratelimit-limit-${name}`)).toMatch(/^\d+$/);
        expect(response.headers.get(`x-ratelimit-remaining-${name}`)).toMatch(/^\d+$/);
        expect(response.headers.get(`x-ratelimit-reset-${name}`)).toMatch(/^(?:\d+ms|(?:\d+m)?[\d.]+s)$/);
      }
    }
  });

  it("at its rate limit raises RateLimitError with the code, and says when to come back", async () => {
    const { client } = await createKeyClient({ rpm: 1 });
    await client.chat.completions.create(hello);
    const error: unknown = await client.chat.completions.create(hello).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ status: 429, code: "rate_limit_exceeded", type: "requests", param: null });
    const { headers } = error as RateLimitError;
    expect(Number(headers?.get("retry-after"))).toBeGreaterThan(0);
    expect(headers?.get("x-should-retry")).toBeNull();
  });

  it("without budget raises RateLimitError with insufficient_quota, which the client does not repeat", async () => {
    const { client, exchanges } = await createKeyClient({ max_budget: 0 }, 3);
    const error: unknown = await client.chat.completions.create(hello).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ status: 429, code: "insufficient_quota", type: "insufficient_quota" });
    expect(exchanges).toHaveLength(1);
  });

  it("that is blocked raises AuthenticationError", async () => {
    const { client, id } = await createKeyClient();
    await gateway.admin(`/keys/${id}/block`, undefined, { method: "POST" });
    await expect(client.chat.completions.create(hello)).rejects.toThrow(AuthenticationError);
  });

  it("raises PermissionDeniedError for a model that it may not use, and lists only the others", async () => {
    const { client } = await createKeyClient({ models: ["@cf/meta/*"] });
    const error: unknown = await client.chat.completions
      .create({ ...hello, model: GEMMA })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PermissionDeniedError);
    expect(error).toMatchObject({ status: 403, code: "model_not_allowed", param: "model" });
    const ids: string[] = [];
    for await (const model of client.models.list()) ids.push(model.id);
    expect(ids).toContain(LLAMA);
    expect(ids).not.toContain(GEMMA);
  });
});
