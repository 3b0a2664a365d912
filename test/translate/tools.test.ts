import { describe, expect, it } from "vitest";
import type { JsonRecord } from "../../src/json.ts";
import type { ModelEntry } from "../../src/models/model.ts";
import type { ModelCall } from "../../src/translate/inputs.ts";
import { createCounter, readOutcome, toTextStream } from "../completion/outcome.ts";
import { chatCall, gemma, llama33, plain, refusalOf, reportOf, unknown } from "./support.ts";

const parameters = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const weather = { type: "function", function: { name: "get_weather", description: "The weather.", parameters } };
const clock = { type: "function", function: { name: "get_time" } };
/** The same with every member that a published schema requires. */
const sentClock = {
  type: "function",
  function: { name: "get_time", description: "", parameters: { type: "object", properties: {} } },
};
const tools = [weather, clock];
const sentTools = [weather, sentClock];

interface SentTools {
  readonly tools?: unknown;
  readonly tool_choice?: unknown;
  readonly parallel_tool_calls?: unknown;
}

function sent({ inputs }: ModelCall): SentTools {
  const names = ["tools", "tool_choice", "parallel_tool_calls"] as const;
  return Object.fromEntries(names.flatMap((name) => (name in inputs ? [[name, inputs[name]]] : [])));
}

/** The text of the system message that the gateway wrote, if it wrote one. */
function instructionOf({ inputs }: ModelCall): unknown {
  const { messages } = inputs;
  const first: unknown = Array.isArray(messages) ? messages[0] : undefined;
  return typeof first === "object" && first !== null && "role" in first && first.role === "system" && "content" in first
    ? first.content
    : undefined;
}

interface ChoiceRow {
  readonly choice: unknown;
  readonly native: SentTools;
  readonly openai: SentTools;
  /** Whether an answer without a call is none. */
  readonly mustCall: boolean;
  readonly report: string;
}

const named = { type: "function", function: { name: "get_weather" } };
const rows: readonly ChoiceRow[] = [
  {
    choice: undefined,
    native: { tools: sentTools },
    openai: { tools: sentTools, tool_choice: "auto" },
    mustCall: false,
    report: "",
  },
  {
    choice: null,
    native: { tools: sentTools },
    openai: { tools: sentTools, tool_choice: "auto" },
    mustCall: false,
    report: "",
  },
  {
    choice: "auto",
    native: { tools: sentTools },
    openai: { tools: sentTools, tool_choice: "auto" },
    mustCall: false,
    report: "",
  },
  { choice: "none", native: {}, openai: {}, mustCall: false, report: "tool_choice=emulated" },
  {
    choice: "required",
    native: { tools: sentTools },
    openai: { tools: sentTools, tool_choice: "required" },
    mustCall: true,
    report: "tool_choice=emulated",
  },
  {
    choice: named,
    native: { tools: [weather] },
    openai: { tools: [weather], tool_choice: named },
    mustCall: true,
    report: "tool_choice=emulated",
  },
  {
    choice: { type: "allowed_tools", allowed_tools: { mode: "auto", tools: [named] } },
    native: { tools: [weather] },
    openai: { tools: [weather], tool_choice: "auto" },
    mustCall: false,
    report: "",
  },
  {
    choice: { type: "allowed_tools", allowed_tools: { mode: "required", tools: [named] } },
    native: { tools: [weather] },
    openai: { tools: [weather], tool_choice: named },
    mustCall: true,
    report: "tool_choice=emulated",
  },
];

