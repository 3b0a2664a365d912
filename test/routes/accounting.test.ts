import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DataPoint } from "../../src/gateway/analytics.ts";
import { parseJson } from "../../src/json.ts";
import { createTap, refusal, stream, whole } from "../gateway/scripted-binding.ts";
import type { Answer } from "../gateway/scripted-binding.ts";
import { openSocket } from "../conformance/support/socket.ts";
import { storageBindings } from "../stored-responses/objects.ts";
import { captureConsole } from "../support/console-lines.ts";
import { eventually } from "../support/eventually.ts";
import { settle } from "../support/fake-clock.ts";
import { createTestGateway } from "../support/gateway.ts";

/** What is written down of a request, seen from outside: its line in the log and its data point. */

const model = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const body = { model, messages: [{ role: "user", content: "Hello" }] };
const streamed = { ...body, stream: true };

let lines: string[] = [];

beforeEach(() => {
  lines = captureConsole();
});

afterEach(() => {
  vi.restoreAllMocks();
});

function createBed(answer: Answer, vars: Readonly<Record<string, unknown>> = {}) {
  const points: DataPoint[] = [];
  const dataset = { writeDataPoint: (point: DataPoint) => void points.push(point) };
  const gateway = createTestGateway({
    vars: { ANALYTICS: dataset, MAX_ATTEMPTS: "1", ...vars },
    binding: { run: async (name, inputs, options) => answer({ model: name, inputs, options }) },
  });
  return { gateway, points };
}

/** The lines of the log that are about requests. */
function requests(): readonly unknown[] {
  return events("request");
}

function events(name: "request" | "run"): readonly unknown[] {
  return lines.filter((line) => line.startsWith(`{"event":"${name}"`)).map(parseJson);
}

describe("a request for a model writes one line and one data point", () => {
  it.each([
    ["a whole answer", body, whole("Hi"), { ending: "complete", promptTokens: 3, completionTokens: 2 }],
    ["a stream", streamed, stream("Hi", " there"), { ending: "complete", promptTokens: 3, completionTokens: 2 }],
    ["several choices", { ...body, n: 3 }, whole("Hi"), { ending: "complete", promptTokens: 9, completionTokens: 6 }],
    ["a refusal", body, refusal(429, 3040), { ending: "failed", error: "out_of_capacity", status: 429, neurons: 0 }],
    [
      "what the model cannot do",
      { ...body, logprobs: true },
      whole("Hi"),
      { ending: "failed", status: 400, attempts: 0 },
    ],
  ])("of %s", async (_name, request, answer, expected) => {
    const { gateway, points } = createBed(answer);
    const response = await gateway.post("/v1/chat/completions", request);
    await response.text();
    await settle();
    expect(requests()).toEqual([expect.objectContaining({ keyName: "test", status: response.status, ...expected })]);
    // What makes it is loaded with the first.
    await eventually(() => expect(points).toHaveLength(1));
    const [point] = points;
    expect(point?.indexes).toEqual(["test"]);
    expect(point?.blobs.slice(1, 4)).toEqual(["test", "/v1/chat/completions", expected.ending]);
    expect(point?.doubles[0]).toBe(response.status);
  });

  it("when the stream is over, not before", async () => {
    const tap = createTap();
    const { gateway, points } = createBed(() => tap.response());
    tap.say("One");
    const response = await gateway.post("/v1/chat/completions", streamed);
    const text = response.text();
    await settle();
    expect([requests(), points]).toEqual([[], []]);
    tap.done();
    await text;
    await settle();
    expect(requests()).toHaveLength(1);
    expect(points).toHaveLength(1);
  });

  it("of a stream that breaks, with what came until then", async () => {
    const tap = createTap();
    const { gateway, points } = createBed(() => tap.response());
    tap.say("One");
    const response = await gateway.post("/v1/chat/completions", streamed);
    tap.fail();
    await response.text();
    await settle();
    expect(requests()).toMatchObject([
      { status: 200, ending: "broken", error: "upstream_failed", completionTokens: 1, isEstimated: true },
    ]);
    await eventually(() =>
      expect(points.map(({ blobs }) => blobs.slice(3, 5))).toEqual([["broken", "upstream_failed"]]),
    );
  });

  it("of a client that leaves in the middle: it is charged for what was produced", async () => {
    const tap = createTap();
    const { gateway, points } = createBed(() => tap.response());
    tap.say("One");
    const response = await gateway.post("/v1/chat/completions", streamed);
    const reader = response.body?.getReader();
    await reader?.read();
    tap.say("two");
    await reader?.read();
    await reader?.cancel();
    await settle();
    expect(requests()).toMatchObject([{ ending: "left", completionTokens: 2, isEstimated: true }]);
    const [line] = requests();
    expect(line).toHaveProperty("dollars", expect.any(Number));
    expect(line).not.toHaveProperty("dollars", 0);
    expect(points.map(({ blobs, doubles }) => [blobs[3], doubles[6]])).toEqual([["left", 2]]);
  });

  it("of an answer that had to be made twice, with the tokens of both", async () => {
    const format = { type: "json_schema", json_schema: { name: "a", strict: true, schema: { type: "object" } } };
    const answers = [whole("no JSON"), whole('{"a":1}')];
    const { gateway } = createBed((call) => (answers.shift() ?? whole("none"))(call), { MAX_ATTEMPTS: "2" });
    const response = await gateway.post("/v1/chat/completions", { ...body, response_format: format });
    expect(await response.json()).toMatchObject({ usage: { total_tokens: 5 } });
    await settle();
    expect(requests()).toMatchObject([{ attempts: 2, promptTokens: 6, completionTokens: 4, isEstimated: false }]);
  });

  it("of a stream that the gateway ends at a stop sequence: the model does not tell its usage then", async () => {
    const { gateway } = createBed(stream("One", " STOP", " two"));
    const response = await gateway.post("/v1/chat/completions", {
      ...streamed,
      stop: "STOP",
      usage: { include: true },
    });
    expect(await response.text()).not.toContain('"cost"');
    await settle();
    expect(requests()).toMatchObject([{ ending: "complete", isEstimated: true }]);
  });

  it("of embeddings and other tasks", async () => {
    const points: DataPoint[] = [];
    const vars = { ANALYTICS: { writeDataPoint: (point: DataPoint) => void points.push(point) } };
    const gateway = createTestGateway({ vars });
    await gateway.post("/v1/embeddings", { model: "@cf/baai/bge-m3", input: "Hello" });
    await settle();
    expect(requests()).toMatchObject([{ route: "/v1/embeddings", ending: "complete" }]);
    expect(points.map(({ blobs }) => blobs[0])).toEqual(["@cf/baai/bge-m3"]);
  });

  it("of a Responses request", async () => {
    const { gateway, points } = createBed(whole("Hi"));
    const response = await gateway.post("/v1/responses", { model, input: "Hello", usage: { include: true } });
    expect(await response.json()).toMatchObject({
      usage: { input_tokens: 3, cost: expect.any(Number), neurons: expect.any(Number) },
    });
    await settle();
    expect(requests()).toMatchObject([{ route: "/v1/responses", ending: "complete", promptTokens: 3 }]);
    expect(points).toHaveLength(1);
  });
});

