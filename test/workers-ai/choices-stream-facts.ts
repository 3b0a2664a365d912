import type { AnswerFact } from "./answer-fact.ts";

/** Event streams with choices, and failures within a stream. */
export const choicesStreamFacts: readonly AnswerFact[] = [
  // Both formats at once
  {
    file: "dual.sse",
    fact: "text that comes twice in a frame is read once, from choices first",
    outcome: { text: " Cloudflare D7 \n4!", finish: "stop", usage: [31, 6, 37] },
  },
  {
    file: "dual-tool-call.sse",
    fact: "a call that comes twice in a frame is read once",
    outcome: {
      calls: ['startResearch {"question": "x"}', 'startResearch {"question": "y"}'],
      finish: "tool_calls",
      usage: [31, 6, 37],
    },
  },
  // The OpenAI-shaped stream
  {
    file: "openai-incremental-usage.sse",
    fact: "the total at the end wins over the usage of single frames",
    outcome: { text: " beklenen", finish: "stop", usage: [147, 16, 163] },
  },
  {
    file: "openai-incremental-no-total.sse",
    fact: "usage of single frames is added up where no total comes",
    outcome: { text: "ab", finish: "stop", usage: [147, 3, 150] },
  },
  {
    file: "openai-cumulative-usage.sse",
    fact: "a running usage is not added up",
    outcome: { text: "ab", finish: "stop", usage: [10, 3, 13] },
  },
  {
    file: "openai-numbers.sse",
    fact: "a content that is a number or a boolean is text",
    outcome: { text: "6.25false", finish: "stop", usage: [0, 1, 1] },
  },
  {
    file: "openai-tool-call.sse",
    fact: "fragments of a call are joined by their index",
    outcome: { calls: ['get_weather {"city": "Tokyo"}'], finish: "tool_calls", usage: [50, 12, 62] },
  },
  {
    file: "openai-tool-parallel.sse",
    fact: "interleaved calls come out one after another",
    outcome: { calls: ['f {"x":1}', 'g {"y":2}'], finish: "tool_calls" },
  },
  {
    file: "openai-tool-repeated-ids.sse",
    fact: "calls that share an index and an id are told apart",
    outcome: { calls: ['list {"of":1}', 'list {"of":2}', 'list {"of":3}'], finish: "tool_calls" },
  },
  {
    file: "openai-stop-after-call.sse",
    fact: "an answer that calls a tool ends as tool_calls",
    outcome: { calls: ["f {}"], finish: "tool_calls" },
  },
  {
    file: "openai-reasoning-twice.sse",
    fact: "reasoning under two names is read once",
    outcome: { reasoning: "Hmm. So", text: "Yes.", finish: "stop", usage: [9, 7, 16] },
  },
  {
    file: "openai-unknown-finish.sse",
    fact: "an unknown finish reason still ends the answer",
    outcome: { text: "a", finish: "stop" },
  },
  {
    file: "openai-error-finish.sse",
    fact: "an answer that the model stopped with an error fails",
    outcome: { text: "a", failure: "upstream_failed" },
  },
  {
    file: "openai-no-index.sse",
    fact: "a choice needs neither an index nor a delta",
    outcome: { text: "a", finish: "stop" },
  },
  {
    file: "openai-logprobs.sse",
    fact: "text comes with its log probabilities",
    outcome: { reasoning: "hm", text: "a😀", finish: "stop" },
  },
  // Failures in a stream
  {
    file: "error-frame-number.sse",
    fact: "a frame with an error number is that error",
    outcome: { text: "a", failure: "out_of_capacity" },
  },
  {
    file: "error-frame-engine.sse",
    fact: "a frame with an engine's error is a failure",
    outcome: { text: "a", failure: "upstream_failed" },
  },
  {
    file: "error-frame-text.sse",
    fact: "the text of an error in place of a frame is that error",
    outcome: { text: "a", failure: "upstream_internal" },
  },
  {
    file: "error-frame-object.sse",
    fact: "a bare error object is that error",
    outcome: { text: "a", failure: "context_length_exceeded" },
  },
];
