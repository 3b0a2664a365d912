import { describe, expect, it } from "vitest";
import type { CompletionEvent } from "../../src/completion/event.ts";
import type { RunningAnswer } from "../../src/gateway/complete.ts";
import { refusal, stream, whole } from "./scripted-binding.ts";
import { createGateway, failureOf, GEMMA, LLAMA, readTexts } from "./support.ts";

const schema = { type: "object", properties: { a: { type: "number" } }, required: ["a"] };
const strict = {
  response_format: { type: "json_schema", json_schema: { name: "answer", strict: true, schema } },
};
const forced = {
  tools: [{ type: "function", function: { name: "f", parameters: schema } }],
  tool_choice: "required",
};

async function readEvents({ choices }: RunningAnswer): Promise<readonly CompletionEvent[]> {
  const events: CompletionEvent[] = [];
  for (let batch = await choices.next(); batch !== undefined; batch = await choices.next())
    events.push(...batch.events);
  return events;
}

describe("an answer that has to follow a schema", () => {
  it("is given on where it does, in pieces where a stream was asked", async () => {
    const text = JSON.stringify({ a: 1, b: "x".repeat(200) });
    const gateway = createGateway({ answers: [whole(text)] });
    const answer = await gateway.run(strict);
    expect(answer.attempts).toBe(1);
    expect(gateway.binding.calls[0]?.inputs["stream"]).toBe(false);
    const pieces = (await readEvents(answer)).filter(({ type }) => type === "text-delta");
    expect(pieces.length).toBeGreaterThan(2);
    expect(gateway.clock.pending).toBe(0);
  });

  it("may come as the parsed object that native JSON modes give", async () => {
    const gateway = createGateway({ answers: [whole({ a: 1 })] });
    expect(await readTexts(await gateway.run(strict))).toEqual(['{"a":1}']);
  });

  it("is made once more where it does not, with what was wrong", async () => {
    const gateway = createGateway({ answers: [whole('{"a":"x"}'), whole('{"a":1}')] });
    const answer = await gateway.run(strict);
    expect(answer.attempts).toBe(2);
    expect(await readTexts(answer)).toEqual(['{"a":1}']);
    const second = JSON.stringify(gateway.binding.calls[1]?.inputs["messages"]);
    expect(second).toContain("That answer is not valid");
    expect(second).toContain("#/a");
    expect(gateway.clock.pending).toBe(0);
  });

  it("is an error where the second does not either: invalid JSON is no success", async () => {
    const gateway = createGateway({ answers: [whole("Sure!"), whole("Sorry!"), whole('{"a":1}')] });
    expect(await failureOf(gateway.run(strict))).toMatchObject({ kind: "json_mode_failed" });
    expect(gateway.binding.calls).toHaveLength(2);
    expect(gateway.clock.pending).toBe(0);
  });

  it("may come from another model then", async () => {
    const gateway = createGateway({ answers: [whole("Sure!"), whole("Sorry!"), whole('{"a":1}')] });
    const answer = await gateway.run(strict, { models: [LLAMA, GEMMA] });
    expect(answer.entry.id).toBe(GEMMA);
    expect(await readTexts(answer)).toEqual(['{"a":1}']);
  });

  it("that was cut is given on as cut, and says so", async () => {
    const cut = whole('{"a":', { usage: { prompt_tokens: 1, completion_tokens: 4, total_tokens: 5 } });
    const gateway = createGateway({ answers: [cut] });
    const events = await readEvents(await gateway.run({ ...strict, max_tokens: 4 }));
    expect(events.at(-1)).toEqual({ type: "finish", reason: "length" });
    expect(gateway.binding.calls).toHaveLength(1);
  });

  it("is checked for each choice", async () => {
    const gateway = createGateway({ answers: [whole("Sure!"), whole('{"a":1}'), whole('{"a":2}')] });
    expect(await readTexts(await gateway.run({ ...strict, n: 2 }))).toEqual(['{"a":2}', '{"a":1}']);
  });
});

describe("an answer that has to call a tool", () => {
  const calls = { tool_calls: [{ name: "f", arguments: { a: 1 } }] };

  it("is given on where it does", async () => {
    const gateway = createGateway({ answers: [whole(null, calls)] });
    const answer = await gateway.run(forced);
    expect(answer.attempts).toBe(1);
    expect((await readEvents(answer)).map(({ type }) => type)).toEqual([
      "tool-call-start",
      "tool-call-delta",
      "tool-call-end",
      "usage",
      "finish",
    ]);
  });

  it("is forced where it does not", async () => {
    const gateway = createGateway({ answers: [stream("It rains."), whole({ name: "f", arguments: { a: 1 } })] });
    const answer = await gateway.run(forced);
    expect(answer.attempts).toBe(2);
    expect(await readEvents(answer)).toEqual([
      { type: "tool-call-start", index: 0, id: "call_1", name: "f" },
      { type: "tool-call-delta", index: 0, argumentsDelta: '{"a":1}' },
      { type: "tool-call-end", index: 0 },
      expect.objectContaining({ type: "usage" }),
      { type: "finish", reason: "tool_calls" },
    ]);
    expect(gateway.binding.calls[1]?.inputs).not.toHaveProperty("tools");
    expect(gateway.clock.pending).toBe(0);
  });

  it("is an error where that fails too", async () => {
    const gateway = createGateway({ answers: [stream("It rains.")] });
    expect(await failureOf(gateway.run(forced))).toMatchObject({ kind: "upstream_failed" });
    expect(gateway.binding.calls).toHaveLength(2);
  });
});

describe("a limit that the gateway chose", () => {
  const exceeded = refusal(413, 5021);

  it("is lowered once where the upstream finds that it exceeds the window", async () => {
    const gateway = createGateway({ answers: [exceeded, stream("Hello")] });
    const answer = await gateway.run();
    expect(answer.attempts).toBe(2);
    const [first, second] = gateway.binding.calls.map(({ inputs }) => Number(inputs["max_tokens"]));
    expect(second).toBe(Math.floor((first ?? 0) / 2));
    expect(await readTexts(answer)).toEqual(["Hello"]);
    expect(gateway.clock.pending).toBe(0);
  });

  it("is lowered once only", async () => {
    const gateway = createGateway({ answers: [exceeded] });
    expect(await failureOf(gateway.run())).toMatchObject({ kind: "context_length_exceeded", param: "messages" });
    expect(gateway.binding.calls).toHaveLength(2);
  });

  it("stays lowered for the second try of an answer", async () => {
    const gateway = createGateway({ answers: [exceeded, whole("Sure!"), whole('{"a":1}')] });
    const answer = await gateway.run(strict);
    expect(answer.attempts).toBe(3);
    const [, second, third] = gateway.binding.calls.map(({ inputs }) => inputs["max_tokens"]);
    expect(third).toBe(second);
  });

  it("is not touched where it is the caller's", async () => {
    const gateway = createGateway({ answers: [exceeded, stream("Hello")] });
    expect(await failureOf(gateway.run({ max_tokens: 20_000 }))).toMatchObject({ kind: "context_length_exceeded" });
    expect(gateway.binding.calls).toHaveLength(1);
  });
});
