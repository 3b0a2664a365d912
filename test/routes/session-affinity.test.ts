import { describe, expect, it } from "vitest";
import { toSessionAffinity } from "../../src/routes/session-affinity.ts";
import type { RunOptions } from "../../src/workers-ai/binding.ts";
import { nativeAnswer } from "../support/binding.ts";
import { createTestGateway } from "../support/gateway.ts";

const model = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const other = "@cf/meta/llama-4-scout-17b-16e-instruct";
const messages = [{ role: "user", content: "Hello" }];

/** The affinity with which a request reaches Workers AI. */
async function affinityOf(body: object, { path = "/v1/chat/completions", key = "sk-a" } = {}) {
  const seen: (string | undefined)[] = [];
  const gateway = createTestGateway({
    vars: { API_KEYS: "a:sk-a,b:sk-b", ALLOW_ANONYMOUS: "true" },
    authorization: key === "" ? null : `Bearer ${key}`,
    binding: {
      run: async (_model: string, _inputs: unknown, options: RunOptions) => {
        seen.push(options.extraHeaders?.["x-session-affinity"]);
        return nativeAnswer();
      },
    },
  });
  const response = await gateway.post(path, body);
  expect(response.status).toBe(200);
  await response.text();
  expect(seen).toHaveLength(1);
  return seen[0];
}

describe("a request's session affinity", () => {
  it("is a hash, in which nothing of the caller's stands", async () => {
    const affinity = await affinityOf({ model, messages, prompt_cache_key: "secret-conversation", user: "ada" });
    expect(affinity).toMatch(/^[0-9a-f]{32}$/);
  });

  it("follows prompt_cache_key, else user, else the key", async () => {
    const byCacheKey = await affinityOf({ model, messages, prompt_cache_key: "c", user: "ada" });
    const byUser = await affinityOf({ model, messages, user: "ada" });
    const byKey = await affinityOf({ model, messages });
    expect(new Set([byCacheKey, byUser, byKey]).size).toBe(3);
    expect(await affinityOf({ model, messages, prompt_cache_key: "c", user: "bob" })).toBe(byCacheKey);
    expect(await affinityOf({ model, messages, user: "ada", temperature: 1 })).toBe(byUser);
    expect(await affinityOf({ model, messages: [{ role: "user", content: "Another" }] })).toBe(byKey);
    expect(await affinityOf({ model, messages, prompt_cache_key: "", user: "" })).toBe(byKey);
  });

  it("is the same for text completions", async () => {
    const path = "/v1/completions";
    expect(await affinityOf({ model, prompt: "A", user: "ada" }, { path })).toBe(
      await affinityOf({ model, messages, user: "ada" }),
    );
    expect(await affinityOf({ model, prompt: "A" }, { path })).toBe(await affinityOf({ model, messages }));
  });

  it("is another for each model, and for the same user under another key", async () => {
    const affinity = await affinityOf({ model, messages, user: "ada" });
    expect(await affinityOf({ model: other, messages, user: "ada" })).not.toBe(affinity);
    expect(await affinityOf({ model, messages, user: "ada" }, { key: "sk-b" })).not.toBe(affinity);
    expect(await affinityOf({ model, messages }, { key: "sk-b" })).not.toBe(await affinityOf({ model, messages }));
  });

  it("is not sent for a caller without a key who names no conversation", async () => {
    expect(await affinityOf({ model, messages }, { key: "" })).toBeUndefined();
    expect(await affinityOf({ model, messages, user: "ada" }, { key: "" })).toMatch(/^[0-9a-f]{32}$/);
  });

  it("stays the same over more keys than are remembered", async () => {
    const first = await toSessionAffinity("key", undefined, model);
    for (let index = 0; index < 1100; index += 1) await toSessionAffinity(`key-${index}`, undefined, model);
    expect(await toSessionAffinity("key", undefined, model)).toBe(first);
  });
});
