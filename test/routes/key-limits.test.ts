import { afterEach, describe, expect, it, vi } from "vitest";
import { openaiTextModel, price } from "../../src/models/catalogue/entry.ts";
import { createBinding, nativeAnswer } from "../support/binding.ts";
import { captureConsole } from "../support/console-lines.ts";
import { readError } from "../support/error-answer.ts";
import { settle } from "../support/fake-clock.ts";
import { createKeyGateway, keyBindings, LLAMA } from "../support/key-objects.ts";
import type { KeyGateway, MadeKey } from "../support/key-objects.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** One million tokens of prompt or answer are a dollar a token, so that spending reads as tokens. */
const priced = openaiTextModel({
  id: "@cf/test/priced",
  contextWindow: 8192,
  price: price(1_000_000, 1_000_000),
});

/** An answer that costs so many dollars. */
function pricedAnswer(dollars: number): Response {
  const usage = { prompt_tokens: dollars - 20, completion_tokens: 20, total_tokens: dollars };
  return Response.json({ response: "Hi", usage });
}

/** Reads an answer to its end and lets it be settled. */
async function finish(answer: Response | Promise<Response>): Promise<Response> {
  const response = await answer;
  await response.clone().text();
  await settle();
  return response;
}

async function readKey(gateway: KeyGateway, { id }: MadeKey): Promise<unknown> {
  await settle();
  return (await gateway.admin(`/keys/${id}`)).json();
}

async function readUsage(gateway: KeyGateway, { id }: MadeKey): Promise<unknown> {
  await settle();
  return (await gateway.admin(`/keys/${id}/usage`)).json();
}

describe("a request with a managed key", () => {
  it("is told what is left of the limits, in OpenAI's headers", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-11-26T12:00:00.250Z") });
    const gateway = createKeyGateway();
    const key = await gateway.createKey({ rpm: 60, tpm: 1000 });
    const first = await finish(gateway.chat(key, { max_tokens: 100 }));
    expect(Object.fromEntries(first.headers)).toMatchObject({
      "x-ratelimit-limit-requests": "60",
      "x-ratelimit-remaining-requests": "59",
      "x-ratelimit-reset-requests": "59.75s",
      "x-ratelimit-limit-tokens": "1000",
      "x-ratelimit-reset-tokens": "59.75s",
    });
    // 19 tokens of the prompt as the gateway estimates them, and the 100 that it may answer.
    const reserved = 1000 - Number(first.headers.get("x-ratelimit-remaining-tokens"));
    expect(reserved).toBeGreaterThan(100);
    expect(reserved).toBeLessThan(150);
    const second = await gateway.chat(key, { max_tokens: 100 });
    const used = 1000 - Number(second.headers.get("x-ratelimit-remaining-tokens")) - reserved;
    expect(used).toBe(28);
  });

  it("has no such headers where the key has no limits", async () => {
    const gateway = createKeyGateway();
    const response = await gateway.chat(await gateway.createKey());
    expect([...response.headers.keys()].filter((name) => name.startsWith("x-ratelimit"))).toEqual([]);
  });

  it("is charged what it used, by day and model", async () => {
    const gateway = createKeyGateway();
    const key = await gateway.createKey();
    await finish(gateway.chat(key));
    await finish(gateway.chat(key, { stream: true }));
    expect(await readUsage(gateway, key)).toMatchObject({
      object: "list",
      data: [{ model: LLAMA, requests: 2, errors: 0, prompt_tokens: 38, completion_tokens: 18 }],
    });
    // The price list's: 0.293 dollars a million tokens in, 2.253 out.
    expect(await readKey(gateway, key)).toMatchObject({
      spend: expect.closeTo((38 * 0.293 + 18 * 2.253) / 1_000_000, 9),
      last_used_at: expect.any(String),
    });
  });

  it("that fails is counted as an error and costs nothing", async () => {
    const binding = createBinding(() => new Response("{}", { status: 500 }));
    const gateway = createKeyGateway({ binding, vars: { MAX_ATTEMPTS: "1" } });
    const key = await gateway.createKey({ max_parallel_requests: 1, max_budget: 1 });
    captureConsole();
    await finish(gateway.chat(key));
    await finish(gateway.chat(key));
    expect(await readUsage(gateway, key)).toMatchObject({ data: [{ model: LLAMA, requests: 2, errors: 2, cost: 0 }] });
    expect(await readKey(gateway, key)).toMatchObject({ spend: 0 });
  });

  it("that its client leaves is charged for what was produced", async () => {
    const gateway = createKeyGateway({ emulator: { tokensPerSecond: 200 } });
    const key = await gateway.createKey({ max_parallel_requests: 1 });
    const messages = [{ role: "user", content: "Count to 400" }];
    const request = { model: LLAMA, messages, stream: true };
    const response = await gateway.post("/v1/chat/completions", request, key.headers);
    const reader = response.body?.getReader();
    for (let chunk = 0; chunk < 4; chunk += 1) await reader?.read();
    await reader?.cancel();
    const usage = await readUsage(gateway, key);
    expect(usage).toMatchObject({ data: [{ model: LLAMA, requests: 1, errors: 0 }] });
    const { data } = usage as { data: readonly [{ completion_tokens: number; prompt_tokens: number }] };
    expect(data[0].prompt_tokens).toBeGreaterThan(10);
    expect(data[0].completion_tokens).toBeGreaterThanOrEqual(3);
    expect(data[0].completion_tokens).toBeLessThan(400);
    // Its place is free again.
    expect((await gateway.chat(key)).status).toBe(200);
  });

  it("asks the key's object once before the upstream call and once after the answer", async () => {
    const asked: string[] = [];
    const { KEYS } = keyBindings();
    const counting = {
      getByName: (name: string) =>
        new Proxy(KEYS.getByName(name), {
          get(stub, method) {
            asked.push(String(method));
            return Reflect.get(stub, method);
          },
        }),
    };
    const binding = createBinding(() => {
      asked.push("run");
      return nativeAnswer();
    });
    const gateway = createKeyGateway({ binding, vars: { KEYS: counting } });
    const key = await gateway.createKey();
    asked.length = 0;
    await finish(gateway.chat(key));
    expect(asked).toEqual(["check", "reserve", "run", "settle"]);
    asked.length = 0;
    // From now on the isolate knows the key.
    await finish(gateway.chat(key));
    await finish(gateway.request("/v1/models", { headers: key.headers }));
    expect(asked).toEqual(["reserve", "run", "settle"]);
  });

  it("does not reach the upstream where its key cannot be asked about", async () => {
    const binding = createBinding(() => nativeAnswer());
    const broken = {
      getByName: () => ({
        check: () => Promise.reject(Object.assign(new Error("lost"), { retryable: true })),
      }),
    };
    const lines = captureConsole();
    const gateway = createKeyGateway({ binding, vars: { KEYS: broken } });
    const token = `sk-fg-${"a".repeat(12)}-${"b".repeat(40)}`;
    const response = await gateway.request("/v1/models", { headers: { authorization: `Bearer ${token}` } });
    expect(await readError(response)).toMatchObject({ status: 503, type: "server_error" });
    expect(binding.calls).toEqual([]);
    expect(lines.join("\n")).not.toContain("b".repeat(40));
  });

  it("is logged by the key's name and id, never by the key", async () => {
    const lines = captureConsole();
    const gateway = createKeyGateway();
    const key = await gateway.createKey({ name: "logged" });
    await finish(gateway.chat(key));
    const line = lines.find((each) => each.includes("logged")) ?? "";
    expect(JSON.parse(line)).toMatchObject({ keyName: "logged", keyId: key.id });
    expect(lines.join("\n")).not.toContain(key.key.slice(-40));
  });
});

