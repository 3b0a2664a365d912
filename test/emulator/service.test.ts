import { describe, expect, it } from "vitest";
import { toEmulatorOptions } from "../../src/emulator/environment.ts";
import { createRestEmulator } from "../../src/emulator/rest.ts";
import { createEmulatorService } from "../../src/emulator/service.ts";
import type { JsonObject } from "../../src/emulator/json-value.ts";
import { ask, at, LLAMA_33, PLAIN } from "./support.ts";

const ACCOUNT = "http://localhost:8915/client/v4/accounts/0123abcd/ai";
const HELLO = ask("Say exactly: Hello");

describe("the emulator as a service", () => {
  const service = createEmulatorService(PLAIN);

  it("answers with a value, a stream or a response, as the runtime's class does", async () => {
    expect(await service.run(LLAMA_33, HELLO)).toMatchObject({ response: "Hello" });
    const stream = await service.run(LLAMA_33, { ...HELLO, stream: true });
    expect(stream).toBeInstanceOf(ReadableStream);
    expect(await service.run(LLAMA_33, HELLO, { returnRawResponse: true })).toBeInstanceOf(Response);
    expect(await service.run("@emulator/charset-json", HELLO)).toBeInstanceOf(ReadableStream);
  });

  it("throws what the runtime's class throws", async () => {
    await expect(service.run("@cf/nobody/nothing", HELLO)).rejects.toMatchObject({
      name: "AiError",
      message: "5007: No such model @cf/nobody/nothing or task",
    });
    await expect(service.run("@emulator/out-of-capacity", HELLO)).rejects.toMatchObject({
      name: "InferenceUpstreamError",
      message: "3040: Capacity temporarily exceeded, please try again.",
    });
    await expect(service.run("@emulator/text-error", HELLO)).rejects.toMatchObject({
      name: "InferenceUpstreamError",
      message: "upstream connect error",
    });
  });

  it("lists its models by the name that they are called by", () => {
    const names = service.models().map(({ name }) => name);
    expect(names).toContain(LLAMA_33);
    expect(names).toContain("@emulator/stall");
    expect(names).not.toContain("@cf/meta/llama-3.1-70b-instruct");
  });
});

describe("the emulator over HTTP", () => {
  const emulator = createRestEmulator(PLAIN);

  function call(model: string, body: JsonObject | string, token = "Bearer anything"): Promise<Response> {
    const headers = token === "" ? {} : { authorization: token };
    return emulator(
      new Request(`${ACCOUNT}/run/${model}`, {
        method: "POST",
        headers,
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    );
  }

  it("wraps an answer in the envelope of Cloudflare's API", async () => {
    const body = await (await call(LLAMA_33, HELLO)).json();
    expect(body).toEqual({
      result: expect.objectContaining({ response: "Hello" }),
      success: true,
      errors: [],
      messages: [],
    });
  });

  it("streams without an envelope", async () => {
    const response = await call(LLAMA_33, { ...HELLO, stream: true });
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(await response.text()).toContain("data: [DONE]");
  });

  it("takes a bare prompt", async () => {
    expect(at(await (await call(LLAMA_33, { prompt: "Say exactly: Hello" })).json(), "result", "response")).toBe(
      "Hello",
    );
  });

  it("refuses without a token, without JSON, and what the model refuses", async () => {
    expect((await call(LLAMA_33, HELLO, "")).status).toBe(401);
    expect(await (await call(LLAMA_33, "nonsense")).json()).toMatchObject({ success: false, errors: [{ code: 3003 }] });
    const refused = await call(LLAMA_33, {});
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({
      success: false,
      errors: [{ code: 5006, message: expect.stringMatching(/^AiError: Bad input: Error: oneOf/) }],
    });
  });

  it("searches its models", async () => {
    const response = await emulator(
      new Request(`${ACCOUNT}/models/search?task=x`, { headers: { authorization: "Bearer x" } }),
    );
    expect(at(await response.json(), "result", 0, "name")).toBe(LLAMA_33);
  });
});

describe("the environment of the emulator", () => {
  it("is read into options", () => {
    expect(toEmulatorOptions({})).toEqual({ quirks: true });
    expect(
      toEmulatorOptions({
        EMULATOR_QUIRKS: "false",
        EMULATOR_SEED: "7",
        EMULATOR_FAILURE_RATE: "0.1",
        EMULATOR_UPSTREAM: "http://localhost:11434/v1",
        EMULATOR_UPSTREAM_MODEL: "tiny",
      }),
    ).toEqual({
      quirks: false,
      seed: 7,
      failureRate: 0.1,
      upstream: { baseUrl: "http://localhost:11434/v1", model: "tiny" },
      onUpstreamFailure: expect.any(Function),
    });
  });

  it("is refused where a number is none", () => {
    expect(() => toEmulatorOptions({ EMULATOR_SEED: "seven" })).toThrow(
      'EMULATOR_SEED must be a number from 0 on, and is "seven".',
    );
  });
});
