/** Requests in the forms that clients really send. OpenAI takes all of them, whatever its description says. */

const user = { role: "user", content: "Hello" };
const call = { id: "call_foreign", type: "function", function: { name: "add", arguments: "{}" } };
const result = { role: "tool", tool_call_id: "call_foreign", content: "1" };
const tool = { type: "function", function: { name: "add" } };

/** What it is, and the messages of the request. */
export const conversationForms: readonly (readonly [name: string, messages: readonly object[]])[] = [
  ["two system messages", [{ role: "system", content: "a" }, { role: "system", content: "b" }, user]],
  ["a system message in the middle", [user, { role: "system", content: "b" }, user]],
  ["two user messages in a row", [user, user]],
  ["two assistant messages in a row", [user, { role: "assistant", content: "a" }, { role: "assistant", content: "b" }]],
  ["a tool result for a call that nobody made", [{ role: "tool", tool_call_id: "toolu_01", content: "1" }]],
  ["tool content as parts", [{ role: "tool", tool_call_id: "x", content: [{ type: "text", text: "1" }] }]],
  ["a tool message with a name", [{ role: "tool", tool_call_id: "x", name: "add", content: "1" }]],
  ["a function message with null", [{ role: "function", name: "my.add", content: null }]],
  ["developer content as parts", [{ role: "developer", content: [{ type: "text", text: "1" }] }]],
  ["an empty user message", [{ role: "user", content: "" }]],
  [
    "a cache breakpoint on a part",
    [{ role: "user", content: [{ type: "text", text: "1", prompt_cache_breakpoint: { mode: "explicit" } }] }],
  ],
  [
    "an Anthropic cache mark",
    [{ role: "user", content: [{ type: "text", text: "1", cache_control: { type: "ephemeral" } }] }],
  ],
  [
    "an image with a null detail",
    [{ role: "user", content: [{ type: "image_url", image_url: { url: "data:,", detail: null } }] }],
  ],
  ["an assistant message that ends the conversation", [user, { role: "assistant", content: "Once upon" }]],
  [
    "legacy function call",
    [
      { role: "assistant", content: null, function_call: { name: "add", arguments: "" } },
      { role: "function", name: "add", content: "1" },
    ],
  ],
  [
    "an assistant message with a null content beside tool calls",
    [user, { role: "assistant", content: null, tool_calls: [call] }, result],
  ],
  [
    "an assistant message with an empty content beside tool calls",
    [user, { role: "assistant", content: "", tool_calls: [call] }, result],
  ],
  ["an assistant message without content beside tool calls", [user, { role: "assistant", tool_calls: [call] }, result]],
  [
    "an assistant message with no parts beside tool calls",
    [user, { role: "assistant", content: [], tool_calls: [call] }, result],
  ],
  [
    "a custom tool call and its result",
    [
      user,
      {
        role: "assistant",
        tool_calls: [{ id: "call_foreign", type: "custom", custom: { name: "sql", input: "select 1" } }],
      },
      result,
    ],
  ],
  ["a refusal that is echoed", [user, { role: "assistant", content: null, refusal: "No." }, user]],
  ["an empty assistant message", [user, { role: "assistant", content: "" }, user]],
  [
    "a whole answer of the official client's, echoed",
    [
      user,
      {
        role: "assistant",
        content: "Hi",
        refusal: null,
        annotations: [],
        audio: null,
        function_call: null,
        tool_calls: [],
        parsed: null,
        reasoning_content: "Because.",
      },
      user,
    ],
  ],
  ["tool_calls: null", [user, { role: "assistant", content: "Hi", tool_calls: null }, user]],
];

/** What it is, and the members that stand beside `model` and `messages`. */
export const parameterForms: readonly (readonly [name: string, members: object])[] = [
  ["tools: []", { tools: [] }],
  ["functions: []", { functions: [] }],
  ["a function without parameters", { tools: [tool] }],
  ["parameters as an empty object", { tools: [{ type: "function", function: { name: "add", parameters: {} } }] }],
  ["tool_choice without tools", { tool_choice: "none" }],
  ["a named function", { tools: [tool], tool_choice: { type: "function", function: { name: "add" } } }],
  [
    "allowed tools",
    {
      tools: [tool],
      tool_choice: {
        type: "allowed_tools",
        allowed_tools: { mode: "auto", tools: [{ type: "function", function: { name: "add" } }] },
      },
    },
  ],
  [
    "a custom tool",
    { tools: [{ type: "custom", custom: { name: "sql", description: "d", format: { type: "text" } } }] },
  ],
  [
    "a custom tool with a grammar",
    {
      tools: [
        {
          type: "custom",
          custom: { name: "sql", format: { type: "grammar", grammar: { syntax: "lark", definition: "start: X" } } },
        },
      ],
    },
  ],
  [
    "a named custom tool",
    { tools: [{ type: "custom", custom: { name: "sql" } }], tool_choice: { type: "custom", custom: { name: "sql" } } },
  ],
  ["stream_options without a stream", { stream: false, stream_options: { include_usage: true } }],
  ["empty stream_options", { stream: true, stream_options: {} }],
  ["response_format text", { response_format: { type: "text" } }],
  ["a seed of 64 bits", { seed: 2 ** 63 }],
  ["a negative seed", { seed: -1 }],
  [
    "a schema without strict",
    {
      response_format: {
        type: "json_schema",
        json_schema: { name: "n", schema: { type: "object", properties: { a: { type: "string" } }, required: ["a"] } },
      },
    },
  ],
  ["members that nobody knows", { some_new_member: { a: [1] }, extra_body: null, thinking: { type: "enabled" } }],
  ["integers where numbers stand", { temperature: 0, top_p: 1, frequency_penalty: 0 }],
];
