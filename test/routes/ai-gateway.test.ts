import { describe, expect, it } from "vitest";
import { throughAiGateway } from "../../src/gateway/ai-gateway.ts";
import type { RunInputs, RunOptions } from "../../src/workers-ai/binding.ts";
import { nativeAnswer } from "../support/binding.ts";
import { readError } from "../support/error-answer.ts";
import { createTestGateway } from "../support/gateway.ts";

const model = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const body = { model, messages: [{ role: "user", content: "Hello" }] };

/** A gateway whose calls are remembered with what they say of the AI Gateway, and answered with these headers. */
function createBed(vars: Readonly<Record<string, string>>, told: Readonly<Record<string, string>> = {}) {
  const calls: RunOptions["gateway"][] = [];
  const gateway = createTestGateway({
    vars: { API_KEYS: "team:sk-test", ...vars },
    binding: {
      run: async (_model: string, _inputs: RunInputs, options: RunOptions) => {
        calls.push(options.gateway);
        const answer = nativeAnswer();
        for (const [name, value] of Object.entries(told)) answer.headers.set(name, value);
        return answer;
      },
    },
  });
  return { gateway, calls };
}

describe("AI_GATEWAY_ID", () => {
  it("sends every call through that AI Gateway, and none without it", async () => {
    for (const [vars, expected] of [
      [{}, undefined],
      [{ AI_GATEWAY_CACHE_TTL: "60" }, undefined],
      [{ AI_GATEWAY_ID: "" }, undefined],
      [{ AI_GATEWAY_ID: "main" }, { id: "main" }],
      [
        { AI_GATEWAY_ID: "main", AI_GATEWAY_CACHE_TTL: "3600" },
        { id: "main", cacheTtl: 3600 },
      ],
    ] as const) {
      const { gateway, calls } = createBed(vars);
      expect((await gateway.post("/v1/chat/completions", body)).status).toBe(200);
      expect((await gateway.post("/v1/completions", { model, prompt: "Hello" })).status).toBe(200);
      expect(calls).toEqual([expected, expected]);
    }
  });

  it.each([
    { AI_GATEWAY_ID: "two words" },
    { AI_GATEWAY_ID: "main", AI_GATEWAY_CACHE_TTL: "-1" },
    { AI_GATEWAY_ID: "main", AI_GATEWAY_CACHE_TTL: "2592001" },
  ])("is a setting that may be wrong: %j", async (vars) => {
    expect((await createBed(vars).gateway.post("/v1/chat/completions", body)).status).toBe(500);
  });

  it("asks the cache for one of several choices only", async () => {
    const { gateway, calls } = createBed({ AI_GATEWAY_ID: "main" });
    await gateway.post("/v1/chat/completions", { ...body, n: 3 });
    const again = { id: "main", skipCache: true };
    expect(calls).toEqual([{ id: "main" }, again, again]);
  });

  it("does not send inputs that hold a stream through it", async () => {
    const seen: RunOptions[] = [];
    const inner = {
      run: async (_model: string, _inputs: RunInputs, options: RunOptions) => {
        seen.push(options);
        return nativeAnswer();
      },
    };
    const binding = throughAiGateway(inner, { id: "main" }, () => undefined);
    const options: RunOptions = { returnRawResponse: true, signal: new AbortController().signal };
    for (const inputs of [
      { audio: new ReadableStream() },
      { audio: { body: new ReadableStream(), contentType: "a/b" } },
      { form: new FormData() },
    ]) {
      await binding.run(model, inputs, options);
    }
    await binding.run(model, { text: "Hello", audio: { body: "text" }, nothing: null }, options);
    expect(seen.map(({ gateway }) => gateway)).toEqual([undefined, undefined, undefined, { id: "main" }]);
  });
});

describe("the headers cf-aig-*", () => {
  it("of a request set its cache and its metadata; a cache key counts within the caller's own key", async () => {
    const { gateway, calls } = createBed({ AI_GATEWAY_ID: "main", AI_GATEWAY_CACHE_TTL: "60" });
    await gateway.post("/v1/chat/completions", body, {
      "cf-aig-cache-ttl": "300",
      "cf-aig-skip-cache": "true",
      "cf-aig-cache-key": "greeting",
      "cf-aig-metadata": '{"team":"web","run":7,"test":true}',
    });
    expect(calls).toEqual([
      {
        id: "main",
        cacheTtl: 300,
        skipCache: true,
        cacheKey: "team:greeting",
        metadata: { team: "web", run: 7, test: true },
      },
    ]);
  });

  it("of a request have no effect without an AI Gateway", async () => {
    const { gateway, calls } = createBed({});
    const response = await gateway.post("/v1/chat/completions", body, { "cf-aig-metadata": "nonsense" });
    expect(response.status).toBe(200);
    expect(calls).toEqual([undefined]);
  });

  it.each([
    ["cf-aig-cache-ttl", "soon"],
    ["cf-aig-cache-key", "x".repeat(257)],
    ["cf-aig-metadata", "nonsense"],
    ["cf-aig-metadata", '{"a":{"b":1}}'],
    ["cf-aig-metadata", '{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1}'],
  ])("that are wrong are refused by name: %s: %s", async (name, value) => {
    const { gateway, calls } = createBed({ AI_GATEWAY_ID: "main" });
    const error = await readError(await gateway.post("/v1/chat/completions", body, { [name]: value }));
    expect(error).toMatchObject({ status: 400, code: "invalid_value", param: name });
    expect(calls).toEqual([]);
  });

  it("of Workers AI come back: the id in the AI Gateway's log, and whether its cache answered", async () => {
    const { gateway } = createBed(
      { AI_GATEWAY_ID: "main" },
      { "cf-aig-log-id": "01ABC", "cf-aig-cache-status": "MISS" },
    );
    const whole = await gateway.post("/v1/chat/completions", body);
    expect(whole.headers.get("cf-aig-log-id")).toBe("01ABC");
    expect(whole.headers.get("cf-aig-cache-status")).toBe("MISS");
    const streamed = await gateway.post("/v1/chat/completions", { ...body, stream: true });
    expect(streamed.headers.get("cf-aig-log-id")).toBe("01ABC");
    const several = await gateway.post("/v1/chat/completions", { ...body, n: 2 });
    expect(several.headers.get("cf-aig-log-id")).toBe("01ABC, 01ABC");
  });

  it("do not come back without an AI Gateway", async () => {
    const { gateway } = createBed({}, { "cf-aig-log-id": "01ABC" });
    expect((await gateway.post("/v1/chat/completions", body)).headers.has("cf-aig-log-id")).toBe(false);
  });

  it("tell that an answer came from the cache: it cost nothing", async () => {
    const { gateway } = createBed({ AI_GATEWAY_ID: "main" }, { "cf-aig-cache-status": "HIT" });
    const response = await gateway.post("/v1/chat/completions", { ...body, usage: { include: true } });
    expect(response.headers.get("x-flaregate-cost")).toBe("0");
    expect(await response.json()).toMatchObject({ usage: { prompt_tokens: 1, cost: 0, neurons: 0 } });
  });
});
