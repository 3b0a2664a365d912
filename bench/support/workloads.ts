import type { UpstreamBody } from "./upstream-bodies.ts";
import { TOOL_NAME } from "./upstream-bodies.ts";

export type Variant = "pass-through" | "gateway" | "straightforward";

const VARIANTS: readonly Variant[] = ["pass-through", "gateway", "straightforward"];

/** One kind of request, sent again and again over so many connections. */
export interface Workload {
  readonly id: string;
  readonly title: string;
  readonly upstream: UpstreamBody;
  readonly connections: number;
  /** The body of the client's request. */
  readonly request: Readonly<Record<string, unknown>>;
  /** The choices that a request asks for: each is an upstream call, and is compared with a request of its own. */
  readonly choices: number;
  /** The straightforward variant knows native text and nothing else. */
  readonly variants: readonly Variant[];
  readonly isFullOnly: boolean;
}

const MODEL = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";

/** A window of 131,000 tokens, into which 100 KB fit. */
const LONG_MODEL = "@cf/meta/llama-4-scout-17b-16e-instruct";

const QUESTION = [{ role: "user", content: "Tell me about the sea." }];

const STREAM = { model: MODEL, messages: QUESTION, stream: true, stream_options: { include_usage: true } };

const UNSTREAMED = { model: MODEL, messages: QUESTION };

const WEATHER_TOOL = {
  type: "function",
  function: {
    name: TOOL_NAME,
    description: "The weather of a place.",
    parameters: { type: "object", properties: { note: { type: "string" } }, required: ["note"] },
  },
};

function toMessages(count: number): readonly object[] {
  return Array.from({ length: count }, (_, index) => ({
    role: index % 2 === 0 ? "user" : "assistant",
    content: "Seventy percent of the Earth is covered by water.",
  }));
}

function toTools(count: number): readonly object[] {
  return Array.from({ length: count }, (_, index) => ({
    ...WEATHER_TOOL,
    function: { ...WEATHER_TOOL.function, name: `${TOOL_NAME}_${index}` },
  }));
}

/** A conversation of 100 messages and 100 KB in all. */
const LONG_CONVERSATION = Array.from({ length: 99 }, (_, index) => ({
  role: index % 2 === 0 ? "user" : "assistant",
  content: `${index}: ${"Seventy percent of the Earth is covered by water. ".repeat(19)}`,
}));

const ALL_VARIANTS = { choices: 1, variants: VARIANTS, isFullOnly: false };
const WITHOUT_STRAIGHTFORWARD = { ...ALL_VARIANTS, variants: VARIANTS.filter((name) => name !== "straightforward") };

/** The workload of the added time to the first byte. */
export const FIRST_BYTE: Workload = {
  id: "first-byte",
  title: "one connection, 64 events, 16 a network chunk",
  upstream: { form: "native", size: 64, eventsPerChunk: 16 },
  connections: 1,
  request: STREAM,
  ...ALL_VARIANTS,
};

/** An answer that is not streamed: also what a fresh process is asked for first. */
export const SMALL_JSON = json("json", { form: "json", size: 600 }, "JSON answer, 0.6 KB");

export const BURST = stream(
  "burst",
  { form: "native", size: 256, eventsPerChunk: 16 },
  "256 events, 16 a network chunk",
);

export const WORKLOADS: readonly Workload[] = [
  BURST,
  stream("single", { form: "native", size: 256 }, "256 events, one a network chunk, unpaced"),
  {
    ...stream("paced", { form: "native", size: 64, paceMs: 5 }, "64 events, one every 5 ms, 64 connections"),
    connections: 64,
  },
  SMALL_JSON,
  {
    ...json("json-request-100k", { form: "json", size: 600 }, "JSON request of 100 KB"),
    request: { model: LONG_MODEL, messages: LONG_CONVERSATION },
  },
  stream("long", { form: "native", size: 2048 }, "2048 events, one a network chunk, unpaced"),
  {
    ...stream("tool-calls", { form: "tool-calls", size: 64 }, "a tool call in 64 fragments, one a network chunk"),
    request: { ...STREAM, tools: [WEATHER_TOOL] },
    ...WITHOUT_STRAIGHTFORWARD,
  },
  {
    ...stream("choices", { form: "native", size: 64, eventsPerChunk: 16 }, "n = 4, 64 events each, 16 a network chunk"),
    request: { ...STREAM, n: 4 },
    ...WITHOUT_STRAIGHTFORWARD,
    choices: 4,
  },
  stream("dual", { form: "dual", size: 256, eventsPerChunk: 16 }, "256 events in both formats, 16 a network chunk"),
  full({
    ...stream(
      "openai",
      { form: "openai", size: 256, eventsPerChunk: 16 },
      "256 events in OpenAI's format, 16 a network chunk",
    ),
    ...WITHOUT_STRAIGHTFORWARD,
  }),
  full(stream("burst-64", { form: "native", size: 64, eventsPerChunk: 16 }, "64 events, 16 a network chunk")),
  full(stream("burst-2048", { form: "native", size: 2048, eventsPerChunk: 16 }, "2048 events, 16 a network chunk")),
  full(stream("single-64", { form: "native", size: 64 }, "64 events, one a network chunk, unpaced")),
  full({
    ...stream("paced-20", { form: "native", size: 64, paceMs: 20 }, "64 events, one every 20 ms, 64 connections"),
    connections: 64,
  }),
  full(json("json-answer-100k", { form: "json", size: 100_000 }, "JSON answer of 100 KB")),
  grown(
    stream("burst-20000", { form: "native", size: 20_000, eventsPerChunk: 16 }, "20 000 events, 16 a network chunk"),
  ),
  ...[100, 1000].map((count) =>
    grown(asked(`messages-${count}`, `${count} messages`, { messages: toMessages(count) })),
  ),
  ...[1, 16, 128].map((count) => grown(asked(`tools-${count}`, `tools: ${count}`, { tools: toTools(count) }))),
];

/** Workloads that differ in the number of one thing only: what one more of it costs must not depend on how many there are. */
export const GROWTH: readonly { readonly unit: string; readonly steps: readonly (readonly [number, string])[] }[] = [
  {
    unit: "event, 16 a network chunk",
    steps: [
      [64, "burst-64"],
      [256, "burst"],
      [2048, "burst-2048"],
      [20_000, "burst-20000"],
    ],
  },
  {
    unit: "message",
    steps: [
      [1, "json"],
      [100, "messages-100"],
      [1000, "messages-1000"],
    ],
  },
  {
    unit: "tool",
    steps: [
      [1, "tools-1"],
      [16, "tools-16"],
      [128, "tools-128"],
    ],
  },
];

function stream(id: string, upstream: UpstreamBody, title: string): Workload {
  return { id, title: `stream, ${title}`, upstream, connections: 8, request: STREAM, ...ALL_VARIANTS };
}

function json(id: string, upstream: UpstreamBody, title: string): Workload {
  return { id, title: `${title}, not streamed`, upstream, connections: 8, request: UNSTREAMED, ...ALL_VARIANTS };
}

function asked(id: string, title: string, members: object): Workload {
  const workload = json(id, { form: "json", size: 600 }, `JSON answer, ${title}`);
  return { ...workload, request: { ...UNSTREAMED, model: LONG_MODEL, ...members } };
}

/** For growth alone. */
function grown(workload: Workload): Workload {
  return { ...full(workload), variants: VARIANTS.filter((name) => name !== "straightforward") };
}

function full(workload: Workload): Workload {
  return { ...workload, isFullOnly: true };
}
