import type { ChatCompletionToolChoiceOption } from "openai/resources/chat/completions";
import { describe, expect, it } from "vitest";
import { createTestClient } from "./support/client.ts";
import { createFakeBinding, textAnswer } from "./support/fake-binding.ts";
import { ask, GEMMA, GRANITE, LLAMA, textTool, timeTool, weatherTool } from "./support/samples.ts";

const models = [GRANITE, LLAMA, GEMMA];
const weather = ask("What is the weather in Paris?");
const pingTool = textTool("ping_server", "Ping the server", []);

describe.each(models)("tools with %s", (model) => {
  const { client } = createTestClient({ emulator: { quirks: true } });

  it("come back as a call with JSON arguments and the finish reason tool_calls", async () => {
    const completion = await client.chat.completions.create({ model, messages: weather, tools: [weatherTool] });
    const [choice] = completion.choices;
    expect(choice?.finish_reason).toBe("tool_calls");
    expect(choice?.message.tool_calls).toEqual([
      {
        id: expect.stringMatching(/^call_/),
        type: "function",
        function: { name: "get_weather", arguments: '{"city":"Paris"}' },
      },
    ]);
  });

  it("come back through the stream helper as they come whole", async () => {
    const tools = [weatherTool, timeTool];
    const messages = ask("What is the weather in Paris and in Rome?");
    const stream = client.chat.completions.stream({ model, messages, tools });
    const done: string[] = [];
    stream.on("tool_calls.function.arguments.done", (event) => done.push(event.arguments));
    const { choices } = await stream.finalChatCompletion();
    expect(choices[0]?.finish_reason).toBe("tool_calls");
    expect(choices[0]?.message.content).toBeNull();
    expect(done.map((text) => JSON.parse(text) as unknown)).toEqual([{ city: "Paris" }, { city: "Rome" }]);
    const ids = choices[0]?.message.tool_calls?.map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
  });

  it("are answered with their results in the next turn", async () => {
    const first = await client.chat.completions.create({ model, messages: weather, tools: [weatherTool] });
    const message = first.choices[0]?.message ?? { role: "assistant" as const, content: "" };
    const results = (first.choices[0]?.message.tool_calls ?? []).map(({ id }) => ({
      role: "tool" as const,
      tool_call_id: id,
      content: "18 degrees, light rain",
    }));
    const messages = [...weather, message, ...results];
    const second = await client.chat.completions.create({ model, messages, tools: [weatherTool] });
    expect(second.choices[0]?.finish_reason).toBe("stop");
    expect(second.choices[0]?.message.content).toContain("18 degrees, light rain");
  });

  it("may have no parameters: the arguments are an empty object", async () => {
    const messages = ask("Please ping the server.");
    for (const tool of [pingTool, { type: "function" as const, function: { name: "ping_server" } }]) {
      const { choices } = await client.chat.completions.create({ model, messages, tools: [tool] });
      const [call] = choices[0]?.message.tool_calls ?? [];
      expect(call?.type === "function" && call.function.arguments).toBe("{}");
    }
  });

  it("give one call only where parallel_tool_calls is false", async () => {
    const messages = ask("What is the weather in Paris and in Rome?");
    const request = { model, messages, tools: [weatherTool], parallel_tool_calls: false };
    const whole = await client.chat.completions.create(request);
    expect(whole.choices[0]?.message.tool_calls).toHaveLength(1);
    const streamed = await client.chat.completions.stream(request).finalChatCompletion();
    expect(streamed.choices[0]?.message.tool_calls).toHaveLength(1);
  });
});