describe("what has no HTTP answer of its own has a line of its own", () => {
  it("each response over a WebSocket", async () => {
    const { gateway, points } = createBed(stream("Hi"));
    const socket = await openSocket(gateway);
    for (const input of ["One", "Two"]) await socket.ask({ model, store: false, input });
    socket.close();
    await settle();
    const run = { event: "run", route: "/v1/responses", keyName: "test", ending: "complete", promptTokens: 3 };
    expect(events("run")).toEqual([expect.objectContaining(run), expect.objectContaining(run)]);
    await eventually(() => expect(points).toHaveLength(2));
  });

  it("a response in the background", async () => {
    const gateway = createTestGateway({ vars: storageBindings() });
    const queued = await gateway.post("/v1/responses", { model, input: "Hello", background: true });
    expect(await queued.json()).toMatchObject({ status: "queued" });
    await eventually(() => expect(events("run")).toHaveLength(1));
    expect(requests()).toEqual([expect.not.objectContaining({ ending: expect.anything() })]);
    const run = {
      route: "/v1/responses",
      model,
      keyName: "test",
      ending: "complete",
      completionTokens: expect.any(Number),
    };
    expect(events("run")).toMatchObject([run]);
  });
});

describe("a failure between the start of an answer and its first byte", () => {
  it("ends the request like any other", async () => {
    const { gateway, points } = createBed(whole("Hi"));
    // Makes the id of the answer, when the model has begun.
    vi.spyOn(String, "fromCharCode").mockImplementation(() => {
      throw new Error("no text");
    });
    const response = await gateway.post("/v1/chat/completions", streamed);
    expect(response.status).toBe(500);
    await settle();
    expect(requests()).toMatchObject([{ status: 500, ending: "broken", error: "internal" }]);
    await eventually(() => expect(points.map(({ blobs }) => blobs.slice(3, 5))).toEqual([["broken", "internal"]]));
  });
});

describe("no data point is written", () => {
  it.each([
    ["of a wrong key", "/v1/chat/completions", body, { authorization: "Bearer sk-wrong" }],
    ["of a body that is wrong", "/v1/chat/completions", { model }, {}],
    ["of a URL that does not exist", "/v1/nothing", body, {}],
  ])("%s, of which the log has its line", async (_name, path, request, headers) => {
    const { gateway, points } = createBed(whole("Hi"));
    await gateway.post(path, request, headers);
    await settle();
    expect(requests()).toHaveLength(1);
    expect(points).toEqual([]);
  });
});

describe("neither the line nor the data point", () => {
  it("holds anything of the prompt, the answer, the key, the user or the caller's headers", async () => {
    const word = "SECRETWORD";
    const { gateway, points } = createBed(whole(`${word} answer`), {
      API_KEYS: `team:sk-${word}`,
      AI_GATEWAY_ID: "main",
    });
    const request = {
      model,
      messages: [{ role: "user", content: word }],
      user: word,
      prompt_cache_key: word,
      metadata: { word },
      usage: { include: true },
    };
    const headers = { authorization: `Bearer sk-${word}`, "cf-aig-metadata": `{"word":"${word}"}`, "x-word": word };
    const response = await gateway.post(`/v1/chat/completions?word=${word}`, request, headers);
    expect(await response.text()).toContain(word);
    await eventually(() => expect(points).toHaveLength(1));
    expect(requests()).toMatchObject([{ keyName: "team", ending: "complete" }]);
    expect(JSON.stringify([lines, points])).not.toContain(word);
  });
});

describe("a dataset that fails", () => {
  it("fails no answer, and the log says so", async () => {
    const ANALYTICS = {
      writeDataPoint() {
        throw new Error("too many data points");
      },
    };
    const { gateway } = createBed(whole("Hi"), { ANALYTICS });
    const response = await gateway.post("/v1/chat/completions", body);
    expect(response.status).toBe(200);
    await settle();
    expect(requests()).toMatchObject([{ ending: "complete" }]);
    expect(lines.map(parseJson)).toContainEqual(expect.objectContaining({ event: "failure", kind: "internal" }));
  });
});
