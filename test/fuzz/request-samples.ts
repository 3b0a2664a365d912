const user = { role: "user", content: "What is the weather in Paris?" };
const call = { id: "call_1", type: "function", function: { name: "get_weather", arguments: '{"city":"Paris"}' } };
const parameters = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const tools = [{ type: "function", function: { name: "get_weather", description: "Weather", parameters } }];
const schema = { type: "object", properties: { a: { type: "integer" } }, required: ["a"], additionalProperties: false };

/** One request for each part of the API that has a translation of its own. */
export const chatSamples: readonly object[] = [
  { messages: [user], stream: true, stream_options: { include_usage: true } },
  { messages: [{ role: "system", content: "Be brief." }, user], temperature: 0.5, top_p: 0.9, seed: 7, max_tokens: 20 },
  { messages: [user], tools, tool_choice: "auto", parallel_tool_calls: false, stream: true },
  {
    messages: [
      user,
      { role: "assistant", content: null, tool_calls: [call] },
      { role: "tool", tool_call_id: "call_1", content: "12" },
    ],
    tools,
  },
  { messages: [user], response_format: { type: "json_schema", json_schema: { name: "n", strict: true, schema } } },
  {
    messages: [{ role: "user", content: [{ type: "text", text: "Hello" }] }],
    stop: ["END", "\n\n"],
    n: 2,
    stream: true,
  },
  { messages: [user], functions: [{ name: "f", parameters }], function_call: "auto", user: "u", metadata: { a: "b" } },
];

export const textSamples: readonly object[] = [
  { prompt: "Once upon a time", max_tokens: 10, stream: true },
  { prompt: ["a", "b"], echo: true, stop: "END", n: 2 },
];