describe("tool_choice", () => {
  it.each(rows)("$choice is met by a model with OpenAI's inputs", ({ choice, openai, mustCall }) => {
    const call = chatCall({ tools, tool_choice: choice }, gemma);
    expect(sent(call)).toEqual(openai);
    expect(call.requirement !== undefined).toBe(mustCall);
    expect(instructionOf(call)).toBeUndefined();
    expect(reportOf(call)).toBe("");
  });

  it.each(rows)("$choice is met by a native model, without the parameter", ({ choice, native, mustCall, report }) => {
    const call = chatCall({ tools, tool_choice: choice }, llama33);
    expect(sent(call)).toEqual(native);
    expect(call.requirement !== undefined).toBe(mustCall);
    expect(instructionOf(call) !== undefined).toBe(mustCall);
    expect(reportOf(call)).toBe(report);
  });

  it.each(rows)("$choice goes to an unknown model as to a native one", ({ choice, native, report }) => {
    const call = chatCall({ tools, tool_choice: choice }, unknown);
    expect(sent(call)).toEqual(native);
    expect(reportOf(call)).toBe(report);
  });

  it("names the one function in words where the model knows no choice", () => {
    expect(instructionOf(chatCall({ tools, tool_choice: named }))).toContain("get_weather");
    expect(instructionOf(chatCall({ tools, tool_choice: "required" }))).not.toContain("get_weather");
  });

  it("is named where a model needs it", () => {
    const mistral = { ...llama33, abilities: { ...llama33.abilities, needsToolChoice: true } };
    expect(sent(chatCall({ tools }, mistral))).toEqual({ tools: sentTools, tool_choice: "auto" });
    expect(sent(chatCall({ tools, tool_choice: "none" }, mistral))).toEqual({});
  });

  it("is told behind the caller's own system message", () => {
    const messages = [
      { role: "system", content: "Be brief." },
      { role: "user", content: "Hi" },
    ];
    const call = chatCall({ messages, tools, tool_choice: "required" });
    expect(instructionOf(call)).toMatch(/^Be brief\.\n\nAnswer only by calling/);
    expect(call.inputs["messages"]).toHaveLength(2);
  });

  it.each<[string, unknown, string]>([
    ["a function", { type: "function", function: { name: "absent" } }, "tool_choice.function.name"],
    ["a custom tool", { type: "custom", custom: { name: "absent" } }, "tool_choice.custom.name"],
    [
      "an allowed tool",
      {
        type: "allowed_tools",
        allowed_tools: { mode: "auto", tools: [named, { type: "function", function: { name: "absent" } }] },
      },
      "tool_choice.allowed_tools.tools[1].function.name",
    ],
  ])("that names %s which is not offered is refused", (_kind, choice, param) => {
    for (const entry of [llama33, gemma]) {
      const refusal = refusalOf(() => chatCall({ tools, tool_choice: choice }, entry));
      expect(refusal).toMatchObject({ kind: "invalid_value", param });
    }
  });

  it("that requires a call is refused where no tools are offered", () => {
    expect(refusalOf(() => chatCall({ tools: [], tool_choice: "required" }))).toMatchObject({ param: "tool_choice" });
  });
});

describe("tools", () => {
  it.each<[string, JsonRecord]>([
    ["empty", { tools: [] }],
    ["empty with a choice", { tools: [], tool_choice: "auto" }],
    ["null", { tools: null, tool_choice: null }],
    ["absent with a choice of none", { tool_choice: "none" }],
  ])("that are %s are not sent, nor is the choice", (_form, body) => {
    for (const entry of [llama33, gemma, plain, unknown]) expect(sent(chatCall(body, entry))).toEqual({});
  });

  it("keep strict, and a description that is null is an empty one", () => {
    const tool = { type: "function", function: { name: "f", description: null, parameters, strict: true } };
    expect(sent(chatCall({ tools: [tool] }))).toEqual({
      tools: [{ type: "function", function: { name: "f", description: "", parameters, strict: true } }],
    });
  });

  it.each([
    ["null", null],
    ["empty", {}],
    ["without properties", { type: "object" }],
  ])("with %s parameters take an empty object", (_form, given) => {
    const tool = { type: "function", function: { name: "get_time", parameters: given } };
    expect(sent(chatCall({ tools: [tool] }))).toEqual({ tools: [sentClock] });
  });

  it("are refused by a model that calls none, and withheld from it by tool_choice none", () => {
    expect(refusalOf(() => chatCall({ tools }, plain))).toMatchObject({
      kind: "unsupported_parameter",
      param: "tools",
    });
    expect(sent(chatCall({ tools, tool_choice: "none" }, plain))).toEqual({});
  });

  it.each([
    ["all of them", { tools }, ["get_weather", "get_time"]],
    ["none that is withheld", { tools, tool_choice: "none" }, []],
    ["the one that is named", { tools, tool_choice: named }, ["get_weather"]],
  ])("are what a call may be that the model writes as text: %s", async (_which, body, names) => {
    const call = chatCall(body);
    const found = ["get_weather", "get_time"].map(async (name) => {
      const text = toTextStream([`{"name":"${name}","arguments":{}}`]);
      const { events } = await readOutcome(call.salvage?.(text, createCounter()) ?? text);
      return events.flatMap((event) => (event.type === "tool-call-start" ? [event.name] : []));
    });
    expect((await Promise.all(found)).flat()).toEqual(names);
  });
});

