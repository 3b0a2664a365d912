import { describe, expect, it } from "vitest";
import type { JsonRecord } from "../../src/json.ts";
import type { ModelEntry } from "../../src/models/model.ts";
import { chatCall, entryOf, gemma, gptOss, llama33, refusalOf, scout } from "./support.ts";

const PIXEL = "data:image/png;base64,iVBORw0KGgo=";

function messagesOf(messages: readonly JsonRecord[], entry: ModelEntry = llama33): unknown {
  return chatCall({ messages }, entry).inputs["messages"];
}

const call = { id: "call_1", type: "function", function: { name: "get_weather", arguments: '{"city":"Oslo"}' } };
const question = { role: "user", content: "Weather?" };
const answered = { role: "tool", tool_call_id: "call_1", content: "rain" };

describe("messages for Workers AI", () => {
  it.each<[string, JsonRecord, JsonRecord]>([
    ["system stays system", { role: "system", content: "Be brief." }, { role: "system", content: "Be brief." }],
    ["developer becomes system", { role: "developer", content: "Be brief." }, { role: "system", content: "Be brief." }],
    [
      "system parts become one text",
      {
        role: "system",
        content: [
          { type: "text", text: "One." },
          { type: "text", text: "Two." },
        ],
      },
      { role: "system", content: "One.\nTwo." },
    ],
    [
      "user parts become one text",
      {
        role: "user",
        content: [
          { type: "text", text: "One." },
          { type: "text", text: "Two." },
        ],
      },
      { role: "user", content: "One.\nTwo." },
    ],
    [
      "a name is kept",
      { role: "user", name: "ada", content: "Hello" },
      { role: "user", name: "ada", content: "Hello" },
    ],
    ["a null name is dropped", { role: "user", name: null, content: "Hello" }, { role: "user", content: "Hello" }],
    [
      "members that nobody declares are dropped",
      {
        role: "assistant",
        content: "Hi",
        refusal: null,
        audio: null,
        annotations: [],
        parsed: null,
        function_call: null,
      },
      { role: "assistant", content: "Hi" },
    ],
    [
      "a refusal is what the assistant said",
      { role: "assistant", content: null, refusal: "I will not." },
      { role: "assistant", content: "I will not." },
    ],
    [
      "a refusal part is text",
      { role: "assistant", content: [{ type: "refusal", refusal: "I will not." }] },
      { role: "assistant", content: "I will not." },
    ],
    [
      "text beside a refusal wins",
      { role: "assistant", content: "Well", refusal: "I will not." },
      { role: "assistant", content: "Well" },
    ],
    ["an empty text stays one", { role: "assistant", content: "" }, { role: "assistant", content: "" }],
    ["no parts are an empty text", { role: "assistant", content: [] }, { role: "assistant", content: "" }],
    [
      "a cache breakpoint on a part is dropped",
      { role: "user", content: [{ type: "text", text: "Hi", prompt_cache_breakpoint: { mode: "explicit" } }] },
      { role: "user", content: "Hi" },
    ],
  ])("%s", (_fact, message, expected) => {
    expect(messagesOf([message])).toEqual([expected]);
  });

  it.each([
    ["null", { content: null }],
    ["absent", {}],
    ["empty", { content: "" }],
  ])("write %s content beside tool calls as an empty text", (_form, content) => {
    expect(messagesOf([question, { role: "assistant", ...content, tool_calls: [call] }, answered])).toEqual([
      question,
      { role: "assistant", content: "", tool_calls: [call] },
      { role: "tool", content: "rain", tool_call_id: "call_1", name: "get_weather" },
    ]);
  });

  it("refuse an assistant message that says nothing and calls nothing", () => {
    expect(refusalOf(() => messagesOf([question, { role: "assistant" }]))).toMatchObject({
      kind: "missing_parameter",
      param: "messages[1].content",
    });
  });

  it("keep consecutive messages of one role, and system messages in the middle", () => {
    const roles = ["user", "user", "system", "assistant", "assistant", "developer", "user"];
    const messages = messagesOf(roles.map((role) => ({ role, content: role })));
    expect(messages).toMatchObject(
      roles.map((role) => ({ role: role === "developer" ? "system" : role, content: role })),
    );
  });
});

