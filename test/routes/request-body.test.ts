import { describe, expect, it } from "vitest";
import { createBinding, nativeAnswer } from "../support/binding.ts";
import { readError } from "../support/error-answer.ts";
import { createTestGateway } from "../support/gateway.ts";
import { toBody } from "../support/slices.ts";

const model = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const valid = JSON.stringify({ model, messages: [{ role: "user", content: "Hello" }] });

function createGateway(vars: Readonly<Record<string, unknown>> = {}, answer = "Hi") {
  const binding = createBinding(() => nativeAnswer(answer));
  const gateway = createTestGateway({ binding, vars });
  const send = (body: BodyInit | null, headers: Record<string, string> = {}) =>
    gateway.request("/v1/chat/completions", { method: "POST", body, headers });
  return { binding, send };
}

const encoder = new TextEncoder();

describe("the body of a request", () => {
  it("A1: an empty body is a 400", async () => {
    const { send, binding } = createGateway();
    for (const body of ["", null]) {
      expect(await readError(await send(body))).toEqual({
        status: 400,
        type: "invalid_request_error",
        code: null,
        param: null,
        message: "The request has no body; it has to be JSON.",
      });
    }
    expect(binding.calls).toEqual([]);
  });

  it.each([
    ["cut off", valid.slice(0, -1)],
    ["followed by bytes", `${valid} x`],
    ["followed by NUL", `${valid}\0`],
    ["followed by a second value", `${valid}${valid}`],
    ["no JSON", "model=x"],
    ["JavaScript", "{model: 'x'}"],
    ["white space", " \n"],
    ["an unescaped control character", '{"model":"a\nb"}'],
    ["NaN", '{"model":"m","messages":[],"temperature":NaN}'],
  ])("A2: JSON that is %s is a 400", async (_name, body) => {
    const error = await readError(await createGateway().send(body));
    expect(error).toMatchObject({ status: 400, type: "invalid_request_error", param: null, code: null });
    expect(error.message).toBe("We could not parse the JSON body of your request.");
  });

  it.each(["null", "[]", "[{}]", "5", '"text"', "true"])("A3: %s is a 400 that names the object", async (body) => {
    const error = await readError(await createGateway().send(body));
    expect(error).toMatchObject({ status: 400, message: "The request body has to be a JSON object." });
  });

  it("A4: a byte order mark before the JSON is skipped", async () => {
    expect((await createGateway().send(`\ufeff${valid}`)).status).toBe(200);
  });

  it.each([
    ["a lone continuation byte", [0x80]],
    ["a cut sequence", [0xe2, 0x82]],
    ["an overlong form", [0xc0, 0xaf]],
    ["a surrogate in UTF-8", [0xed, 0xa0, 0x80]],
    ["Latin-1", [0xe9]],
  ])("A5: a text with %s is a 400", async (_name, bytes) => {
    const body = Uint8Array.from([
      ...encoder.encode(valid.slice(0, valid.indexOf("Hello"))),
      ...bytes,
      ...encoder.encode(valid.slice(valid.indexOf("Hello"))),
    ]);
    const error = await readError(await createGateway().send(body));
    expect(error).toMatchObject({ status: 400, message: "The request body is not valid UTF-8." });
  });

  it("A6: half of a surrogate pair is a text, and what is sent on is valid JSON", async () => {
    const { send, binding } = createGateway();
    expect((await send(valid.replace("Hello", String.raw`a\ud800b`))).status).toBe(200);
    const sent = JSON.stringify(binding.calls[0]?.inputs);
    expect(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(encoder.encode(sent))).toContain("a");
  });

  it("A7: of duplicate keys the last one counts, for the check and for the call", async () => {
    const { send, binding } = createGateway();
    const body = valid.replace("{", '{"model":"no-such-model","messages":"none",');
    expect((await send(body)).status).toBe(200);
    expect(binding.calls).toMatchObject([{ model, inputs: { messages: [{ content: "Hello" }] } }]);
  });

  it.each(["__proto__", "constructor", "prototype", "toString"])(
    "A8: a key %s at any level is ignored, and the next request is not affected",
    async (key) => {
      const { send, binding } = createGateway();
      const poison = `"${key}":{"stream":true,"polluted":"yes","role":"system"}`;
      const poisoned = `{${poison},"model":"${model}","messages":[{${poison},"role":"user","content":"Hello"}],
        "stream_options":{${poison}},"metadata":{${poison}},"tools":[{${poison},"type":"function","function":{${poison},
        "name":"f","parameters":{${poison},"type":"object","properties":{${poison}}}}}]}`;
      expect((await send(poisoned)).headers.get("content-type")).toBe("application/json");
      expect((await send(valid)).headers.get("content-type")).toBe("application/json");
      expect(binding.calls[1]?.inputs).toMatchObject({ messages: [{ role: "user", content: "Hello" }], stream: false });
      expect(Reflect.get({}, "polluted")).toBeUndefined();
      expect(Object.hasOwn(Object.prototype, "stream")).toBe(false);
    },
  );

  it.each(["tools", "some_unknown_member"])("A9: a million nested arrays in %s are a 400", async (member) => {
    const nested = `${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}`;
    const body = valid.replace("{", `{"${member}":${nested},`);
    const error = await readError(await createGateway().send(body));
    expect(error).toMatchObject({ status: 400, message: "The request body is nested more than 128 levels deep." });
  });

  it("A10: a body whose declared length is over the limit is a 413 before it is read", async () => {
    let pulls = 0;
    const body = new ReadableStream(
      {
        pull(controller) {
          pulls += 1;
          controller.enqueue(encoder.encode(" "));
        },
      },
      { highWaterMark: 0 },
    );
    const { send, binding } = createGateway({ MAX_BODY_BYTES: 1000 });
    const error = await readError(await send(body, { "content-length": "1001" }));
    expect(error).toMatchObject({
      status: 413,
      code: "request_too_large",
      message: "The request body is larger than 1000 bytes.",
    });
    expect(pulls).toBe(0);
    expect(binding.calls).toEqual([]);
  });

  it.each([[undefined], ["abc"], ["-1"], ["0"], ["NaN"], ["1e1"], [""]])(
    "A11: with the length %j a body over the limit is a 413 once the limit is reached",
    async (length) => {
      let sent = 0;
      const body = new ReadableStream(
        {
          pull(controller) {
            sent += 100;
            controller.enqueue(encoder.encode(" ".repeat(100)));
          },
        },
        { highWaterMark: 0 },
      );
      const { send } = createGateway({ MAX_BODY_BYTES: 1000 });
      const response = await send(body, length === undefined ? {} : { "content-length": length });
      expect(await readError(response)).toMatchObject({ status: 413, code: "request_too_large" });
      expect(sent).toBe(1100);
    },
  );

  it("a body of exactly the limit is read", async () => {
    const body = valid.padEnd(1000);
    expect((await createGateway({ MAX_BODY_BYTES: 1000 }).send(body)).status).toBe(200);
    expect((await createGateway({ MAX_BODY_BYTES: 999 }).send(body)).status).toBe(413);
  });

  it("a body that arrives byte by byte is put together", async () => {
    const { send, binding } = createGateway();
    const bytes = encoder.encode(valid.replace("Hello", "Grüße 🌍"));
    expect((await send(toBody(Array.from(bytes, (byte) => Uint8Array.of(byte))))).status).toBe(200);
    expect(binding.calls[0]?.inputs).toMatchObject({ messages: [{ content: "Grüße 🌍" }] });
  });

  it("A12: ten thousand messages are one conversation", async () => {
    const { send, binding } = createGateway();
    const messages = Array.from({ length: 10_000 }, (_, index) => ({
      role: index % 2 === 0 ? "user" : "assistant",
      content: "a",
    }));
    expect((await send(JSON.stringify({ model, messages, max_tokens: 10 }))).status).toBeLessThan(500);
    expect(binding.calls.length).toBeLessThanOrEqual(1);
  });

  it("A12: a message of five million characters is read", async () => {
    const messages = [{ role: "user", content: "a ".repeat(2_500_000) }];
    const response = await createGateway().send(JSON.stringify({ model, messages, max_tokens: 10 }));
    expect(response.status).toBeLessThan(500);
  });

  it("A12: a million content parts are a 400", async () => {
    const part = JSON.stringify({ type: "text", text: "" });
    const body = `{"model":"${model}","messages":[{"role":"user","content":[${`${part},`.repeat(600_000)}${part}]}]}`;
    const error = await readError(await createGateway().send(body));
    expect(error).toMatchObject({ status: 400, message: "The request body holds more than 500000 values." });
  });

  it("A12: hundreds of thousands of wrong messages are one 400, for the first", async () => {
    const error = await readError(await createGateway().send(`{"model":"m","messages":[${"1,".repeat(400_000)}1]}`));
    expect(error).toMatchObject({ status: 400, param: "messages[0]", code: "invalid_type" });
  });

  it.each(["gzip", "br", "GZIP", "identity, gzip"])("A13: content-encoding %s is a 415", async (encoding) => {
    const error = await readError(await createGateway().send(valid, { "content-encoding": encoding }));
    expect(error).toMatchObject({
      status: 415,
      type: "invalid_request_error",
      message: "Compressed request bodies are not accepted.",
    });
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1", "", "nonsense"])(
    "A14: a JSON body is accepted under the content type %j",
    async (type) => {
      expect((await createGateway().send(encoder.encode(valid), { "content-type": type })).status).toBe(200);
    },
  );

  it("A14: a JSON body is accepted without a content type", async () => {
    expect((await createGateway().send(encoder.encode(valid))).status).toBe(200);
  });

  it("A25: a body that breaks off calls no model and is no failure of the gateway's", async () => {
    const { send, binding } = createGateway();
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(encoder.encode(valid.slice(0, 20)));
      },
      pull() {
        throw new Error("connection lost");
      },
    });
    expect(await readError(await send(body))).toMatchObject({ status: 408, message: "The request body broke off." });
    expect(binding.calls).toEqual([]);
  });
});
