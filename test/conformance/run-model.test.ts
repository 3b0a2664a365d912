import { describe, expect, it, vi } from "vitest";
import { createEmulatorBinding } from "../../src/emulator/binding.ts";
import type { AiBinding, RunInputs } from "../../src/workers-ai/binding.ts";
import { captureConsole } from "../support/console-lines.ts";
import { eventually } from "../support/eventually.ts";
import { createTestGateway } from "../support/gateway.ts";
import type { TestGateway } from "../support/gateway.ts";

const LLAMA = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const GEMMA = "@cf/google/gemma-4-26b-a4b-it";
const BGE = "@cf/baai/bge-base-en-v1.5";
const BASE = "/client/v4/accounts/any-account/ai";
const messages = [{ role: "user", content: "Where does the phrase Hello World come from?" }];

/** A model that gives this answer, and what it was called with. */
function answering(answer: () => Response): { readonly gateway: TestGateway; readonly inputs: RunInputs[] } {
  const inputs: RunInputs[] = [];
  const binding: AiBinding = {
    async run(_model, given) {
      inputs.push(given);
      return answer();
    },
  };
  return { gateway: createTestGateway({ binding, vars: { MAX_ATTEMPTS: "1" } }), inputs };
}

/** A model whose answer has no content type. */
function undeclared(text: string): TestGateway {
  return answering(() => new Response(new Blob([text]).stream())).gateway;
}

/** What the emulator itself answers, to the byte. */
async function runAlone(model: string, inputs: RunInputs): Promise<string> {
  const binding = createEmulatorBinding({ quirks: false, seed: 1 });
  const options = { returnRawResponse: true, signal: new AbortController().signal } as const;
  return (await binding.run(model, inputs, options)).text();
}

