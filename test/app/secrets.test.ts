import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AiBinding } from "../../src/workers-ai/binding.ts";
import { createBinding, nativeAnswer } from "../support/binding.ts";
import { captureConsole } from "../support/console-lines.ts";
import { createTestGateway } from "../support/gateway.ts";

/** Words that must never leave the request or the answer that holds them. */
const key = "sk-KEYWORD-4711";
const prompt = "PROMPTWORD correct horse";
const answer = "ANSWERWORD battery staple";
const query = "QUERYWORD";
const secret = /KEYWORD|PROMPTWORD|ANSWERWORD|QUERYWORD/;

const model = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const body = { model, messages: [{ role: "user", content: prompt }], user: prompt, metadata: { note: prompt } };

let lines: string[] = [];

beforeEach(() => {
  lines = captureConsole();
});

afterEach(() => {
  vi.restoreAllMocks();
});

async function send(binding: AiBinding, init: RequestInit & { path?: string } = {}) {
  const vars = { API_KEYS: `team:${key}`, MAX_ATTEMPTS: "1" };
  const gateway = createTestGateway({ binding, vars, authorization: `Bearer ${key}` });
  const { path = "/v1/chat/completions", ...rest } = init;
  const response = await gateway.request(`${path}?api_key=${query}`, {
    method: "POST",
    body: JSON.stringify(body),
    ...rest,
  });
  return { status: response.status, text: await response.text(), headers: JSON.stringify([...response.headers]) };
}

const quoting = `upstream said: ${prompt}\n    at ${prompt} (secret/${key}:1:1)\n    at PROMPTWORD (PROMPTWORD:1:1)`;

function failing(thrown: unknown): AiBinding {
  return {
    run: () => {
      throw thrown;
    },
  };
}

const hostileError = new Error("hostile");
Object.defineProperty(hostileError, "stack", {
  get: () => {
    throw new Error(prompt);
  },
});
const namedError = Object.assign(new Error(quoting), { name: `Error of ${prompt}` });

const hostileBinding: AiBinding = {
  get run(): AiBinding["run"] {
    throw prompt;
  },
};

const failures: readonly (readonly [string, AiBinding])[] = [
  ["an error that quotes the request", failing(new Error(quoting))],
  ["an error whose name quotes the request", failing(namedError)],
  ["an error whose members throw", failing(hostileError)],
  ["a text", failing(prompt)],
  ["undefined", failing(undefined)],
  ["a binding that throws when it is looked at", hostileBinding],
  ["an object", failing({ message: prompt, toString: () => prompt })],
  [
    "a 400 that quotes the request",
    createBinding(() => Response.json({ errors: [{ code: 7999, message: `AiError: ${prompt}` }] }, { status: 400 })),
  ],
  [
    "a 500 that quotes the request",
    createBinding(() => Response.json({ internalCode: 9999, description: prompt }, { status: 500 })),
  ],
  ["a page", createBinding(() => new Response(`<html>${prompt} ${answer}</html>`, { status: 502 }))],
  [
    "an answer that is cut",
    createBinding(() => new Response(`{"response":"${answer}`, { headers: { "content-type": "application/json" } })),
  ],
  ["an answer that is none", createBinding(() => new Response(answer))],
];

