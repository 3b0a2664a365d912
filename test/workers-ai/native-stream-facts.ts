import type { AnswerFact } from "./answer-fact.ts";

/** Native event streams, and bodies that are no answer. */
export const nativeStreamFacts: readonly AnswerFact[] = [
  // The native stream
  {
    file: "native.sse",
    fact: "a native stream ends with the frame that holds usage alone",
    outcome: { text: "Hello world", finish: "stop", usage: [159, 98, 257] },
  },
  {
    file: "native-no-done.sse",
    fact: "a stream that has said its usage needs no [DONE]",
    outcome: { text: "Hello", finish: "stop", usage: [9, 1, 10] },
  },
  {
    file: "native-bare-done.sse",
    fact: "a [DONE] line without data: ends the stream",
    outcome: { text: "Hello again", finish: "stop" },
  },
  {
    file: "native-unfinished.sse",
    fact: "a stream that ends without a finish fails, behind the text that it gave",
    outcome: { text: "Hello wor", failure: "upstream_failed" },
  },
  {
    file: "native-usage-first-unfinished.sse",
    fact: "usage in front of the text is not the end",
    outcome: { text: "Hel", failure: "upstream_failed" },
  },
  {
    file: "native-half-frame.sse",
    fact: "half a frame at the end of the body is a failure",
    outcome: { text: "al", failure: "upstream_failed" },
  },
  {
    file: "native-half-usage.sse",
    fact: "half a frame behind the finish takes nothing from the answer",
    outcome: { text: "all", finish: "stop" },
  },
  {
    file: "native-whole-last-frame.sse",
    fact: "a whole last frame counts although no blank line follows it",
    outcome: { text: "a", finish: "stop", usage: [1, 1, 2] },
  },
  {
    file: "native-damaged.sse",
    fact: "a damaged frame fails the answer and nothing behind it is read",
    outcome: { text: "a", failure: "upstream_failed" },
  },
  {
    file: "native-numbers.sse",
    fact: "digits and booleans that came as JSON values are text",
    outcome: { text: "4,625 is true and 0 is 0", finish: "stop", usage: [20, 7, 27] },
  },
  {
    file: "native-usage-per-frame.sse",
    fact: "a running usage beside text is neither the end nor a summand",
    outcome: { text: "Hello", finish: "stop", usage: [11, 2, 13] },
  },
  {
    file: "native-length.sse",
    fact: "an answer that used all its tokens and names no reason was cut",
    maxTokens: 256,
    outcome: { text: "Once upon", finish: "length", usage: [12, 256, 268] },
  },
  {
    file: "native-length.sse",
    fact: "an answer below its limit was not cut",
    maxTokens: 300,
    outcome: { text: "Once upon", finish: "stop", usage: [12, 256, 268] },
  },
  {
    file: "native-top-level-delta.sse",
    fact: "a piece in a top-level delta is read",
    outcome: { text: "Hello6", finish: "stop", usage: [3, 3, 6] },
  },
  {
    file: "native-crlf.sse",
    fact: "line ends of carriage return and line feed separate frames",
    outcome: { text: "é€ 😀", finish: "stop", usage: [3, 3, 6] },
  },
  {
    file: "native-comments.sse",
    fact: "comments, other fields, keep-alives and data that is no event are passed over",
    outcome: { text: "ab", finish: "stop", usage: [1, 2, 3] },
  },
  {
    file: "native-text-like-frames.sse",
    fact: "text that looks like framing is text",
    outcome: { text: 'data: [DONE]\n\n"}]}\u2028\u0000\\u00e9', finish: "stop", usage: [1, 3, 4] },
  },
  {
    file: "native-split-escapes.sse",
    fact: "a surrogate pair in two frames is one character",
    outcome: { text: "café 😀", finish: "stop", usage: [1, 3, 4] },
  },
  {
    file: "native-after-done.sse",
    fact: "nothing behind [DONE] counts",
    outcome: { text: "a", finish: "stop", usage: [1, 1, 2] },
  },
  { file: "done-first.sse", fact: "a stream of [DONE] alone is an empty answer", outcome: { finish: "stop" } },
  { file: "empty.sse", fact: "an empty body is a failure", outcome: { failure: "upstream_failed" } },
  {
    file: "keep-alives-only.sse",
    fact: "a stream of comments alone is a failure",
    outcome: { failure: "upstream_failed" },
  },
  { file: "undefined.json", fact: "the text undefined is a failure", outcome: { failure: "upstream_failed" } },
];
