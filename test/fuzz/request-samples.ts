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

const flatTool = { type: "function", name: "get_weather", description: "Weather", parameters };

export const responseSamples: readonly object[] = [
  { input: "What is the weather in Paris?", instructions: "Be brief.", stream: true, store: false },
  {
    input: [
      { role: "user", content: [{ type: "input_text", text: "What is the weather in Paris?" }] },
      { type: "reasoning", id: "rs_1", summary: [], content: [{ type: "reasoning_text", text: "I call." }] },
      { type: "function_call", call_id: "call_1", name: "get_weather", arguments: '{"city":"Paris"}' },
      { type: "function_call_output", call_id: "call_1", output: "12" },
      { role: "assistant", content: [{ type: "output_text", text: "12 degrees.", annotations: [] }] },
    ],
    tools: [flatTool, { type: "web_search" }, { type: "custom", name: "note" }],
    tool_choice: { type: "allowed_tools", mode: "auto", tools: [{ type: "function", name: "get_weather" }] },
    truncation: "auto",
    stream: true,
  },
  { input: "One", text: { format: { type: "json_schema", name: "n", strict: true, schema } }, max_output_tokens: 20 },
];