describe("a tool result", () => {
  it("names its function, which is looked up by the id of the call", () => {
    const second = { ...call, id: "x:0", function: { name: "get_time", arguments: "{}" } };
    const history = [
      question,
      { role: "assistant", tool_calls: [call, second] },
      { role: "tool", tool_call_id: "x:0", content: "noon" },
      answered,
    ];
    expect(messagesOf(history)).toMatchObject([{}, {}, { name: "get_time" }, { name: "get_weather" }]);
  });

  it("takes the name of the latest call where ids repeat between turns", () => {
    const again = { ...call, function: { name: "get_time", arguments: "{}" } };
    const history = [
      { role: "assistant", tool_calls: [call] },
      answered,
      { role: "assistant", tool_calls: [again] },
      answered,
    ];
    expect(messagesOf(history)).toMatchObject([{}, { name: "get_weather" }, {}, { name: "get_time" }]);
  });

  it("comes as parts from some clients and goes as text", () => {
    const parts = { ...answered, content: [{ type: "text", text: "rain" }] };
    expect(messagesOf([{ role: "assistant", tool_calls: [call] }, parts])).toMatchObject([{}, { content: "rain" }]);
  });

  it("of a call that the history does not show is passed on without a name", () => {
    expect(messagesOf([answered])).toEqual([{ role: "tool", tool_call_id: "call_1", content: "rain" }]);
  });

  it("in the legacy function role finds its call by the function's name", () => {
    const history = [
      { role: "assistant", content: null, function_call: { name: "get_weather", arguments: '{"city":"Oslo"}' } },
      { role: "function", name: "get_weather", content: "rain" },
    ];
    expect(messagesOf(history)).toEqual([
      {
        role: "assistant",
        content: "",
        tool_calls: [{ ...call, id: "call_get_weather" }],
      },
      { role: "tool", tool_call_id: "call_get_weather", name: "get_weather", content: "rain" },
    ]);
  });

  it("in the legacy function role may be null, which is the empty text", () => {
    const history = [
      { role: "assistant", function_call: { name: "f", arguments: "{}" } },
      { role: "function", name: "f", content: null },
    ];
    expect(messagesOf(history)).toMatchObject([{}, { content: "" }]);
  });
});

function argumentsOf(toolCall: JsonRecord): unknown {
  return messagesOf([{ role: "assistant", tool_calls: [{ id: "call_1", ...toolCall }] }, answered]);
}

describe("a tool call of the history", () => {
  it.each([
    ["JSON as it was written", '{"city": "Oslo"}', '{"city": "Oslo"}'],
    ["the empty text as no arguments", "", "{}"],
    ["white space as no arguments", " \n", "{}"],
    ["broken JSON inside an object", '{"city": "Os', '{"arguments":"{\\"city\\": \\"Os"}'],
    ["JSON that is no object inside one", "[1]", '{"arguments":"[1]"}'],
  ])("carries %s", (_fact, written, sent) => {
    expect(argumentsOf({ type: "function", function: { name: "f", arguments: written } })).toMatchObject([
      { tool_calls: [{ id: "call_1", type: "function", function: { name: "f", arguments: sent } }] },
      { name: "f" },
    ]);
  });

  it("without a type is a function's", () => {
    expect(argumentsOf({ function: { name: "f", arguments: "{}" } })).toMatchObject([
      { tool_calls: [{ type: "function" }] },
      {},
    ]);
  });

  it("of a custom tool is the call of the function that stands for it", () => {
    expect(argumentsOf({ type: "custom", custom: { name: "shell", input: 'echo "hi"' } })).toMatchObject([
      { tool_calls: [{ type: "function", function: { name: "shell", arguments: '{"input":"echo \\"hi\\""}' } }] },
      { role: "tool", name: "shell" },
    ]);
  });

  it("needs its result: a call that nothing answers is refused as OpenAI refuses it", () => {
    const other = { ...call, id: "call_2" };
    const history = [question, { role: "assistant", tool_calls: [call, other] }, answered];
    const refusal = refusalOf(() => messagesOf(history));
    expect(refusal).toMatchObject({ kind: "invalid_request", param: "messages[1].tool_calls" });
    expect(refusal.message).toContain("call_2");
    expect(refusal.message).not.toContain("call_1");
  });
});