describe("parallel_tool_calls", () => {
  it.each<[boolean, ModelEntry, unknown, string]>([
    [false, llama33, undefined, "parallel_tool_calls=emulated"],
    [false, unknown, undefined, "parallel_tool_calls=emulated"],
    [false, gemma, false, ""],
    [true, llama33, undefined, ""],
    [true, gemma, true, ""],
  ])("%s goes only to models that know it", (parallel, entry, expected, report) => {
    const call = chatCall({ tools, parallel_tool_calls: parallel }, entry);
    expect(sent(call).parallel_tool_calls).toBe(expected);
    // The gateway keeps the promise in either case.
    expect(call.singleToolCall).toBe(!parallel);
    expect(reportOf(call)).toBe(report);
  });
});

function offered(tool: JsonRecord): unknown {
  return sent(chatCall({ tools: [{ type: "custom", custom: tool }] })).tools;
}

describe("a custom tool", () => {
  const custom = { name: "shell", description: "Runs a command." };

  it("is offered as a function with one text", () => {
    expect(offered(custom)).toEqual([
      {
        type: "function",
        function: {
          name: "shell",
          description: "Runs a command.",
          parameters: {
            type: "object",
            properties: { input: { type: "string", description: "The whole input of the tool, as text." } },
            required: ["input"],
          },
        },
      },
    ]);
  });

  it("tells the model its grammar", () => {
    const grammar = { syntax: "lark", definition: 'start: "ls"' };
    expect(JSON.stringify(offered({ ...custom, format: { type: "grammar", grammar } }))).toContain("lark grammar");
    expect(JSON.stringify(offered({ ...custom, format: { type: "text" } }))).not.toContain("grammar");
  });

  it("is named as emulated, and can be chosen by name", () => {
    const body = { tools: [weather, { type: "custom", custom }], tool_choice: { type: "custom", custom } };
    const call = chatCall(body, gemma);
    expect(reportOf(call)).toBe("tools=emulated");
    expect(sent(call).tool_choice).toEqual({ type: "function", function: { name: "shell" } });
  });
});

describe("legacy functions", () => {
  const functions = [weather.function, clock.function];

  it.each<[string, unknown, SentTools, string]>([
    ["without a choice", undefined, { tools: sentTools }, "functions=emulated"],
    ["with auto", "auto", { tools: sentTools }, "functions=emulated"],
    ["with none", "none", {}, "functions=emulated, function_call=emulated"],
    ["with a name", { name: "get_weather" }, { tools: [weather] }, "functions=emulated, function_call=emulated"],
  ])("%s are offered as tools", (_fact, choice, expected, report) => {
    const call = chatCall({ functions, function_call: choice });
    expect(sent(call)).toEqual(expected);
    expect(reportOf(call)).toBe(report);
    // A message has room for one function call.
    expect(call.singleToolCall).toBe(true);
  });

  it("force a named function with a model that knows tool_choice", () => {
    expect(sent(chatCall({ functions, function_call: { name: "get_weather" } }, gemma)).tool_choice).toEqual(named);
  });

  it("with the name of an absent function are refused", () => {
    expect(refusalOf(() => chatCall({ functions, function_call: { name: "absent" } }))).toMatchObject({
      param: "function_call.name",
    });
  });

  it("are refused by a model that calls none, under their own name", () => {
    expect(refusalOf(() => chatCall({ functions }, plain))).toMatchObject({ param: "functions" });
  });

  it("give way to tools where a request has both", () => {
    const call = chatCall({ tools: [clock], functions: [weather.function] });
    expect(sent(call)).toEqual({ tools: [sentClock] });
    expect(reportOf(call)).toBe("functions=ignored");
  });
});