describe("a key that has reached a limit", () => {
  it("rpm: is answered with 429 rate_limit_exceeded, and when to come back", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-11-26T12:00:00.000Z") });
    const gateway = createKeyGateway();
    const key = await gateway.createKey({ name: "ci", rpm: 1 });
    await finish(gateway.chat(key));
    vi.setSystemTime(Date.now() + 20_500);
    const response = await gateway.chat(key);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "retry-after": "40",
      "x-ratelimit-limit-requests": "1",
      "x-ratelimit-remaining-requests": "0",
      "x-ratelimit-reset-requests": "39.5s",
    });
    expect(response.headers.get("x-should-retry")).toBeNull();
    expect(await readError(response)).toEqual({
      status: 429,
      type: "requests",
      code: "rate_limit_exceeded",
      param: null,
      message:
        "Rate limit reached for key 'ci' on requests per minute (rpm): Limit 1, used 1, requested 1. " +
        "Please try again in 40s.",
    });
  });

  it("tpm: says so, and that a request above the limit is no use repeating", async () => {
    const gateway = createKeyGateway();
    const key = await gateway.createKey({ tpm: 300 });
    await finish(gateway.chat(key, { max_tokens: 200 }));
    const later = await gateway.chat(key, { max_tokens: 270 });
    expect(Number(later.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await readError(later)).toMatchObject({ status: 429, type: "tokens", code: "rate_limit_exceeded" });
    const never = await gateway.chat(key, { max_tokens: 5000 });
    expect(never.headers.get("retry-after")).toBeNull();
    expect(never.headers.get("x-should-retry")).toBe("false");
    expect((await readError(never)).message).toMatch(/^Request too large .* Limit 300, used \d+, requested 50\d\d\./);
  });

  it("max_parallel_requests: has room when a request is over", async () => {
    const gateway = createKeyGateway({ emulator: { tokensPerSecond: 500 } });
    const key = await gateway.createKey({ max_parallel_requests: 1 });
    const first = await gateway.chat(key, { stream: true });
    const second = await gateway.chat(key);
    expect(second.headers.get("retry-after")).toBe("1");
    expect(await readError(second)).toMatchObject({ status: 429, type: "requests", code: "rate_limit_exceeded" });
    await finish(first);
    expect((await gateway.chat(key)).status).toBe(200);
  });

  it("max_budget: is answered with 429 insufficient_quota, which no client repeats", async () => {
    const gateway = createKeyGateway({ extraEntries: [priced], binding: createBinding(() => pricedAnswer(40)) });
    const key = await gateway.createKey({ name: "ci", max_budget: 60, budget_duration: "1d" });
    const request = { model: priced.id, max_tokens: 20 };
    await finish(gateway.chat(key, request));
    const response = await gateway.chat(key, request);
    expect(response.headers.get("x-should-retry")).toBe("false");
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(86_000);
    expect(await readError(response)).toMatchObject({
      status: 429,
      type: "insufficient_quota",
      code: "insufficient_quota",
      message: expect.stringMatching(
        /^The budget of key 'ci' does not cover this request: \$[\d.]+ of \$60 are used\.$/,
      ),
    });
  });

  it("max_budget: may not use a model whose price is not known", async () => {
    const gateway = createKeyGateway();
    const key = await gateway.createKey({ max_budget: 1 });
    const error = await readError(await gateway.chat(key, { model: "@cf/nobody/knows" }));
    expect(error).toMatchObject({ status: 403, code: "model_not_allowed", param: "model" });
  });

  it("max_budget: counts images and texts before they are made, too", async () => {
    const binding = createBinding(() => nativeAnswer());
    const gateway = createKeyGateway({ binding });
    const { headers } = await gateway.createKey({ max_budget: 0.000_000_001 });
    for (const [path, request] of [
      ["/v1/images/generations", { model: "@cf/black-forest-labs/flux-1-schnell", prompt: "A boat" }],
      ["/v1/embeddings", { model: "@cf/baai/bge-m3", input: "A boat" }],
      ["/v1/rerank", { model: "@cf/baai/bge-reranker-base", query: "A boat", documents: ["A ship"] }],
      ["/v1/messages", { model: LLAMA, max_tokens: 5, messages: [{ role: "user", content: "Hello" }] }],
      ["/v1/responses", { model: LLAMA, input: "Hello" }],
      [`/ai/run/${LLAMA}`, { prompt: "Hello" }],
    ] as const) {
      expect([path, (await gateway.post(path, request, headers)).status]).toEqual([path, 429]);
    }
    expect(binding.calls).toEqual([]);
  });

  it("still answers what costs nothing", async () => {
    const gateway = createKeyGateway();
    const key = await gateway.createKey({ max_budget: 0, rpm: 1 });
    for (let count = 0; count < 3; count += 1) {
      expect((await gateway.request("/v1/models", { headers: key.headers })).status).toBe(200);
    }
  });
});

