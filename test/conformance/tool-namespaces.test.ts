import type { NamespaceTool, ResponseInputItem } from "openai/resources/responses/responses";
import { describe, expect, it } from "vitest";
import { createTestGateway } from "../support/gateway.ts";
import { checkResponseStream } from "./support/check-response-stream.ts";
import { createTestClient } from "./support/client.ts";
import { LLAMA, modelsByDialect } from "./support/samples.ts";

/** Tools that a request groups in namespaces: Codex sends those of its MCP servers so. */

const { client } = createTestClient({ emulator: { quirks: true } });
const gateway = createTestGateway({ emulator: { quirks: true } });

const parameters = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const weather: NamespaceTool = {
  type: "namespace",
  name: "mcp__weather",
  description: "Tools in the mcp__weather namespace.",
  tools: [
    {
      type: "function",
      name: "get_weather",
      description: "Get the current weather for a city",
      strict: false,
      parameters,
    },
  ],
};
const question = "What is the weather in Paris?";
const own = { namespace: "mcp__weather", name: "get_weather" };

describe("tools in a namespace", () => {
  it.each(modelsByDialect.filter(({ hasTools }) => hasTools))(
    "go round: call, result, answer ($dialect)",
    async ({ model }) => {
      const input: ResponseInputItem[] = [{ role: "user", content: question }];
      const first = await client.responses.create({ model, input, tools: [weather] });
      const calls = first.output.filter((item) => item.type === "function_call");
      expect(calls).toMatchObject([{ ...own, status: "completed", arguments: expect.stringContaining("Paris") }]);
      expect(first.tools).toMatchObject([
        { type: "namespace", name: "mcp__weather", tools: [{ name: "get_weather" }] },
      ]);
      input.push(...(first.output as ResponseInputItem[]));
      for (const { call_id } of calls)
        input.push({ type: "function_call_output", call_id, output: "It is 25 degrees." });
      const second = await client.responses.create({ model, input, tools: [weather] });
      expect(second.output_text).toContain("25 degrees");
    },
  );

  it("are called by both names in every event of a stream", async () => {
    const body = { model: LLAMA, input: question, tools: [weather], stream: true };
    const answer = await gateway.post("/v1/responses", body);
    expect(answer.headers.get("x-flaregate-parameters")).toContain("tools.namespace=emulated");
    const { problems, events, response } = checkResponseStream(await answer.text());
    expect(problems).toEqual([]);
    expect(response["output"]).toMatchObject([own]);
    const items = events.filter(({ type }) => String(type).startsWith("response.output_item."));
    expect(items).toMatchObject([{ item: own }, { item: own }]);
    const [done] = events.filter(({ type }) => type === "response.function_call_arguments.done");
    expect(done).toMatchObject({ name: "get_weather" });
  });

  it("may be custom tools, and may hold what is not served, which is named", async () => {
    const tools = [
      {
        ...weather,
        tools: [
          { type: "custom", name: "note_weather", description: "Notes the weather in a city" },
          { type: "web_search" },
        ],
      },
    ];
    const body = { model: LLAMA, input: question, tools, tool_choice: "required" };
    const answer = await gateway.post("/v1/responses", body);
    expect(await answer.json()).toMatchObject({
      output: [{ type: "custom_tool_call", namespace: "mcp__weather", name: "note_weather" }],
      tools: [{ type: "namespace", tools: [{ type: "custom", name: "note_weather" }] }],
    });
    expect(answer.headers.get("x-flaregate-parameters")).toContain("tools.web_search=ignored");
  });

  it("are refused where the model could not tell two of them apart", async () => {
    const tools = [weather, { type: "function", name: "mcp__weather__get_weather", parameters }];
    const answer = await gateway.post("/v1/responses", { model: LLAMA, input: question, tools });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: "invalid_value", param: "tools" } });
  });
});
