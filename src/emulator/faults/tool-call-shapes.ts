import { encodeSseData } from "../../stream/sse-encoder.ts";
import { callsOf } from "./fault-calls.ts";
import { beginning, soundBody, soundStream, type Fault, type FaultCall } from "./fault.ts";
import { each, fragments, halves, idOf, interleave, opening, shape, USAGE, whole, written } from "./tool-call-shape.ts";

/** The shapes that tool calls were seen in. Without a sound reading the description says so. */
export const toolCallShapes: readonly Fault[] = [
  shape("tool-flat", "Flat calls with object arguments, in the native form.", {
    frames: (calls) => calls.map((call) => ({ response: "", tool_calls: [call] })),
    body: (calls) => ({ response: null, tool_calls: calls, usage: USAGE }),
  }),
  shape("tool-flat-text", "Flat calls with arguments as JSON text.", {
    frames: (calls) => calls.map((call) => ({ tool_calls: [{ name: call.name, arguments: written(call) }] })),
    body: (calls) => ({
      response: "",
      tool_calls: calls.map((call) => ({ name: call.name, arguments: written(call) })),
      usage: USAGE,
    }),
  }),
  shape("tool-flat-ids", "Flat calls with ids of nine characters.", {
    frames: (calls) => calls.map((call, index) => ({ tool_calls: [{ id: `abcdefgh${index}`, ...call }] })),
    body: (calls) => ({
      response: null,
      tool_calls: calls.map((call, index) => ({ id: `abcdefgh${index}`, ...call })),
      usage: USAGE,
    }),
  }),
  shape("tool-native-nested", "Native calls with the function inside and object arguments.", {
    frames: (calls) =>
      calls.map((call, index) => ({ tool_calls: [{ id: idOf(index), type: "function", function: call }] })),
    body: (calls) => ({
      response: null,
      tool_calls: calls.map((call, index) => ({ id: idOf(index), type: "function", function: call })),
      usage: USAGE,
    }),
  }),
  shape("tool-native-fragments", "Native fragments, a closing entry of nulls, and a finish reason of its own.", {
    frames: (calls) => [
      ...calls.flatMap((call, index) =>
        [
          opening(call, index),
          ...fragments(call, index),
          { id: null, type: null, index, function: { name: null, arguments: "" } },
        ].map((entry) => ({ tool_calls: [entry], p: "abc" })),
      ),
      { finish_reason: "tool_calls" },
    ],
  }),
  shape("tool-fragments", "Arguments in fragments.", {
    deltas: (calls) =>
      calls.flatMap((call, index) => [[opening(call, index)], ...fragments(call, index).map((entry) => [entry])]),
  }),
  shape("tool-many-in-chunk", "All calls in one chunk.", { deltas: (calls) => [calls.map(whole)] }),
  shape(
    "tool-no-index",
    "Entries without an index.",
    each((call, index) => {
      const { index: _, ...entry } = whole(call, index);
      return entry;
    }),
  ),
  shape(
    "tool-no-id",
    "Entries without an id.",
    each((call, index) => {
      const { id: _, ...entry } = whole(call, index);
      return entry;
    }),
  ),
  shape(
    "tool-null-id",
    "Entries whose id is null, or empty for the second.",
    each((call, index) => ({ ...whole(call, index), id: index === 0 ? null : "" })),
  ),
  shape(
    "tool-no-type",
    "Entries without a type.",
    each((call, index) => {
      const { type: _, ...entry } = whole(call, index);
      return entry;
    }),
  ),
  shape(
    "tool-only-name",
    "Entries with a name and arguments and nothing else.",
    each((call) => ({ function: { name: call.name, arguments: written(call) } })),
  ),
  shape("tool-arguments-first", "Arguments before the name.", {
    deltas: (calls) =>
      calls.flatMap((call, index) => [
        [{ index, id: idOf(index), type: "function", function: { arguments: halves(written(call))[0] } }],
        [{ index, function: { name: call.name } }],
        [{ index, function: { arguments: halves(written(call))[1] } }],
      ]),
  }),
  shape("tool-name-twice", "The id, type and name again with every fragment.", {
    deltas: (calls) =>
      calls.flatMap((call, index) =>
        halves(written(call)).map((text) => [
          { ...whole(call, index), function: { name: call.name, arguments: text } },
        ]),
      ),
  }),
  shape(
    "tool-object-arguments",
    "Arguments as an object.",
    each((call, index) => ({ ...whole(call, index), function: call })),
  ),
  shape(
    "tool-double-encoded",
    "Arguments encoded twice.",
    each((call, index) => ({
      ...whole(call, index),
      function: { name: call.name, arguments: JSON.stringify(written(call)) },
    })),
  ),
  shape(
    "tool-repeated-ids",
    "One id for all calls.",
    each((call, index) => ({ ...whole(call, index), id: "functions.call:0" })),
  ),
  shape("tool-null-final", "An entry of nulls closes each call.", {
    deltas: (calls) =>
      calls.flatMap((call, index) => [
        [whole(call, index)],
        [{ index, id: null, type: null, function: { name: null, arguments: "" } }],
      ]),
  }),
  shape("tool-null-members", "Later fragments repeat id, type and name as null.", {
    deltas: (calls) =>
      calls.flatMap((call, index) => [
        [opening(call, index)],
        ...fragments(call, index).map((entry) => [
          { id: null, type: null, ...entry, function: { name: null, ...objectFunction(entry) } },
        ]),
      ]),
  }),
  shape("tool-interleaved", "Fragments of parallel calls by turns.", { deltas: interleave }),
  shape("tool-dual", "Each call in the delta without an index, and flat beside it.", {
    frames: (calls) =>
      calls.map((call, index) => ({
        choices: [
          {
            delta: {
              tool_calls: [
                { id: idOf(index), type: "function", function: { name: call.name, arguments: written(call) } },
              ],
            },
            index: 0,
          },
        ],
        tool_calls: [call],
      })),
  }),
  shape("tool-finish-stop", "The finish reason stop, although tools are called.", { ...each(whole), finish: "stop" }),
  shape("tool-no-finish", "A stream of calls without a finish reason.", {
    frames: (calls) => [{ choices: [{ index: 0, delta: { tool_calls: calls.map(whole) }, finish_reason: null }] }],
  }),
  shape(
    "tool-empty-arguments",
    "Arguments that are an empty text.",
    each((call, index) => ({ ...whole(call, index), function: { name: call.name, arguments: "" } })),
  ),
  shape(
    "tool-no-arguments",
    "Calls without arguments.",
    each((call, index) => ({ ...whole(call, index), function: { name: call.name } })),
  ),
  shape(
    "tool-broken-arguments",
    "Arguments that are cut off: no sound reading.",
    each((call, index) => ({ ...whole(call, index), function: { name: call.name, arguments: '{"city": "Pa' } })),
  ),
  shape(
    "tool-control-tokens",
    "Arguments with a control token in a value.",
    each((call, index) => ({
      ...whole(call, index),
      function: { name: call.name, arguments: '{"id":"<|"|>4f1c<|"|>"}' },
    })),
  ),
  shape(
    "tool-unknown-name",
    "A call of a tool that nobody offered.",
    each((call, index) => ({ ...whole(call, index), function: { name: "no_such_tool", arguments: written(call) } })),
  ),
  shape("tool-text-before", "Text before the calls.", {
    frames: (calls) => [
      { choices: [{ index: 0, delta: { role: "assistant", content: "Let me look." } }] },
      ...calls.map((call, index) => ({ choices: [{ index: 0, delta: { tool_calls: [whole(call, index)] } }] })),
      { choices: [{ index: 0, delta: {}, finish_reason: "tool_calls" }] },
    ],
    message: (calls) => ({ content: "Let me look.", tool_calls: calls.map(whole) }),
  }),
  shape("finish-without-call", "The finish reason tool_calls, and neither calls nor text.", {
    deltas: () => [],
    message: () => ({ content: "", tool_calls: [] }),
  }),
  {
    id: "@emulator/finish-without-call-text",
    description: "The finish reason tool_calls, with text and no calls.",
    stream: (call) => finishAsCalls(call),
    body: (call) => parseAndReplace(soundBody(call)),
  },
  {
    id: "@emulator/tool-cut",
    description: "A stream that ends in the middle of a call's arguments.",
    stream: (call) => cutCall(call),
  },
];

function objectFunction(entry: object): object {
  return "function" in entry && typeof entry.function === "object" && entry.function !== null ? entry.function : {};
}

function* finishAsCalls(call: FaultCall): Generator<string, void> {
  for (const record of soundStream(call))
    yield record.replace('"finish_reason":"stop"', '"finish_reason":"tool_calls"');
}

function parseAndReplace(body: object): unknown {
  return JSON.parse(JSON.stringify(body).replace('"finish_reason":"stop"', '"finish_reason":"tool_calls"'));
}

function* cutCall(call: FaultCall): Generator<string, void> {
  const [first] = callsOf(call);
  if (first === undefined) {
    yield* beginning(call);
    return;
  }
  for (const entry of [opening(first, 0), ...fragments(first, 0).slice(0, 1)]) {
    yield encodeSseData(
      JSON.stringify({ choices: [{ index: 0, delta: { tool_calls: [entry] }, finish_reason: null }] }),
    );
  }
}