describe("200 requests at once on one key", () => {
  it("never pass its rpm", async () => {
    const gateway = createKeyGateway({ binding: createBinding(() => nativeAnswer()) });
    const key = await gateway.createKey({ rpm: 50 });
    const answers = await Promise.all(Array.from({ length: 200 }, async () => (await gateway.chat(key)).status));
    expect(answers.filter((status) => status === 200)).toHaveLength(50);
    expect(answers.filter((status) => status === 429)).toHaveLength(150);
  });

  it("never are more than max_parallel_requests upstream", async () => {
    let [running, most] = [0, 0];
    const binding = createBinding(async () => {
      running += 1;
      most = Math.max(most, running);
      await settle();
      running -= 1;
      return nativeAnswer();
    });
    const gateway = createKeyGateway({ binding });
    const key = await gateway.createKey({ max_parallel_requests: 10 });
    const answers = await Promise.all(Array.from({ length: 200 }, async () => (await gateway.chat(key)).status));
    expect(most).toBe(10);
    expect(answers.filter((status) => status === 200).length).toBeGreaterThanOrEqual(10);
  });

  it("never spend more than its budget where they cost no more than is expected of them", async () => {
    const gateway = createKeyGateway({ extraEntries: [priced], binding: createBinding(() => pricedAnswer(25)) });
    const key = await gateway.createKey({ max_budget: 500 });
    const request = { model: priced.id, max_tokens: 20 };
    const answers = await Promise.all(
      Array.from({ length: 200 }, async () => (await finish(gateway.chat(key, request))).status),
    );
    expect(new Set(answers)).toEqual(new Set([200, 429]));
    const { spend } = (await readKey(gateway, key)) as { spend: number };
    expect(spend).toBeGreaterThan(100);
    expect(spend).toBeLessThanOrEqual(500);
  });
});
