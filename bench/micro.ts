/**
 * `npm run bench:micro`: the stages of the gateway by themselves, without a runtime around them. It tells which line
 * made a stage faster or slower; what a stage is worth in a request only `npm run bench` tells. Streams are measured a
 * network chunk at a time: 16 events.
 */
import { bench, do_not_optimize, group, run, summary } from "mitata";
import { toChoiceStream } from "../src/completion/choices.ts";
import type { CompletionEvent, CompletionStream } from "../src/completion/event.ts";
import { createMeter, meterChoices } from "../src/gateway/meter.ts";
import { unknownTextModel } from "../src/models/catalogue/entry.ts";
import { estimateTokens } from "../src/models/token-estimate.ts";
import { chatRequest } from "../src/openai/chat-request.ts";
import { createSseDecoder } from "../src/stream/sse-decoder.ts";
import { createChatChunkRenderer } from "../src/translate/chat-chunks.ts";
import { createAnswerDecoder } from "../src/workers-ai/answer-decoder.ts";
import { createUpstreamBody } from "./support/upstream-bodies.ts";
import type { UpstreamBody } from "./support/upstream-bodies.ts";

const EVENTS_PER_CHUNK = 16;

const IDENTITY = { id: "chatcmpl-bench", created: 1_795_219_200, model: "@cf/meta/llama-3.3-70b-instruct-fp8-fast" };

const FORMS: readonly UpstreamBody["form"][] = ["native", "dual", "openai", "tool-calls"];

/** The second network chunk of a stream: the first also pays for the beginning. */
function toChunks(form: UpstreamBody["form"]): { first: Uint8Array; next: Uint8Array } {
  const [first, next] = createUpstreamBody({ form, size: 64, eventsPerChunk: EVENTS_PER_CHUNK }).pieces;
  if (first === undefined || next === undefined) throw new Error("The stream is too short.");
  return { first, next };
}

function decodeFrames(): (chunk: Uint8Array) => CompletionEvent[] {
  const decoder = createAnswerDecoder({ mintToolCallId: () => "call_1", maxTokens: undefined, wantsLogprobs: false });
  return (chunk) => {
    const events: CompletionEvent[] = [];
    decoder.feed(chunk, events);
    return events;
  };
}

group("SSE records of a network chunk", () => {
  for (const form of FORMS) {
    const { next } = toChunks(form);
    const decoder = createSseDecoder();
    bench(form, () => do_not_optimize(decoder.feed(next)));
  }
});

group("a network chunk to events", () => {
  for (const form of FORMS) {
    const { first, next } = toChunks(form);
    const decode = decodeFrames();
    decode(first);
    bench(form, () => do_not_optimize(decode(next)));
  }
});

group("events of a network chunk to chunks", () => {
  for (const form of FORMS) {
    const { first, next } = toChunks(form);
    const decode = decodeFrames();
    const options = { includeUsage: true, includeObfuscation: true, isLegacy: false, customTools: new Set<string>() };
    const renderer = createChatChunkRenderer(IDENTITY, options);
    renderer.render({ choice: 0, events: decode(first) });
    const batch = { choice: 0, events: decode(next) };
    bench(form, () => do_not_optimize(renderer.render(batch)));
  }
});

const ignore = (): void => undefined;

/** A stream that gives the same batch as often as it is asked. */
function repeat(events: readonly CompletionEvent[]): CompletionStream {
  return { next: async () => events, cancel: () => undefined };
}

summary(() => {
  group("a batch of events on its way to the renderer", () => {
    const { first, next } = toChunks("native");
    const decode = decodeFrames();
    decode(first);
    const events = decode(next);
    const entry = unknownTextModel(IDENTITY.model);
    const labels = { requestId: "req_bench", route: "/v1/chat/completions", key: "bench", isStreamed: true };
    const { signal } = new AbortController();
    const clock = { now: () => 0, after: () => ignore };
    const meter = createMeter(labels, { clock, limitMs: 1, signal, sink: ignore, defer: ignore });
    const plain = toChoiceStream([repeat(events)]);
    const call = { entry, promptTokens: 10, isFree: () => false };
    const metered = meterChoices(toChoiceStream([meter.countCall(repeat(events), call)]), meter);
    bench("plain", async () => do_not_optimize(await plain.next()));
    bench("metered", async () => do_not_optimize(await metered.next()));
  });
});

summary(() => {
  group("request schema, messages", () => {
    for (const count of [1, 100, 1000]) {
      const messages = Array.from({ length: count }, (_, index) => ({
        role: index % 2 === 0 ? "user" : "assistant",
        content: "Seventy percent of the Earth is covered by water.",
      }));
      const request = { model: IDENTITY.model, messages };
      bench(`${count}`, () => do_not_optimize(chatRequest.safeParse(request, { reportInput: true })));
    }
  });
});

summary(() => {
  group("request schema, tools", () => {
    for (const count of [1, 16, 128]) {
      const tools = Array.from({ length: count }, (_, index) => ({
        type: "function",
        function: {
          name: `tool_${index}`,
          description: "Tells the weather of a place.",
          parameters: {
            type: "object",
            properties: { place: { type: "string" }, unit: { type: "string", enum: ["celsius", "fahrenheit"] } },
            required: ["place"],
          },
        },
      }));
      const request = { model: IDENTITY.model, messages: [{ role: "user", content: "Weather?" }], tools };
      bench(`${count}`, () => do_not_optimize(chatRequest.safeParse(request, { reportInput: true })));
    }
  });
});

group("token estimate, characters", () => {
  const text = 'Seventy percent of the Earth is covered by water; {"depth": 3688} is its mean depth in metres. ';
  for (const length of [100, 1000, 10_000]) {
    const sample = text.repeat(Math.ceil(length / text.length)).slice(0, length);
    bench(`${length}`, () => do_not_optimize(estimateTokens(sample)));
  }
});

await run();
