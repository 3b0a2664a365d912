import { ContentFilterFinishReasonError } from "openai/error";
import { zodFunction } from "openai/helpers/zod";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { faultModels } from "../../src/emulator/faults/fault-table.ts";
import { createTestGateway } from "../support/gateway.ts";
import { checkChatStream } from "./support/check-chat-stream.ts";
import { checkChatCompletion } from "./support/check-completions.ts";
import { createTestClient } from "./support/client.ts";
import { ask, weatherTool } from "./support/samples.ts";
import { errorEnvelope, problemsOf } from "./support/wire-schemas.ts";

/** What goes wrong between Workers AI and the gateway, and what of it a client is allowed to notice. */

const options = {
  extraEntries: faultModels,
  emulator: { faultDelayMs: 20 },
  vars: { STALL_TIMEOUT_MS: "100", FIRST_TOKEN_TIMEOUT_MS: "100", RESPONSE_TIMEOUT_MS: "150", MAX_ATTEMPTS: "1" },
};
const request = { messages: ask("Say exactly: 2 + 2 = 4"), tools: [weatherTool] };

type Outcome = "complete" | "broken" | "refused";

async function run(model: string, stream: boolean): Promise<{ outcome: Outcome; problems: readonly string[] }> {
  const response = await createTestGateway(options).post("/v1/chat/completions", { ...request, model, stream });
  if (!response.ok) return { outcome: "refused", problems: problemsOf(errorEnvelope, await response.json()) };
  if (!stream) return { outcome: "complete", problems: checkChatCompletion(await response.json()) };
  const text = await response.text();
  const last = text.trimEnd().split("\n\n").at(-1)?.slice("data: ".length) ?? "";
  if (!last.startsWith('{"error"')) return { outcome: "complete", problems: checkChatStream(text).problems };
  const problems = problemsOf(errorEnvelope, JSON.parse(last));
  if (/\[DONE\]|"finish_reason":"/.test(text)) problems.push("a broken stream has a finish reason or [DONE]");
  return { outcome: "broken", problems };
}

/** The model itself wrote arguments that are no JSON: they go on as they are, as OpenAI's own models' do. */
const wrongArguments = ["@emulator/tool-broken-arguments", "@emulator/tool-control-tokens"];
const ids = faultModels.map(({ id }) => id).filter((id) => !wrongArguments.includes(id));
// A hundred thousand events are a matter of speed, not of form, and take seconds here.
const streamedIds = ids.filter((id) => id !== "@emulator/very-many-events");

describe("whatever Workers AI sends", () => {
  it.each(streamedIds)("a stream has one end, and is OpenAI's up to it: %s", async (id) => {
    expect((await run(id, true)).problems).toEqual([]);
  });

  it.each(ids)("a whole answer is OpenAI's, or an error in OpenAI's envelope: %s", async (id) => {
    expect((await run(id, false)).problems).toEqual([]);
  });
});

describe("a stream that is not complete", () => {
  it.each([
    "cut-stream",
    "half-event",
    "reset-mid-stream",
    "stall",
    "error-frame",
    "error-frame-then-done",
    "error-list-frame",
    "error-event",
    "damaged-json-frame",
    "tool-cut",
  ])("never looks complete: %s", async (name) => {
    expect((await run(`@emulator/${name}`, true)).outcome).toBe("broken");
  });

  it.each(["empty-stream", "cut-before-first", "error-frame-first", "silent-stream", "no-answer"])(
    "is a status code where nothing was sent yet: %s",
    async (name) => {
      expect((await run(`@emulator/${name}`, true)).outcome).toBe("refused");
    },
  );
});

describe("an answer that was filtered", () => {
  it("raises ContentFilterFinishReasonError where it is parsed, streamed and whole", async () => {
    const { client } = createTestClient(options);
    const tool = zodFunction({ name: "get_time", parameters: z.object({ city: z.string() }) });
    const body = { model: "@emulator/filtered", messages: request.messages, tools: [tool] };
    await expect(client.chat.completions.parse(body)).rejects.toThrow(ContentFilterFinishReasonError);
    const stream = client.chat.completions.stream(body);
    await expect(stream.finalChatCompletion()).rejects.toThrow(ContentFilterFinishReasonError);
  });
});

describe("oddities that punish a client", () => {
  it.each([
    "no-done",
    "finish-then-cut",
    "done-then-reset",
    "after-done",
    "double-done",
    "bare-done",
    "comments",
    "keep-alives",
    "other-fields",
    "no-space",
    "crlf-frames",
    "two-data-lines",
    "split-utf8",
    "one-byte-chunks",
    "malformed-frame",
    "not-streamed",
    "no-choice-index",
    "many-roles",
    "two-finishes",
    "no-finish",
    "odd-finish",
    "numbers-as-text",
    "mixed-frames",
    "late-copies",
    "incremental-usage",
    "text-usage",
    "missing-usage",
  ])("do not reach the stream helper: %s", async (name) => {
    const { client } = createTestClient(options);
    const stream = client.chat.completions.stream({ model: `@emulator/${name}`, messages: request.messages });
    const { choices } = await stream.finalChatCompletion();
    expect(choices.map(({ message, finish_reason: finish }) => [message.content, finish])).toEqual([
      ["2 + 2 = 4", "stop"],
    ]);
  });

  const parameters = z.object({ city: z.string() });
  const tool = zodFunction({ name: "get_weather", description: "Get the current weather for a city", parameters });
  const shapes = faultModels.map(({ id }) => id.replace("@emulator/", "")).filter((name) => name.startsWith("tool-"));
  // What these say is itself wrong or empty, so that no reading of it fits the schema.
  const senseless = /broken|control-tokens|unknown-name|empty-arguments|no-arguments|cut/;

  it.each(shapes.filter((name) => !senseless.test(name)))(
    "do not reach the parser of strict tools, streamed and whole: %s",
    async (name) => {
      const { client } = createTestClient(options);
      const body = {
        model: `@emulator/${name}`,
        messages: ask("What is the weather in Paris and in Rome?"),
        tools: [tool],
      };
      const whole = await client.chat.completions.parse(body);
      const streamed = await client.chat.completions.stream(body).finalChatCompletion();
      for (const { choices } of [whole, streamed]) {
        const calls = choices[0]?.message.tool_calls ?? [];
        const cities = calls.map((call) =>
          parameters.parse(call.type === "function" && call.function.parsed_arguments),
        );
        expect(cities).toEqual([{ city: "Paris" }, { city: "Rome" }]);
        expect(new Set(calls.map(({ id }) => id)).size).toBe(2);
        expect(choices[0]?.finish_reason).toBe("tool_calls");
      }
    },
  );
});
