import type { UpstreamBody } from "./upstream-bodies.ts";
import { TOOL_NAME } from "./upstream-bodies.ts";
import { FAULT_MODEL_PREFIX, toMarker } from "./soak-marker.ts";

/**
 * What an answer has to be. `exact`: the upstream's, whole. `whole`: complete, whatever it says. `failure`: an error,
 * as a status or as the last frame, and never a success. `either`: a failure or whole, but never cut.
 */
export type Verdict = "exact" | "whole" | "failure" | "either" | "refusal";

/** One request of a soak run. */
export interface PlannedRequest {
  readonly kind: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly verdict: Verdict;
  /** What the upstream answers, where it answers soundly. */
  readonly upstream: UpstreamBody | undefined;
  readonly choices: number;
  /** When the client leaves; `undefined` where it stays. */
  readonly leaves: Leaving | undefined;
}

/** Milliseconds after the request, or so many chunks into the answer. */
export type Leaving = { readonly afterMs: number } | { readonly afterChunks: number };

const MODEL = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const CHAT = "/v1/chat/completions";

/** Faults of a streamed answer, and what has to become of them. Those that count attempts depend on their neighbours. */
const STREAM_FAULTS: ReadonlyArray<readonly [string, Verdict]> = [
  ["cut-stream", "failure"],
  ["half-event", "failure"],
  ["reset-mid-stream", "failure"],
  ["error-frame", "failure"],
  ["error-frame-first", "failure"],
  ["error-frame-then-done", "failure"],
  ["error-body-frame", "failure"],
  ["damaged-json-frame", "failure"],
  ["empty-stream", "failure"],
  ["silent-stream", "failure"],
  ["stall", "failure"],
  ["no-answer", "failure"],
  ["endless-line", "failure"],
  ["out-of-capacity", "failure"],
  ["html-error", "failure"],
  ["finish-then-cut", "whole"],
  ["no-done", "whole"],
  ["double-done", "whole"],
  ["done-then-stall", "whole"],
  ["crlf-frames", "whole"],
  ["one-byte-chunks", "whole"],
  ["split-utf8", "whole"],
  ["keep-alives", "whole"],
  ["many-events", "whole"],
  ["slow-first-token", "whole"],
  // A reset may overtake the finish.
  ["finish-then-reset", "either"],
  ["capacity-then-ok", "either"],
  ["cut-before-first-then-ok", "either"],
];

/** Faults of an answer that is not streamed. */
const JSON_FAULTS: ReadonlyArray<readonly [string, Verdict]> = [
  ["cut-json", "failure"],
  ["out-of-capacity", "failure"],
  ["empty-error", "failure"],
  ["text-error", "failure"],
  ["huge-error-body", "failure"],
  ["streamed", "whole"],
  ["charset-json", "whole"],
  ["error-then-ok", "either"],
];

const TOOL = {
  type: "function",
  function: { name: TOOL_NAME, parameters: { type: "object", properties: { note: { type: "string" } } } },
};

/** The next request of a mix: a tenth of them faulty, a tenth of the clients leaving; some are answered before that. */
export function planRequest(random: () => number, seed: number): PlannedRequest {
  const planned = random() < 0.1 ? planFaulty(random) : planSound(random, seed);
  if (planned.verdict === "refusal" || random() >= 0.14) return planned;
  return { ...planned, leaves: random() < 0.5 ? { afterMs: random() * 40 } : { afterChunks: 1 + whole(random, 6) } };
}

function planFaulty(random: () => number): PlannedRequest {
  const stream = random() < 0.7;
  const [fault, verdict] = pick(stream ? STREAM_FAULTS : JSON_FAULTS, random);
  return {
    kind: `fault ${fault}`,
    path: CHAT,
    body: {
      model: FAULT_MODEL_PREFIX + fault,
      messages: [{ role: "user", content: "Tell me about the sea." }],
      stream,
      ...(stream && { stream_options: { include_usage: random() < 0.5 } }),
    },
    verdict,
    upstream: undefined,
    choices: 1,
    leaves: undefined,
  };
}

function planSound(random: () => number, seed: number): PlannedRequest {
  const draw = random();
  if (draw < 0.03) return refusal();
  const stream = draw < 0.8;
  const size = 1 + whole(random, 200);
  const eventsPerChunk = pick([1, 1, 4, 16, 64], random);
  const paceMs = random() < 0.3 ? 1 + whole(random, 4) : 0;
  const upstream: UpstreamBody = stream
    ? { form: pick(["native", "native", "dual"], random), size, eventsPerChunk, paceMs, seed }
    : { form: "json", size: size * 10, seed };
  const base = { verdict: "exact", upstream, choices: 1, leaves: undefined } as const;
  const options = stream ? { stream, stream_options: { include_usage: true } } : {};
  if (draw < 0.13) {
    return {
      ...base,
      kind: "text completion",
      path: "/v1/completions",
      // OpenAI's limit for these is 16 tokens unless one is given.
      body: { model: MODEL, prompt: toMarker(upstream), max_tokens: 4000, ...options },
    };
  }
  if (draw < 0.25) {
    const calls: UpstreamBody = { form: "tool-calls", size, eventsPerChunk, paceMs, seed };
    return {
      ...base,
      kind: "tool call",
      upstream: calls,
      path: CHAT,
      body: { ...chat(calls), ...options, tools: [TOOL] },
    };
  }
  const choices = draw < 0.33 ? 2 + whole(random, 3) : 1;
  return {
    ...base,
    kind: choices > 1 ? "choices" : stream ? "stream" : "JSON",
    path: CHAT,
    body: { ...chat(upstream), ...options, ...(choices > 1 && { n: choices }) },
    choices,
  };
}

function chat(upstream: UpstreamBody): Record<string, unknown> {
  return { model: MODEL, messages: [{ role: "user", content: toMarker(upstream) }] };
}

/** A request that no upstream is to see. */
function refusal(): PlannedRequest {
  return {
    kind: "bad request",
    path: CHAT,
    body: { model: MODEL, messages: "none" },
    verdict: "refusal",
    upstream: undefined,
    choices: 1,
    leaves: undefined,
  };
}

function pick<Item>(list: readonly [Item, ...Item[]] | readonly Item[], random: () => number): Item {
  const item = list[whole(random, list.length)];
  if (item === undefined) throw new Error("There is nothing to pick from.");
  return item;
}

function whole(random: () => number, limit: number): number {
  return Math.floor(random() * limit);
}
