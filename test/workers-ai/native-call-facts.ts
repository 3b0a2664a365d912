import type { AnswerFact } from "./answer-fact.ts";

const paris = '{"city":"Paris"}';

/** Tool calls and reasoning in native event streams. */
export const nativeCallFacts: readonly AnswerFact[] = [
  // Native tool calls
  {
    file: "native-tool-fragments.sse",
    fact: "native fragments are one call, and the null one that closes it is swallowed",
    outcome: { calls: ['get_weather {"location": "Paris"}'], finish: "tool_calls", usage: [80, 20, 100] },
  },
  {
    file: "native-tool-no-index.sse",
    fact: "fragments without index and id belong to the last call, and a name that comes again opens the next",
    outcome: {
      calls: [`get_weather ${paris}`, 'get_weather {"city":"Rome"}'],
      finish: "tool_calls",
      usage: [80, 31, 111],
    },
  },
  {
    file: "native-tool-arguments-first.sse",
    fact: "arguments in front of the name wait for it",
    outcome: { calls: ['get_weather {"city": "Oslo"}'], finish: "tool_calls", usage: [70, 15, 85] },
  },
  {
    file: "native-tool-flat.sse",
    fact: "flat calls with parsed arguments are whole, in parallel",
    outcome: { calls: ['get_weather {"city":"London"}', "get_time {}"], finish: "tool_calls", usage: [60, 25, 85] },
  },
  {
    file: "native-tool-unfinished.sse",
    fact: "usage beside a call is not the end",
    outcome: { calls: ["get_weather "], failure: "upstream_failed" },
  },
  {
    file: "native-tool-unnamed.sse",
    fact: "a call that is never named is a failure",
    outcome: { failure: "upstream_failed" },
  },
  // Reasoning in the text
  {
    file: "native-think.sse",
    thinks: "tagged",
    fact: "text in think tags is reasoning",
    outcome: { reasoning: "The user greets me.\n", text: "Hello!", finish: "stop", usage: [5, 9, 14] },
  },
  {
    file: "native-think-unopened.sse",
    thinks: "untagged",
    fact: "text in front of a closing think tag is reasoning",
    outcome: { reasoning: "Okay, the user greets me.\n", text: "Hello!", finish: "stop", usage: [5, 9, 14] },
  },
  {
    file: "native-think-none.sse",
    thinks: "untagged",
    fact: "an answer that never closes its thinking is given as text too",
    outcome: { reasoning: "Hello there.", text: "Hello there.", finish: "stop", usage: [5, 3, 8] },
  },
];