describe("B6: no key, prompt, answer or query is written to the log", () => {
  it("when everything goes well", async () => {
    const { status, text } = await send(createBinding(() => nativeAnswer(answer)));
    expect(status).toBe(200);
    expect(text).toContain("ANSWERWORD");
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      {
        event: "request",
        requestId: expect.stringMatching(/^req_[0-9a-f]{32}$/),
        method: "POST",
        route: "/v1/chat/completions",
        status: 200,
        milliseconds: expect.any(Number),
        model,
        keyName: "team",
        ending: "complete",
        attempts: 1,
        firstEventMs: expect.any(Number),
        totalMs: expect.any(Number),
        promptTokens: 1,
        completionTokens: 1,
        isEstimated: false,
        dollars: expect.any(Number),
        neurons: expect.any(Number),
      },
    ]);
  });

  it.each(failures)("nor to the answer, when the upstream gives %s", async (_name, binding) => {
    for (const stream of [false, true]) {
      const { status, text, headers } = await send(binding, { body: JSON.stringify({ ...body, stream }) });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(text + headers).not.toMatch(secret);
      expect(text).not.toMatch(/\n\s+at |hostile/);
    }
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join("\n")).not.toMatch(secret);
  });

  it.each(failures)("nor to the answers of other endpoints, when the upstream gives %s", async (_name, binding) => {
    const requests: readonly (readonly [string, object])[] = [
      [
        "/v1/messages",
        { model, max_tokens: 5, system: prompt, messages: body.messages, metadata: { user_id: prompt } },
      ],
      ["/v1/images/generations", { prompt, user: prompt }],
      ["/v1/audio/speech", { model: "@cf/deepgram/aura-2-en", voice: "luna", input: prompt }],
    ];
    for (const [path, request] of requests) {
      const { status, text, headers } = await send(binding, { path, body: JSON.stringify(request) });
      expect([path, status]).toEqual([path, expect.toSatisfy((code: number) => code >= 400)]);
      expect(text + headers).not.toMatch(secret);
    }
    expect(lines.join("\n")).not.toMatch(secret);
  });

  it("while the log does say where a failure of the gateway's own came from", async () => {
    await send(failing(new TypeError(quoting)));
    const failure = lines.find((line) => line.includes('"failure"')) ?? "";
    expect(JSON.parse(failure)).toMatchObject({
      kind: "upstream_failed",
      cause: expect.stringMatching(/^TypeError at /),
    });
  });

  it("when a stream breaks off", async () => {
    const frames = `data: {"response":"${answer}"}\n\ndata: {"response":"${answer}`;
    const binding = createBinding(() => new Response(frames, { headers: { "content-type": "text/event-stream" } }));
    const { status } = await send(binding, { body: JSON.stringify({ ...body, stream: true }) });
    expect(status).toBe(200);
    expect(lines.some((line) => line.includes('"failure"'))).toBe(true);
    expect(lines.join("\n")).not.toMatch(secret);
  });

  it.each([
    ["a body that is no JSON", { body: `{"model": ${prompt}` }],
    ["a body of a wrong type", { body: JSON.stringify({ ...body, temperature: prompt }) }],
    ["a wrong role", { body: JSON.stringify({ ...body, messages: [{ role: prompt }] }) }],
    ["a wrong key", { headers: { authorization: `Bearer ${key}x` } }],
    ["a wrong kind of key", { headers: { authorization: `Basic ${key}` } }],
    ["a wrong method", { method: "PUT" }],
    ["an unknown URL", { path: `/v1/${query}` }],
    ["a request id", { path: "/nothing", headers: { "x-request-id": `${prompt} ${key}` } }],
    ["a large body", { body: prompt.repeat(1_000_000) }],
    ["a broken encoding", { headers: { "content-encoding": prompt } }],
  ])("nor the caller's mistake: %s", async (_name, init) => {
    const { status, text } = await send(
      createBinding(() => nativeAnswer(answer)),
      init,
    );
    expect(status).toBeGreaterThanOrEqual(400);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join("\n")).not.toMatch(secret);
    expect(text).not.toMatch(/KEYWORD|PROMPTWORD|ANSWERWORD/);
  });

  it("when the model's name is a secret", async () => {
    const { status } = await send(
      createBinding(() => nativeAnswer(answer)),
      { body: JSON.stringify({ ...body, model: key }) },
    );
    expect(status).toBe(404);
    expect(lines.join("\n")).not.toMatch(secret);
  });
});

describe("E6: a configuration that is wrong", () => {
  const vars = {
    API_KEYS: key,
    MAX_ATTEMPTS: key,
    CORS_ORIGINS: query,
    MODEL_ALIASES: `{"${prompt}":5}`,
  };

  it("fails every request, and the log names every setting without its value", async () => {
    const gateway = createTestGateway({ vars });
    for (const path of ["/v1/models", "/v1/chat/completions", "/healthz", "/nothing"]) {
      const response = await gateway.request(path);
      expect(response.status).toBe(500);
      expect(response.headers.get("x-should-retry")).toBe("false");
      expect(await response.json()).toEqual({
        error: {
          message: "The gateway is not configured correctly; its log says what is wrong.",
          type: "server_error",
          param: null,
          code: null,
        },
      });
    }
    const failure = lines.find((line) => line.includes('"failure"')) ?? "";
    for (const name of ["MAX_ATTEMPTS", "CORS_ORIGINS", "MODEL_ALIASES"]) expect(failure).toContain(name);
    expect(lines.join("\n")).not.toMatch(secret);
  });

  it.each([
    [{ MODEL_ALIASES: '{"gpt-4o":"no-such-model"}' }, "gpt-4o"],
    [{ MODEL_FALLBACKS: `{"${model}":["no-such-model"]}` }, "no-such-model"],
    [{ MODEL_FALLBACKS: '{"no-such-model":[]}' }, "no-such-model"],
  ])("with %j is wrong too: names of models that there are not are for the log alone", async (models, name) => {
    const response = await createTestGateway({ vars: models }).request("/v1/models");
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain(name);
    expect(lines.join("\n")).toContain(name);
  });

  it("without the AI binding is a failure of the completions alone", async () => {
    const gateway = createTestGateway({ binding: null });
    expect((await gateway.request("/v1/models")).status).toBe(200);
    const response = await gateway.post("/v1/chat/completions", body);
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ error: { message: "The gateway has no AI binding.", code: null } });
  });
});
