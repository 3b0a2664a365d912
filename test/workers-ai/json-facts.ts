import type { AnswerFact } from "./answer-fact.ts";

/** JSON answers. */
export const jsonFacts: readonly AnswerFact[] = [
  // JSON
  {
    file: "native.json",
    fact: "a native JSON answer is a completion",
    outcome: { text: "Hi there", finish: "stop", usage: [10, 15, 25] },
  },
  {
    file: "native-length.json",
    maxTokens: 15,
    fact: "a JSON answer that used all its tokens was cut",
    outcome: { text: "Hi there", finish: "length", usage: [10, 15, 25] },
  },
  {
    file: "native-tool-call.json",
    fact: "a flat call in JSON is a call",
    outcome: { calls: ['getWeather {"city":"London"}'], finish: "tool_calls" },
  },
  {
    file: "native-tool-call-nested.json",
    fact: "nested calls with one id are two calls",
    outcome: { calls: ['getWeather {"city":"London"}', "getTime {}"], finish: "tool_calls", usage: [10, 15, 25] },
  },
  {
    file: "native-arguments-encoded-twice.json",
    fact: "arguments that are encoded twice are decoded once",
    outcome: { calls: ['getWeather {"city": "London"}'], finish: "tool_calls" },
  },
  {
    file: "native-json-mode.json",
    fact: "a parsed JSON mode answer is text again",
    outcome: { text: '{"score":4,"words":["a","b"]}', finish: "stop", usage: [10, 15, 25] },
  },
  { file: "native-number.json", fact: "a number is text", outcome: { text: "42", finish: "stop", usage: [10, 1, 11] } },
  {
    file: "native-array.json",
    fact: "an array is text, and counts that are no numbers are worked out or left out",
    outcome: { text: '[{"text":"a"}]', finish: "stop", usage: [10, 2, 12] },
  },
  {
    file: "native-no-response.json",
    fact: "an answer without text is an empty one",
    outcome: { finish: "stop", usage: [10, 0, 10] },
  },
  {
    file: "dual.json",
    fact: "choices beside an empty list of calls are the answer",
    outcome: { text: '{"score": 4}', finish: "stop", usage: [46, 10, 56] },
  },
  {
    file: "dual-tool-call.json",
    fact: "a call that is in both places of a JSON answer is read once",
    outcome: { calls: ['f {"x":1}'], finish: "tool_calls", usage: [46, 10, 56] },
  },
  {
    file: "openai.json",
    fact: "an OpenAI-shaped JSON answer is a completion",
    outcome: { reasoning: "Hm.", text: "Yes.", finish: "stop", usage: [147, 16, 163] },
  },
  {
    file: "openai-parts.json",
    fact: "a content in parts is their text",
    outcome: { text: "ab", finish: "stop", usage: [1, 2, 3] },
  },
  {
    file: "openai-text-completion.json",
    fact: "a text completion is a completion",
    outcome: { text: "Once upon", finish: "length", usage: [1, 2, 3] },
  },
  {
    file: "openai-announced-call.json",
    fact: "a call that is announced and not made is a stop where there is text",
    outcome: { text: "I would look.", finish: "stop", usage: [900, 317, 1217] },
  },
  {
    file: "openai-announced-nothing.json",
    fact: "a call that is announced and not made is a failure where there is nothing",
    outcome: { failure: "upstream_failed" },
  },
  {
    file: "openai-no-choices.json",
    fact: "an answer without choices is a failure",
    outcome: { failure: "upstream_failed" },
  },
  { file: "empty-object.json", fact: "an empty object is a failure", outcome: { failure: "upstream_failed" } },
  {
    file: "wrapped.json",
    fact: "an answer in the REST envelope is unwrapped",
    outcome: { text: "Hi", finish: "stop", usage: [1, 1, 2] },
  },
  {
    file: "error-in-200.json",
    fact: "an error body under status 200 is that error",
    outcome: { failure: "out_of_capacity" },
  },
  { file: "half.json", fact: "half a JSON answer is a failure", outcome: { failure: "upstream_failed" } },
];
