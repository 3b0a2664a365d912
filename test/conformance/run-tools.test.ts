import { zodFunction } from "openai/helpers/zod";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createTestClient } from "./support/client.ts";
import { ask, GEMMA, GRANITE, LLAMA } from "./support/samples.ts";

/** Real functions, run by the client's own agent loop: it calls them, sends results back and asks again. */
function createTools() {
  const calls: string[] = [];
  const multiply = zodFunction({
    name: "multiply",
    description: "Multiplies two numbers",
    parameters: z.object({ a: z.number(), b: z.number() }),
    function: ({ a, b }) => {
      calls.push(`multiply(${a}, ${b})`);
      return String(a * b);
    },
  });
  const weather = zodFunction({
    name: "get_weather",
    description: "Get the current weather for a city",
    parameters: z.object({ city: z.string() }),
    function: ({ city }) => {
      calls.push(`get_weather(${city})`);
      return { city, degrees: 21 };
    },
  });
  return { tools: [multiply, weather], calls };
}

describe.each([GRANITE, LLAMA, GEMMA])("chat.completions.runTools with %s", (model) => {
  it("calls the function and ends with a text that holds its result", async () => {
    const { client, exchanges } = createTestClient({ emulator: { quirks: true } });
    const { tools, calls } = createTools();
    const runner = client.chat.completions.runTools({ model, messages: ask("What is 6 times 7?"), tools });
    expect(await runner.finalContent()).toContain("42");
    expect(calls).toEqual(["multiply(6, 7)"]);
    expect(exchanges).toHaveLength(2);
    expect(await runner.finalFunctionToolCallResult()).toBe("42");
  });

  it("does the same while streaming", async () => {
    const { client, exchanges } = createTestClient({ emulator: { quirks: true } });
    const { tools, calls } = createTools();
    const messages = ask("What is 6 times 7?");
    const runner = client.chat.completions.runTools({ model, messages, tools, stream: true });
    const deltas: string[] = [];
    runner.on("content", (delta) => deltas.push(delta));
    const content = await runner.finalContent();
    expect(content).toContain("42");
    expect(deltas.join("")).toBe(content);
    expect(calls).toEqual(["multiply(6, 7)"]);
    expect(exchanges).toHaveLength(2);
  });

  it("runs parallel calls of one turn", async () => {
    const { client } = createTestClient({ emulator: { quirks: true } });
    const { tools, calls } = createTools();
    const messages = ask("What is the weather in Paris and in Rome?");
    const runner = client.chat.completions.runTools({ model, messages, tools, stream: true });
    expect(await runner.finalContent()).toContain("Rome");
    expect(calls).toEqual(["get_weather(Paris)", "get_weather(Rome)"]);
  });

  it("goes through several rounds, each with the results of the last", async () => {
    const { client, exchanges } = createTestClient();
    const { tools, calls } = createTools();
    const messages = ask("What is the weather in Paris? Then multiply 3 by 5.");
    const runner = client.chat.completions.runTools({ model, messages, tools });
    expect(await runner.finalContent()).toContain("15");
    expect(calls[0]).toBe("get_weather(Paris)");
    expect(calls.at(-1)).toMatch(/^multiply/);
    expect(exchanges).toHaveLength(3);
  });
});