describe("reasoning of an earlier turn", () => {
  const thought = { role: "assistant", content: "42", reasoning_content: "six times seven" };

  it("goes back as a member of its own to a model that reasons", () => {
    expect(messagesOf([thought], gptOss)).toEqual([{ role: "assistant", content: "42", reasoning: "six times seven" }]);
  });

  it("is taken from either of its names", () => {
    expect(messagesOf([{ role: "assistant", content: "42", reasoning: "because" }], gptOss)).toMatchObject([
      { reasoning: "because" },
    ]);
  });

  it("is left out for a model that does not reason", () => {
    expect(messagesOf([thought])).toEqual([{ role: "assistant", content: "42" }]);
  });
});

describe("system messages of a model that takes one only at the beginning", () => {
  const qwen = entryOf("@cf/qwen/qwen3.8-27b");

  it("are merged into the first, in their order", () => {
    const history = [
      { role: "user", content: "Hello" },
      { role: "system", content: "One." },
      { role: "assistant", content: "Hi" },
      { role: "developer", content: "Two." },
    ];
    expect(messagesOf(history, qwen)).toEqual([
      { role: "system", content: "One.\n\nTwo." },
      { role: "user", content: "Hello" },
      { role: "assistant", content: "Hi" },
    ]);
  });

  it("are not made up where there are none", () => {
    expect(messagesOf([question], qwen)).toEqual([question]);
  });
});

describe("content parts", () => {
  const image = { type: "image_url", image_url: { url: PIXEL, detail: "high" } };
  const text = { type: "text", text: "What is it?" };

  it.each([
    ["with OpenAI's inputs", gemma],
    ["with native inputs", scout],
  ])("keep an image for a vision model %s", (_format, entry) => {
    expect(messagesOf([{ role: "user", content: [text, image] }], entry)).toEqual([
      { role: "user", content: [text, { type: "image_url", image_url: { url: PIXEL } }] },
    ]);
  });

  it("of text alone are one text for a vision model too", () => {
    expect(messagesOf([{ role: "user", content: [text, text] }], scout)).toEqual([
      { role: "user", content: "What is it?\nWhat is it?" },
    ]);
  });

  it("with an image are refused for a model that reads text only, which the message names", () => {
    const refusal = refusalOf(() => messagesOf([question, { role: "user", content: [text, image] }]));
    expect(refusal).toMatchObject({ kind: "invalid_value", param: "messages[1].content[1].type" });
    expect(refusal.message).toContain(llama33.id);
  });

  it.each(["data:text/plain;base64,aGk=", "data:image/png,abc", "file:///etc/passwd", "not a url"])(
    "with the image URL %s are refused",
    (url) => {
      const content = [{ type: "image_url", image_url: { url } }];
      expect(refusalOf(() => messagesOf([{ role: "user", content }], gemma))).toMatchObject({
        kind: "invalid_value",
        param: "messages[0].content[0].image_url.url",
      });
    },
  );

  it.each([
    { type: "input_audio", input_audio: { data: "aGk=", format: "wav" } },
    { type: "file", file: { file_id: "file_1" } },
  ])("of type $type are refused by every model", (part) => {
    expect(refusalOf(() => messagesOf([{ role: "user", content: [part] }], gemma))).toMatchObject({
      kind: "invalid_value",
      param: "messages[0].content[0].type",
    });
  });
});