describe("a run through Cloudflare's own path", () => {
  it.each([
    ["messages", LLAMA, { messages }],
    ["a prompt", LLAMA, { prompt: "Hello", max_tokens: 20, seed: 7 }],
    ["OpenAI's fields", GEMMA, { messages, max_completion_tokens: 50 }],
    ["texts", BGE, { text: ["This is a story about an orange cloud", "This is a story about a llama"] }],
    [
      "a query",
      "@cf/baai/bge-reranker-base",
      { query: "Which is better?", contexts: [{ text: "a cyberpunk lizard" }] },
    ],
    ["a conversation to judge", "@cf/meta/llama-guard-3-8b", { messages }],
  ])("answers %s in Cloudflare's envelope, with the result as Workers AI gave it", async (_fact, model, inputs) => {
    const response = await createTestGateway().post(`${BASE}/run/${model}`, inputs);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("x-flaregate-model")).toBe(model);
    const body: { result: object } = await response.json();
    expect(body).toEqual({ result: expect.any(Object), success: true, errors: [], messages: [] });
    const alone: object = JSON.parse(await runAlone(model, inputs));
    // Ids and times are drawn for each answer, and so are texts.
    expect(Object.keys(body.result)).toEqual(Object.keys(alone));
  });

  it("keeps every digit of a result", async () => {
    const text = '{"shape":[1,2],"data":[[0.10000000149011612,1.0]]}';
    const { gateway } = answering(() => new Response(text, { headers: { "content-type": "application/json" } }));
    const response = await gateway.post(`${BASE}/run/${BGE}`, { text: "a" });
    expect(await response.text()).toBe(`{"result":${text},"success":true,"errors":[],"messages":[]}`);
  });

  it.each([`/ai/run/${LLAMA}`, `/ai/run/${encodeURIComponent(LLAMA)}`, "/ai/run/llama-3.3-70b"])(
    "is served at %s as well",
    async (path) => {
      const response = await createTestGateway().post(path, { prompt: "Hello" });
      expect(await response.json()).toMatchObject({ success: true, result: { response: expect.any(String) } });
    },
  );

  it("takes the body as curl declares it", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const response = await createTestGateway().post(`${BASE}/run/${LLAMA}`, { prompt: "Hello" }, headers);
    expect(await response.json()).toMatchObject({ success: true });
  });

  it("streams the events as Workers AI sends them, byte for byte", async () => {
    const inputs = { prompt: "Hello", stream: true, seed: 3 };
    const response = await createTestGateway().post(`${BASE}/run/${LLAMA}`, inputs);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const text = await response.text();
    expect(text).toContain('data: {"response":');
    expect(text.endsWith("data: [DONE]\n\n")).toBe(true);
    const padding = /"p":"[^"]*"/g;
    expect(text.replaceAll(padding, "")).toBe((await runAlone(LLAMA, inputs)).replaceAll(padding, ""));
  });

  it("gives binary answers as they are", async () => {
    const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 255]);
    const { gateway } = answering(() => new Response(bytes, { headers: { "content-type": "image/png" } }));
    const response = await gateway.post(`${BASE}/run/@cf/lykon/dreamshaper-8-lcm`, { prompt: "a cloud" });
    expect(response.headers.get("content-type")).toBe("image/png");
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
  });

  it("reads what an answer is from itself where nothing is declared", async () => {
    const json = await undeclared('{"a": 1.0}').post(`${BASE}/run/@cf/acme/model`, {});
    expect(await json.text()).toBe('{"result":{"a": 1.0},"success":true,"errors":[],"messages":[]}');
    const events = await undeclared("data: 1\n\n").post(`${BASE}/run/@cf/acme/model`, { stream: true });
    expect(events.headers.get("content-type")).toBe("text/event-stream");
    const bytes = await undeclared("RIFF").post(`${BASE}/run/@cf/acme/model`, {});
    expect(bytes.headers.get("content-type")).toBe("application/octet-stream");
  });

  it("sends sound on as the model takes it", async () => {
    const { gateway, inputs } = answering(() => Response.json({ text: "Hello" }));
    const body = new Uint8Array([0xff, 0xfb, 1, 2]);
    const request = { method: "POST", body, headers: { "content-type": "application/x-www-form-urlencoded" } };
    expect(await (await gateway.request(`${BASE}/run/@cf/openai/whisper`, request)).json()).toMatchObject({
      result: { text: "Hello" },
    });
    expect(inputs[0]).toEqual({ audio: [0xff, 0xfb, 1, 2] });
    const headers = { "content-type": "audio/mpeg" };
    await gateway.request(`${BASE}/run/@cf/deepgram/nova-3`, { ...request, headers });
    expect(inputs[1]).toEqual({ audio: { body: expect.any(ReadableStream), contentType: "audio/mpeg" } });
    await gateway.request(`${BASE}/run/@cf/openai/whisper`, { ...request, body: new Uint8Array(5_000_000).fill(1) });
    expect(inputs.splice(2)).toEqual([
      { audio: { body: expect.any(ReadableStream), contentType: expect.any(String) } },
    ]);
    const form = new FormData();
    form.append("prompt", "a cloud");
    await gateway.request(`${BASE}/run/@cf/black-forest-labs/flux-2-dev`, { method: "POST", body: form });
    const contentType: unknown = expect.stringMatching(/^multipart\/form-data; boundary=/);
    expect(inputs[2]).toEqual({ multipart: { body: expect.any(ReadableStream), contentType } });
  });
});

