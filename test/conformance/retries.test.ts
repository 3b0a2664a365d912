import { BadRequestError, InternalServerError, RateLimitError } from "openai";
import { describe, expect, it } from "vitest";
import { createTestClient } from "./support/client.ts";
import { createFakeBinding, refusal, textAnswer } from "./support/fake-binding.ts";
import { ask, GEMMA, LLAMA } from "./support/samples.ts";

const hello = { model: LLAMA, messages: ask("Hello!") };

describe("retries of the client", () => {
  it("wait as long as retry-after says, in whole seconds of at least one", async () => {
    const binding = createFakeBinding(refusal(429, 3040, { "retry-after": "1" }), textAnswer("Hi"));
    const { client, exchanges } = createTestClient({ binding, vars: { MAX_ATTEMPTS: "1" } }, { maxRetries: 1 });
    const startedAt = Date.now();
    const completion = await client.chat.completions.create(hello);
    expect(completion.choices[0]?.message.content).toBe("Hi");
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(950);
    expect(exchanges.map(({ response }) => response.status)).toEqual([429, 200]);
    expect(exchanges[0]?.response.headers.get("retry-after")).toBe("1");
    expect(exchanges[1]?.requestHeaders.get("x-stainless-retry-count")).toBe("1");
  });

  it("do not happen where they would be in vain: a spent allowance says x-should-retry false", async () => {
    const binding = createFakeBinding(refusal(429, 4006));
    const { client, exchanges } = createTestClient({ binding }, { maxRetries: 3 });
    await expect(client.chat.completions.create(hello)).rejects.toThrow(RateLimitError);
    expect(exchanges).toHaveLength(1);
    expect(exchanges[0]?.response.headers.get("x-should-retry")).toBe("false");
    expect(binding.runs).toHaveLength(1);
  });

  it("do not happen for a request that is wrong", async () => {
    const { client, exchanges } = createTestClient({}, { maxRetries: 3 });
    await expect(client.chat.completions.create({ ...hello, temperature: 9 })).rejects.toThrow(BadRequestError);
    expect(exchanges).toHaveLength(1);
  });

  it("do not happen for a gateway that is not configured", async () => {
    const vars = { MODEL_ALIASES: "not json" };
    const { client, exchanges } = createTestClient({ vars }, { maxRetries: 3 });
    await expect(client.chat.completions.create(hello)).rejects.toThrow(InternalServerError);
    expect(exchanges).toHaveLength(1);
  });
});

describe("retries of the gateway", () => {
  it("spare the client a passing failure, and say how many calls there were", async () => {
    const binding = createFakeBinding(refusal(500, 3043), textAnswer("Hi"));
    const { client, exchanges } = createTestClient({ binding });
    const completion = await client.chat.completions.create(hello);
    expect(completion.choices[0]?.message.content).toBe("Hi");
    expect(exchanges).toHaveLength(1);
    expect(exchanges[0]?.response.headers.get("x-flaregate-attempts")).toBe("2");
  });

  it("go on to the models that the request names, and the answer says which one answered", async () => {
    const binding = createFakeBinding(refusal(429, 3040), textAnswer("Hi"));
    const { client } = createTestClient({ binding });
    // The gateway's own member, which the client's types do not know; extra members are sent as they are.
    const request = { ...hello, models: [GEMMA] };
    const { data, response } = await client.chat.completions.create(request).withResponse();
    expect(binding.runs).toEqual([LLAMA, GEMMA]);
    expect(data.model).toBe(GEMMA);
    expect(response.headers.get("x-flaregate-model")).toBe(GEMMA);
  });
});
