import type { AnswerFact } from "./answer-fact.ts";

const usage = [30, 9, 39] as const;
const weather = 'get_weather {"city":"Paris"}';
const time = "get_time {}";

function leak(file: string, fact: string, calls: readonly string[], text?: string): AnswerFact {
  const outcome = { calls, finish: "tool_calls", usage, ...(text === undefined ? {} : { text }) } as const;
  return { file, fact, offersTools: true, outcome };
}

/** Tool calls that come as text. `get_weather` has the parameter `city`, `get_time` has none. */
export const leakedCallFacts: readonly AnswerFact[] = [
  leak("leaked-object.sse", "an object with a name and parameters is a call", [weather]),
  leak("leaked-typed-object.sse", "an object of the type function is a call", [weather]),
  leak("leaked-nested-object.sse", "a call in OpenAI's own form is a call", [weather]),
  leak("leaked-text-arguments.sse", "arguments as text are an object", [weather]),
  leak("leaked-two-objects.sse", "objects one after another are calls", [weather, time]),
  leak("leaked-object-list.sse", "a list of objects is calls", [weather, time]),
  leak("leaked-tool-call-tag.sse", "calls in tool_call tags may follow text", [weather, time], "I will look.\n"),
  leak("leaked-tool-call-tag-open.sse", "the last tag need not be closed", [weather]),
  leak("leaked-tools-tag.sse", "calls in tools tags are calls", [weather, time]),
  leak("leaked-name-tag.sse", "arguments in a tag with a tool's name are a call", [weather]),
  leak("leaked-function-tag.sse", "arguments in a function tag are a call", [weather]),
  leak("leaked-python-tag.sse", "what follows a python tag is calls", [weather, time]),
  leak("leaked-python-list.sse", "a list of Python calls is calls", [weather, time]),
  leak("leaked-python-call.sse", "a lone Python call is a call, its arguments in the order of the schema", [weather]),
  {
    file: "leaked-flat.sse",
    fact: "arguments beside the name are a call where the tool has such parameters",
    offersTools: true,
    outcome: { calls: [weather], finish: "tool_calls" },
  },
  {
    file: "leaked-after-think.sse",
    fact: "a call behind the reasoning is a call, and one in it is not",
    offersTools: true,
    thinks: "tagged",
    outcome: { reasoning: 'I need {"name": "get_time"}.\n', calls: [weather], finish: "tool_calls", usage },
  },
  {
    file: "leaked-not-a-call.sse",
    fact: "calls in code are code",
    offersTools: true,
    outcome: {
      text:
        'Use it so:\n```json\n<tool_call>{"name": "get_weather", "arguments": {"city": "Paris"}}</tool_call>\n```\n' +
        'or `{"name": "get_weather"}`.',
      finish: "stop",
      usage,
    },
  },
  {
    file: "leaked-object.sse",
    fact: "a call is text where no tools were offered",
    outcome: { text: '{"name": "get_weather", "parameters": {"city": "Paris"}}', finish: "stop", usage },
  },
];