describe("a run that fails", () => {
  it.each<[string, string, object, number, number]>([
    ["an unknown model", "@cf/acme/nothing", { prompt: "a" }, 404, 5007],
    ["a name that is no model's", "gpt-4o", { prompt: "a" }, 404, 5007],
    ["a retired model, which no other stands in for", "@cf/meta/llama-3.1-70b-instruct", { prompt: "a" }, 404, 5007],
    ["an input of the wrong type", LLAMA, { prompt: "a", max_tokens: "many" }, 400, 5006],
    ["inputs that Workers AI refuses", GEMMA, { prompt: "a" }, 400, 5006],
    ["a prompt that does not fit", LLAMA, { prompt: "a", max_tokens: 30_000 }, 400, 5021],
  ])("says so in Cloudflare's envelope: %s", async (_fact, model, inputs, status, code) => {
    const response = await createTestGateway().post(`${BASE}/run/${model}`, inputs);
    expect(response.status).toBe(status);
    const errors = [{ code, message: expect.any(String) }];
    expect(await response.json()).toEqual({ result: null, success: false, errors, messages: [] });
  });

  it.each<[string, string, RequestInit, number, number]>([
    ["without a key", `${BASE}/run/${LLAMA}`, { method: "POST", headers: { authorization: "" } }, 401, 10_000],
    ["with a wrong key", `/ai/run/${LLAMA}`, { method: "POST", headers: { authorization: "Bearer x" } }, 401, 10_000],
    ["with another method", `${BASE}/run/${LLAMA}`, {}, 405, 7001],
    ["without a body", `${BASE}/run/${LLAMA}`, { method: "POST" }, 400, 5006],
    ["with half a body", `${BASE}/run/${LLAMA}`, { method: "POST", body: '{"prompt":' }, 400, 5006],
    ["for the queue", `${BASE}/run/${LLAMA}?queueRequest=true`, { method: "POST", body: "{}" }, 400, 5006],
  ])("says so also where it never began: %s", async (_fact, path, init, status, code) => {
    const response = await createTestGateway().request(path, init);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ result: null, success: false, errors: [{ code }] });
  });

  it("opens no WebSocket: the URL serves POST alone", async () => {
    for (const path of [`${BASE}/run/@cf/deepgram/flux?encoding=linear16&sample_rate=16000`, `/ai/run/${LLAMA}`]) {
      const response = await createTestGateway().request(path, { headers: { upgrade: "websocket" } });
      expect([response.status, response.webSocket]).toEqual([405, null]);
      expect(response.headers.get("allow")).toBe("POST, OPTIONS");
      expect(await response.json()).toMatchObject({ result: null, success: false, errors: [{ code: 7001 }] });
    }
  });

  it("is repeated, and goes to no other model", async () => {
    const called: string[] = [];
    const binding: AiBinding = {
      async run(model) {
        called.push(model);
        return Response.json({ errors: [{ code: 3040, message: "busy" }] }, { status: 429 });
      },
    };
    const vars = { MAX_ATTEMPTS: "2", MODEL_FALLBACKS: JSON.stringify({ [LLAMA]: [GEMMA] }) };
    const response = await createTestGateway({ binding, vars }).post(`${BASE}/run/${LLAMA}`, { prompt: "a" });
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("2");
    expect(called).toEqual([LLAMA, LLAMA]);
  });

  it("breaks off in the middle of a stream where the upstream does", async () => {
    let pulls = 0;
    const body = new ReadableStream({
      pull(controller) {
        pulls += 1;
        if (pulls === 1) controller.enqueue(new TextEncoder().encode('data: {"response":"Hel"}\n\n'));
        else controller.error(new Error("reset"));
      },
    });
    const { gateway } = answering(() => new Response(body, { headers: { "content-type": "text/event-stream" } }));
    const response = await gateway.post(`${BASE}/run/${LLAMA}`, { prompt: "a", stream: true });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow("lost");
  });
});

describe("a client that leaves", () => {
  it("cancels the run, and its account says so", async () => {
    const lines = captureConsole();
    const signals: AbortSignal[] = [];
    const frame = new TextEncoder().encode('data: {"response":"a"}\n\n');
    const binding: AiBinding = {
      async run(_model, _inputs, { signal }) {
        signals.push(signal);
        return new Response(new ReadableStream({ pull: (controller) => controller.enqueue(frame) }));
      },
    };
    const response = await createTestGateway({ binding }).post(`/ai/run/${LLAMA}`, { prompt: "a", stream: true });
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await eventually(() => expect(lines.join("")).toContain('"ending":"left"'));
    vi.restoreAllMocks();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(lines.join("\n")).toContain('"isEstimated":true');
  });
});

describe("inputs", () => {
  it.each<[string, object, string]>([
    ["neither a prompt nor messages", { max_tokens: 5 }, "they need 'prompt' or 'messages'."],
    ["both", { prompt: "a", messages }, "they take 'prompt' or 'messages', not both."],
    ["a number out of range", { prompt: "a", temperature: 9 }, "Invalid input 'temperature'"],
    ["no content", { messages: [{ role: "user" }] }, "Invalid input 'messages[0]'"],
    ["a content that is null", { messages: [{ role: "user", content: null }] }, "Invalid input 'messages[0].content'"],
  ])("are held to the published schema before the model is asked: %s", async (_fact, inputs, message) => {
    const { gateway, inputs: called } = answering(() => Response.json({ response: "a" }));
    const response = await gateway.post(`${BASE}/run/${LLAMA}`, inputs);
    expect(response.status).toBe(400);
    const body: { errors: { code: number; message: string }[] } = await response.json();
    expect(body.errors[0]?.code).toBe(5006);
    expect(body.errors[0]?.message).toContain(message);
    expect(called).toEqual([]);
  });

  it("are not held to what Workers AI does not enforce", async () => {
    const { gateway, inputs: called } = answering(() => Response.json({ response: "a" }));
    const tools = [
      { type: "function", function: { name: "f" } },
      { name: "g", parameters: {} },
    ];
    const inputs = { messages, tools, unknown_member: 1 };
    expect((await gateway.post(`${BASE}/run/${LLAMA}`, inputs)).status).toBe(200);
    expect(called).toEqual([inputs]);
  });
});