// The model without tool_choice and JSON mode can only be told in words, which the emulator does not follow.
describe.each([LLAMA, GEMMA])("tool_choice with %s", (model) => {
  const { client } = createTestClient();

  async function call(content: string, toolChoice: ChatCompletionToolChoiceOption) {
    const request = { model, messages: ask(content), tools: [weatherTool, timeTool], tool_choice: toolChoice };
    const { choices } = await client.chat.completions.create(request);
    const calls = choices[0]?.message.tool_calls ?? [];
    const names = calls.map((toolCall) => (toolCall.type === "function" ? toolCall.function.name : ""));
    return { names, content: choices[0]?.message.content, finish: choices[0]?.finish_reason };
  }

  it("none keeps the model from calling what it would have called", async () => {
    expect(await call("What is the weather in Paris?", "none")).toMatchObject({ names: [], finish: "stop" });
  });

  it("auto calls what is needed and nothing where nothing is", async () => {
    expect(await call("What is the weather in Paris?", "auto")).toMatchObject({ names: ["get_weather"] });
    expect(await call("Tell me a story about a fox.", "auto")).toMatchObject({ names: [], finish: "stop" });
  });

  it("required calls a tool where none would have been called", async () => {
    const answer = await call("Tell me a story about a fox.", "required");
    expect(answer.names.length).toBeGreaterThan(0);
    expect(answer.finish).toBe("tool_calls");
  });

  it("a named function is the one that is called", async () => {
    const choice = { type: "function" as const, function: { name: "get_time" } };
    expect(await call("What is the weather in Paris?", choice)).toMatchObject({ names: ["get_time"] });
  });

  it("allowed_tools narrows the choice to some of the tools", async () => {
    const allowed = { mode: "required" as const, tools: [{ type: "function", function: { name: "get_time" } }] };
    const choice = { type: "allowed_tools" as const, allowed_tools: allowed };
    expect(await call("What is the weather in Paris?", choice)).toMatchObject({ names: ["get_time"] });
  });
});

describe.each(models)("custom tools with %s", (model) => {
  const custom = { name: "run_python", description: "Runs Python code and gives what it prints" };
  const request = {
    model,
    messages: ask("Please run_python: print(6 * 7)"),
    tools: [{ type: "custom" as const, custom }],
  };

  it("come back as a call with one text", async () => {
    const { client } = createTestClient({ emulator: { quirks: true } });
    const { choices } = await client.chat.completions.create(request);
    expect(choices[0]?.finish_reason).toBe("tool_calls");
    expect(choices[0]?.message.tool_calls).toEqual([
      {
        id: expect.stringMatching(/^call_/),
        type: "custom",
        custom: { name: "run_python", input: expect.any(String) },
      },
    ]);
  });

  it("are answered with their results in the next turn", async () => {
    const { client } = createTestClient();
    const call = { id: "call_1", type: "custom" as const, custom: { name: "run_python", input: "print(6 * 7)" } };
    const { choices } = await client.chat.completions.create({
      ...request,
      messages: [
        ...request.messages,
        { role: "assistant", content: null, tool_calls: [call] },
        { role: "tool", tool_call_id: call.id, content: "42" },
      ],
    });
    expect(choices[0]?.message.content).toContain("42");
  });
});

describe("a model that cannot be forced to call", () => {
  const request = { model: GRANITE, messages: ask("Tell me a story about a fox."), tools: [weatherTool] };

  it("is told in words, and asked a second time", async () => {
    const call = { name: "get_weather", arguments: { city: "Paris" } };
    const binding = createFakeBinding(textAnswer("Once upon a time."), () =>
      Response.json({ response: null, tool_calls: [call] }),
    );
    const { client } = createTestClient({ binding });
    const { choices } = await client.chat.completions.create({ ...request, tool_choice: "required" });
    expect(choices[0]?.finish_reason).toBe("tool_calls");
    expect(choices[0]?.message.tool_calls).toHaveLength(1);
    expect(binding.runs).toHaveLength(2);
  });

  it("fails by name rather than pass text off as an answer", async () => {
    const binding = createFakeBinding(textAnswer("Once upon a time."));
    const { client } = createTestClient({ binding });
    await expect(client.chat.completions.create({ ...request, tool_choice: "required" })).rejects.toMatchObject({
      status: 502,
      message: expect.stringContaining("did not call a tool"),
    });
  });
});
