import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { salvageToolCalls } from "../../src/completion/salvage-tool-calls.ts";
import { createCounter, readOutcome, summarise, toStream, toTextStream, weatherTools } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";

function salvage(pieces: readonly string[]): Promise<Outcome> {
  return readOutcome(salvageToolCalls(toTextStream(pieces), weatherTools, createCounter()));
}

const paris = '{"name": "get_weather", "parameters": {"city": "Paris"}}';

describe("text that is no tool call", () => {
  it.each([
    ["prose", "The weather is fine."],
    ["prose that begins like a tool's name", "get_weather is a tool."],
    ["a tool's name", "get_weather"],
    ["JSON of another kind", '{"score": 4, "name": "get_weather", "parameters": {}}'],
    ["JSON with another name", '{"name": "Alice", "parameters": {}}'],
    ["a list", '["get_weather", 1]'],
    ["a link", "[get_weather](https://example.com) tells it."],
    ["the description of a tool", '{"name": "get_weather", "description": "Tells it", "parameters": {}}'],
    ["the schema of a tool", '{"name": "get_weather", "parameters": {"type": "object", "properties": {"city": {}}}}'],
    ["a name alone", '{"name": "get_weather"}'],
    ["a name beside members that are no parameters", '{"name": "get_weather", "town": "Paris"}'],
    ["arguments that are no object", '{"name": "get_weather", "arguments": [1]}'],
    ["arguments that are text", '{"name": "get_weather", "arguments": "Paris"}'],
    ["an object of another type", '{"type": "object", "name": "get_weather", "parameters": {}}'],
    ["a call with text behind it", `${paris}\n\nThis calls the tool.`],
    ["a call with text in front of it", `So: ${paris}`],
    ["a call in a code block", `\`\`\`json\n${paris}\n\`\`\``],
    ["a call in quotes", `"${paris}"`],
    ["half a call", paris.slice(0, -1)],
    ["a call among others", `[${paris}, {"name": "other", "parameters": {}}]`],
    ["code that calls", "get_weather('Paris') + 1"],
    ["code that calls with a variable", "get_weather(city)"],
    ["code that calls within a call", "get_weather(city=str(1))"],
    ["a call with too many arguments", "get_time(1)"],
    ["an argument twice", "get_weather('Paris', city='Rome')"],
    ["a tag in a line", `Write <tool_call>${paris}</tool_call> to call it.`],
    ["a tag behind what might have been a call", `{ <tool_call>${paris}</tool_call>`],
    ["a tag in a code block", `\`\`\`\n<tool_call>${paris}</tool_call>\n\`\`\``],
    ["a tag in code", `\`<tool_call>\``],
    ["HTML", "<b>bold</b> <table>\n<tr></table>"],
    ["a tools element of XML", "<tools>\n<tool>hammer</tool>\n</tools>"],
    ["a tag around another tool's call", '<tool_call>{"name": "other", "arguments": {}}</tool_call>'],
    ["a tag around damaged JSON", '<tool_call>{"name": "get_weather", "arguments": {"city": }}</tool_call>'],
    ["a tag that is not closed around half a call", '<tool_call>{"name": "get_weather", "arg'],
    ["a name's tag around text", "<get_weather>Paris</get_weather>"],
    ["Python behind a python tag", "<|python_tag|>import os\nprint(os.name)"],
    ["white space", " \n\t "],
    ["nothing", ""],
  ])("%s stays text, however it is cut", async (_, text) => {
    for (const pieces of [[text], text.split(""), text.split(/(?<=[{"<(])/)]) {
      const { events } = await salvage(pieces);
      const expected = text === "" ? [] : [{ type: "text-delta", text }];
      expect(events).toEqual([...expected, { type: "finish", reason: "stop" }]);
    }
  });
});

describe("a tool call as text", () => {
  it.each([
    ["behind white space", `\n  ${paris}\n`, ['get_weather {"city":"Paris"}']],
    ["with null for arguments", '{"name": "get_time", "arguments": null}', ["get_time {}"]],
    ["of a tool without parameters", '{"name": "get_time"}', ["get_time {}"]],
    [
      "with the arguments in front",
      '{"parameters": {"city": "Rome"}, "name": "get_weather"}',
      ['get_weather {"city":"Rome"}'],
    ],
    [
      "in Python with literals of every kind",
      `[get_weather(city={'a': [1, -2.5e3, True, None], "b": "it's"}, unit='\\'x\\'\\u00e9\\n')]`,
      ['get_weather {"city":{"a":[1,-2.5e3,true,null],"b":"it\'s"},"unit":"\'x\'é\\n"}'],
    ],
    [
      "in Python with a number that is longer than a double",
      "get_weather(city=12345678901234567890)",
      ['get_weather {"city":12345678901234567890}'],
    ],
    ["in Python lines", "get_weather(city='a');\nget_time()", ['get_weather {"city":"a"}', "get_time {}"]],
    ["behind a python tag, in Python", "<|python_tag|>get_weather(city='a')", ['get_weather {"city":"a"}']],
    [
      "in tags that are opened twice",
      `<tool_call>\n${paris}\n<tool_call>\n{"name": "get_time", "arguments": {}}</tool_call>`,
      ['get_weather {"city":"Paris"}', "get_time {}"],
    ],
    ["in an empty tag", "<get_time></get_time>", ["get_time {}"]],
    ["in a name's tag that is not closed", '<get_weather>\n{"city": "a"}\n', ['get_weather {"city":"a"}']],
    [
      "with brackets and quotes in its text",
      '{"name": "get_weather", "arguments": {"city": "}])\'\\"<tool_call>"}}',
      ['get_weather {"city":"}])\'\\"<tool_call>"}'],
    ],
  ])("%s is a call, however it is cut", async (_, text, calls) => {
    for (const pieces of [[text], text.split("")]) {
      expect(summarise(await salvage(pieces))).toEqual({ calls, finish: "tool_calls" });
    }
  });

  it("may stand between texts when it has a tag", async () => {
    const text = `First.\n\n<tool_call>${paris}</tool_call>\n\nThen <b>.`;
    for (const pieces of [[text], text.split("")]) {
      expect(summarise(await salvage(pieces))).toEqual({
        text: "First.\n\n\n\nThen <b>.",
        calls: ['get_weather {"city":"Paris"}'],
        finish: "tool_calls",
      });
    }
  });

  it.each([
    ["the first character that no call has", ["He", "llo"], ["He", "llo"]],
    ["the first key of other JSON", ['{"', "sc", 'ore": 1'], ['{"sc', 'ore": 1']],
    ["a name that is none of the tools", ['{"name": "', "get_", "ti", "dy"], ['{"name": "get_tidy']],
    ["a tag that is not known", ["a\n", "<", "to", "p", ">"], ["a\n", "<top", ">"]],
    ["the text behind what looked like a call", ["get_time()", ".", " Or"], ["get_time().", " Or"]],
  ])("is held back only up to %s", async (_, pieces, given) => {
    const stream = salvageToolCalls(toTextStream(pieces), weatherTools, createCounter());
    const batches: string[] = [];
    for (let batch = await stream.next(); batch !== undefined; batch = await stream.next()) {
      batches.push(batch.map((event) => (event.type === "text-delta" ? event.text : "")).join(""));
    }
    expect(batches).toEqual([...given, ""]);
  });

  it("is not looked for where the upstream tells calls itself, and those keep their order", async () => {
    const batches = [
      [{ type: "text-delta", text: `<tool_call>${paris}</tool_call>` }],
      [
        { type: "text-delta", text: '{"name": ' },
        { type: "tool-call-start", index: 0, id: "u0", name: "get_time" },
        { type: "tool-call-end", index: 0 },
      ],
      [{ type: "text-delta", text: `\n<tool_call>${paris}</tool_call>` }],
      [{ type: "finish", reason: "tool_calls" }],
    ] as const;
    const { events } = await readOutcome(salvageToolCalls(toStream(batches), weatherTools, createCounter()));
    expect(events.flatMap((event) => (event.type === "tool-call-start" ? [[event.index, event.id]] : []))).toEqual([
      [0, "call_1"],
      [1, "u0"],
    ]);
    expect(events).toContainEqual({ type: "text-delta", text: '{"name": ' });
    expect(events).toContainEqual({ type: "text-delta", text: `\n<tool_call>${paris}</tool_call>` });
  });

  it("leaves the reason of an answer that was cut", async () => {
    const stream = salvageToolCalls(toTextStream([paris], "length"), weatherTools, createCounter());
    expect(summarise(await readOutcome(stream))).toMatchObject({ finish: "length", calls: [expect.any(String)] });
  });

  it("is given up as text when it is too long to hold, at the same place however it is cut", async () => {
    const text = `{"name": "get_weather", "parameters": {"city": "${"x".repeat(300_000)}"}}`;
    const sizes = [text.length, 7, 100_000];
    for (const size of sizes) {
      const pieces = text.match(new RegExp(`.{1,${size}}`, "gs")) ?? [];
      expect(summarise(await salvage(pieces))).toEqual({ text, finish: "stop" });
    }
  });
});

describe("any text", () => {
  const scrap = fc.oneof(
    fc.constantFrom("{", "}", "[", "]", "(", ")", '"', "'", "\\", ",", ";", "\n", " ", "<", ">", "/", "`", "```", "a"),
    fc.constantFrom("get_weather", "get_time", "name", "parameters", "arguments", "type", "function", ":", "city", "="),
    fc.constantFrom(
      "<tool_call>",
      "</tool_call>",
      "<tools>",
      "</tools>",
      "<|python_tag|>",
      "<get_time>",
      "</get_time>",
    ),
    fc.constantFrom(paris, '{"name": "get_time", "arguments": {}}', "get_time()", "[get_weather(city='x')]"),
  );
  const scraps = fc.array(scrap, { maxLength: 25 });

  it("gives the same however it is cut, and every character once or as part of a call", async () => {
    await fc.assert(
      fc.asyncProperty(scraps, async (pieces) => {
        const text = pieces.join("");
        const whole = await salvage([text]);
        expect(await salvage(text.split(""))).toEqual(whole);
        expect(await salvage(pieces)).toEqual(whole);
        const { calls, ...rest } = summarise(whole);
        expect(rest.finish).toBe(calls === undefined ? "stop" : "tool_calls");
        expect(calls === undefined ? (rest.text ?? "") : text).toBe(text);
        for (const call of calls ?? []) expect(JSON.parse(call.slice(call.indexOf(" ")))).toBeTypeOf("object");
      }),
      { numRuns: 400 },
    );
  });
});