describe("the account of a run", () => {
  it.each([true, false])("has the tokens and the cost, streamed %s", async (stream) => {
    const lines = captureConsole();
    const response = await createTestGateway().post(`${BASE}/run/${LLAMA}`, { prompt: "Hello", stream, seed: 1 });
    await response.text();
    await eventually(() => expect(lines.join("")).toContain('"event":"request"'));
    vi.restoreAllMocks();
    const line = lines.find((text) => text.includes('"event":"request"')) ?? "";
    const tokens: unknown = expect.toSatisfy((count: unknown) => Number(count) > 0);
    expect(JSON.parse(line)).toMatchObject({
      model: LLAMA,
      keyName: "test",
      ending: "complete",
      promptTokens: tokens,
      completionTokens: tokens,
      dollars: tokens,
      isEstimated: false,
    });
  });
});

describe("the account of a run of another kind", () => {
  it.each<[string, string, object, object]>([
    ["an image", "@cf/black-forest-labs/flux-1-schnell", { prompt: "a cat" }, { image: 1, outputTile: 4, step: 4 }],
    ["an image in bytes", "@cf/leonardo/phoenix-1.0", { prompt: "a cat", width: 512, height: 512 }, { outputTile: 1 }],
    ["speech", "@cf/deepgram/aura-1", { text: "Hello" }, { character: 5 }],
    ["a recording", "@cf/openai/whisper", { audio: Array.from({ length: 3000 }, () => 7) }, {}],
  ])("has its units and their price: %s", async (_fact, model, inputs, units) => {
    const lines = captureConsole();
    const response = await createTestGateway().post(`${BASE}/run/${model}`, inputs);
    await response.arrayBuffer();
    await eventually(() => expect(lines.join("")).toContain('"event":"request"'));
    vi.restoreAllMocks();
    const record: object = JSON.parse(lines.find((text) => text.includes('"event":"request"')) ?? "{}");
    expect(record).toMatchObject({ model, ending: "complete", dollars: expect.any(Number), ...units });
  });
});

describe("the search of models", () => {
  it("gives Workers AI's own list in the envelope", async () => {
    const response = await createTestGateway().request(`${BASE}/models/search`);
    const body: { result: { name: string }[] } = await response.json();
    expect(body).toMatchObject({ success: true, errors: [] });
    expect(body.result.map(({ name }) => name)).toContain(LLAMA);
  });

  it("narrows it by task, author and words, and gives it by pages", async () => {
    const gateway = createTestGateway();
    const search = async (query: string): Promise<readonly string[]> => {
      const body: { result: { name: string }[] } = await (
        await gateway.request(`${BASE}/models/search?${query}`)
      ).json();
      return body.result.map(({ name }) => name);
    };
    expect(await search("task=Text+Embeddings&author=baai&search=bge-m3")).toEqual(["@cf/baai/bge-m3"]);
    const embeddings = await search("task=Text%20Embeddings");
    expect(await search("task=Text%20Embeddings&per_page=2&page=2")).toEqual(embeddings.slice(2, 4));
  });

  it("refuses a page that is none", async () => {
    const response = await createTestGateway().request(`${BASE}/models/search?page=0`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ success: false, errors: [{ code: 5006 }] });
  });

  it("fails where Workers AI's list cannot be read", async () => {
    const binding: AiBinding = {
      run: async () => new Response(),
      models: async () => {
        throw new Error("down");
      },
    };
    const response = await createTestGateway({ binding }).request("/ai/models/search");
    expect(response.status).toBe(502);
  });
});
