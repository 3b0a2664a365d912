import { describe, expect, it } from "vitest";
import { arrayOf, parseJson } from "../../../src/emulator/json-value.ts";
import { at, joinAt } from "../support.ts";
import {
  ASK,
  ASK_WEATHER,
  contentTypeOf,
  fault,
  records,
  streamedText,
  TEXT,
  usagesOf,
  WEATHER,
} from "./fault-support.ts";

describe("unusual answers", () => {
  it("come in the mode that was not asked for", async () => {
    const json = await fault("not-streamed", { ...ASK, stream: true });
    expect(await json.json()).toMatchObject({ response: TEXT });
    const stream = await fault("streamed", ASK);
    expect(stream.headers.get("content-type")).toBe("text/event-stream");
    expect(await stream.text()).toContain("[DONE]");
  });

  it("come with other content types, or none", async () => {
    expect(await contentTypeOf("charset-json")).toBe("application/json; charset=utf-8");
    expect(await contentTypeOf("upper-case-json")).toBe("Application/JSON");
    expect(await contentTypeOf("no-content-type")).toBeNull();
    expect(await contentTypeOf("no-content-type", true)).toBeNull();
  });

  it.each([
    ["response-null", null],
    ["response-number", 42],
    ["response-object", { answer: 42 }],
    ["response-missing", undefined],
  ])("have an odd response: %s", async (name, expected) => {
    expect(at(await (await fault(name, ASK)).json(), "response")).toEqual(expected);
  });

  it("tell usage in several ways", async () => {
    expect(await usagesOf("missing-usage")).toEqual([]);
    expect(await usagesOf("text-usage")).toEqual([
      expect.objectContaining({ completion_tokens: expect.stringMatching(/^\d+$/) }),
    ]);
    const increments = (await usagesOf("incremental-usage")).map(({ completion_tokens }) => Number(completion_tokens));
    expect(increments.slice(0, 3)).toEqual([0, 2, 1]);
    const totals = (await usagesOf("cumulative-usage")).map(({ completion_tokens }) => Number(completion_tokens));
    expect(totals).toEqual(totals.toSorted((left, right) => left - right));
    expect(totals.at(-1)).toBeGreaterThan(3);
  });

  it("repeat text or write digits as numbers", async () => {
    const copies = (await records("dual-copies")).map((data) => parseJson(data));
    expect(joinAt(copies, "choices", 0, "delta", "content")).toBe(TEXT);
    expect(copies.map((frame) => at(frame, "response")).filter((copy) => typeof copy === "number")).toEqual([12]);
    expect(await streamedText("numbers-as-text")).toBe(TEXT);
    expect(await streamedText("mixed-frames")).toBe(TEXT);
  });

  it("think aloud", async () => {
    expect(at(await (await fault("think-tags", ASK)).json(), "response")).toBe(
      `<think>\nLet me think.\n</think>\n\n${TEXT}`,
    );
    expect(await streamedText("think-unopened")).toBe(`Let me think.\n</think>\n\n${TEXT}`);
  });
});

describe("unusual tool calls", () => {
  const PARALLEL = ['{"city":"Paris"}', '{"city":"Rome"}'];

  it.each([
    "tool-fragments",
    "tool-many-in-chunk",
    "tool-no-id",
    "tool-null-id",
    "tool-no-type",
    "tool-arguments-first",
    "tool-name-twice",
    "tool-repeated-ids",
    "tool-null-final",
    "tool-null-members",
    "tool-interleaved",
    "tool-finish-stop",
  ])("carry whole arguments under their indexes: %s", async (name) => {
    const frames = (await records(name, ASK_WEATHER)).map((data) => parseJson(data));
    const entries = frames.flatMap((frame) => arrayOf(at(frame, "choices", 0, "delta", "tool_calls")));
    const joined = [0, 1].map((index) =>
      joinAt(
        entries.filter((entry) => at(entry, "index") === index),
        "function",
        "arguments",
      ),
    );
    expect(joined).toEqual(PARALLEL);
  });

  it("may be flat, with arguments as an object or as text", async () => {
    const flat = await (await fault("tool-flat", ASK_WEATHER)).json();
    expect(at(flat, "tool_calls", 0)).toEqual({ name: "get_weather", arguments: { city: "Paris" } });
    const text = await (await fault("tool-flat-text", ASK_WEATHER)).json();
    expect(at(text, "tool_calls", 0)).toEqual({ name: "get_weather", arguments: PARALLEL[0] });
  });

  it("may be announced and missing", async () => {
    expect(at(await (await fault("finish-without-call", ASK_WEATHER)).json(), "choices", 0)).toMatchObject({
      finish_reason: "tool_calls",
      message: { content: "", tool_calls: [] },
    });
  });

  it.each([
    ["leaked-json", '{"name":"get_weather","arguments":{"city":"Paris"}}'],
    ["leaked-tools-tag", '<tools>\n{"name":"get_weather","arguments":{"city":"Paris"}}\n</tools>'],
    ["leaked-function-tag", '<function=get_weather>{"city":"Paris"}</function>'],
    ["leaked-python-tag", '<|python_tag|>{"name":"get_weather","parameters":{"city":"Paris"}}'],
    ["leaked-pythonic", '[get_weather(city="Paris")]'],
  ])("may leak into the text: %s", async (name, expected) => {
    expect(at(await (await fault(name, ASK_WEATHER)).json(), "response")).toBe(expected);
    const frames = (await records(name, ASK_WEATHER)).map((data) => parseJson(data));
    expect(joinAt(frames, "response")).toBe(expected);
  });

  it("end an agent's loop once there are results", async () => {
    const messages = [
      ...ASK_WEATHER.messages,
      { role: "assistant", content: "", tool_calls: [{ id: "a", function: { name: "get_weather", arguments: "{}" } }] },
      { role: "tool", tool_call_id: "a", content: "sunny" },
    ];
    for (const name of ["tool-flat", "tool-fragments", "leaked-json"]) {
      expect(await (await fault(name, { messages, tools: [WEATHER] })).text()).toContain("sunny");
    }
  });
});
