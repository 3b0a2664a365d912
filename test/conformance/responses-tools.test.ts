import { zodResponsesFunction, zodTextFormat } from "openai/helpers/zod";
import type { FunctionTool, ResponseInputItem } from "openai/resources/responses/responses";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createTestClient } from "./support/client.ts";
import { GEMMA, LLAMA, modelsByDialect } from "./support/samples.ts";

/** Tools, structured outputs and conversations with the official client's helpers for responses. */

const { client } = createTestClient({ emulator: { quirks: true } });

const parameters = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const weatherTool: FunctionTool = {
  type: "function",
  name: "get_weather",
  description: "Get the current weather for a city",
  parameters,
  strict: false,
};
const timeTool: FunctionTool = { ...weatherTool, name: "get_time", description: "Get the current time in a city" };
const question = "What is the weather in Paris?";
const callers = modelsByDialect.filter(({ hasTools }) => hasTools);

describe("function tools of responses", () => {
  it.each(callers)("go round: call, result, answer ($dialect)", async ({ model }) => {
    const input: ResponseInputItem[] = [{ role: "user", content: question }];
    const first = await client.responses.create({ model, input, tools: [weatherTool] });
    const calls = first.output.filter((item) => item.type === "function_call");
    expect(calls).toMatchObject([
      { name: "get_weather", status: "completed", call_id: expect.stringMatching(/^call_/) },
    ]);
    // Output goes back as it came, reasoning and all.
    input.push(...(first.output as ResponseInputItem[]));
    for (const { call_id } of calls) input.push({ type: "function_call_output", call_id, output: "It is 25 degrees." });
    const second = await client.responses.create({ model, input, tools: [weatherTool] });
    expect(second.output_text).toContain("25 degrees");
  });

  it("may return parts and images in place of a text", async () => {
    const input: ResponseInputItem[] = [
      { role: "user", content: question },
      { type: "function_call", call_id: "call_1", name: "get_weather", arguments: '{"city":"Paris"}' },
      {
        type: "function_call_output",
        call_id: "call_1",
        output: [
          { type: "input_text", text: "It is 31 degrees." },
          { type: "input_image", image_url: "data:image/png;base64,iVBORw0KGgo=" },
        ],
      },
    ];
    const response = await client.responses.create({ model: GEMMA, input });
    expect(response.status).toBe("completed");
  });

  it("take every form of tool_choice", async () => {
    const tools = [weatherTool, timeTool];
    const allowed = {
      type: "allowed_tools",
      mode: "required",
      tools: [{ type: "function", name: "get_time" }],
    } as const;
    const ask = (tool_choice: "none" | "required" | { type: "function"; name: string } | typeof allowed) =>
      client.responses.create({
        model: LLAMA,
        input: question,
        tools,
        tool_choice:
          typeof tool_choice === "object" && "tools" in tool_choice
            ? { ...tool_choice, tools: [...tool_choice.tools] }
            : tool_choice,
      });
    expect((await ask("none")).output).toMatchObject([{ type: "message" }]);
    expect((await ask("required")).output).toMatchObject([{ type: "function_call" }]);
    expect((await ask({ type: "function", name: "get_time" })).output).toMatchObject([{ name: "get_time" }]);
    const response = await ask(allowed);
    expect(response.output).toMatchObject([{ name: "get_time" }]);
    expect(response.tool_choice).toEqual(allowed);
  });

  it("of type custom get one text", async () => {
    const tools = [{ type: "custom", name: "write_note", description: "Writes a note" } as const];
    const tool_choice = { type: "custom", name: "write_note" } as const;
    const request = { model: LLAMA, input: "Write a note that says hello.", tools, tool_choice };
    const response = await client.responses.create(request);
    expect(response.output).toMatchObject([
      { type: "custom_tool_call", status: "completed", name: "write_note", input: expect.any(String) },
    ]);
    const stream = client.responses.stream(request);
    const done: string[] = [];
    stream.on("response.custom_tool_call_input.done", ({ input }) => done.push(input));
    const final = await stream.finalResponse();
    expect(final.output).toMatchObject([{ type: "custom_tool_call", input: done[0] }]);
    const [call] = final.output;
    if (call?.type !== "custom_tool_call") throw new Error("there is no call");
    const back = { type: "custom_tool_call_output", call_id: call.call_id, output: "written" } as const;
    const input = [{ role: "user", content: "Write a note." } as const, call, back];
    expect((await client.responses.create({ model: LLAMA, input })).status).toBe("completed");
  });

  it("are parsed with a zod schema", async () => {
    const tool = zodResponsesFunction({ name: "get_weather", parameters: z.object({ city: z.string() }) });
    const response = await client.responses.parse({ model: GEMMA, input: question, tools: [tool] });
    expect(response.output).toMatchObject([{ type: "function_call", parsed_arguments: { city: "Paris" } }]);
  });
});

describe("structured outputs of responses", () => {
  const person = z.object({ name: z.string(), age: z.number().int() });
  const request = {
    input: "Extract: Ada Lovelace is 36 years old.",
    text: { format: zodTextFormat(person, "person") },
  };

  it.each(callers)("follow the schema, whole and streamed ($dialect)", async ({ model }) => {
    const response = await client.responses.parse({ model, ...request });
    expect(response.output_parsed).toEqual({ name: "Ada Lovelace", age: 36 });
    const streamed = await client.responses.stream({ model, ...request }).finalResponse();
    expect(streamed.output_parsed).toEqual({ name: "Ada Lovelace", age: 36 });
  });
});

describe("responses.stream", () => {
  it.each(modelsByDialect)("accepts the events of a text ($dialect)", async ({ model }) => {
    const stream = client.responses.stream({ model, input: "Count to 5" });
    let text = "";
    stream.on("response.output_text.delta", ({ delta }) => (text += delta));
    const response = await stream.finalResponse();
    expect(response.output_text).toBe(text);
    expect(text).toContain("1, 2, 3, 4, 5");
  });

  it.each(callers)("accepts the events of parallel calls ($dialect)", async ({ model }) => {
    const input = "What is the weather in Paris and in Rome?";
    const response = await client.responses.stream({ model, input, tools: [weatherTool] }).finalResponse();
    const calls = response.output.filter((item) => item.type === "function_call");
    expect(calls.map(({ arguments: text }) => JSON.parse(text) as unknown)).toEqual([
      { city: "Paris" },
      { city: "Rome" },
    ]);
  });
});
