import { describe, expect, it } from "vitest";
import { findViolations, publishedSchema } from "../support/published-schemas.ts";
import { createTestGateway } from "../support/gateway.ts";
import { checkResponseStream } from "./support/check-response-stream.ts";
import { modelsByDialect } from "./support/samples.ts";

/** Responses by their bytes: every event against the schemas of OpenAI and of Open Responses. */

const gateway = createTestGateway({ emulator: { quirks: true } });

const parameters = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const weatherTool = { type: "function", name: "get_weather", description: "Get the weather in a city", parameters };
const timeTool = { ...weatherTool, name: "get_time", description: "Get the time in a city" };
const noteTool = { type: "custom", name: "write_note", description: "Writes a note" };
const weather = "What is the weather in Paris and in Rome?";

const features: readonly (readonly [string, object])[] = [
  ["a text", { input: "Count to 5", instructions: "Be brief." }],
  ["calls", { input: weather, tools: [weatherTool, timeTool] }],
  ["a required call", { input: "Good morning!", tools: [weatherTool], tool_choice: "required" }],
  ["one call at most", { input: weather, tools: [weatherTool], parallel_tool_calls: false }],
  [
    "a custom tool",
    { input: "Write a note that says hello.", tools: [noteTool], tool_choice: { type: "custom", name: "write_note" } },
  ],
  ["a JSON object", { input: 'Answer in JSON with the key "city".', text: { format: { type: "json_object" } } }],
  ["a limit", { input: "Tell me about the sea.", max_output_tokens: 16 }],
  ["a reasoning effort", { input: "Hello!", reasoning: { effort: "high" } }],
  ["text with every kind of character", { input: 'Say exactly: "é\\n\u2028 🌊 data: [DONE] </think>' }],
];

async function stream(body: object): Promise<ReturnType<typeof checkResponseStream>> {
  const response = await gateway.post("/v1/responses", { ...body, stream: true });
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  return checkResponseStream(await response.text());
}

/** Open Responses has no custom tools. */
function violations(body: unknown, isOpen: boolean): readonly string[] {
  const schemas = ["responses/Response", ...(isOpen ? ["open-responses/ResponseResource"] : [])];
  return schemas.flatMap((name) => findViolations(body, publishedSchema(name)));
}

describe.each(modelsByDialect)("a response of a model that is $dialect", ({ model, hasTools }) => {
  // The emulator's model without tools has no JSON mode either.
  const usable = features.filter(([, feature]) => hasTools || !("tools" in feature || "text" in feature));

  it.each(usable)("has the documented events and body: %s", async (title, feature) => {
    const { problems, response } = await stream({ model, ...feature });
    expect(problems).toEqual([]);
    const answer = await gateway.post("/v1/responses", { model, ...feature });
    expect(answer.headers.get("content-type")).toBe("application/json");
    const body: unknown = await answer.json();
    expect(violations(body, title !== "a custom tool")).toEqual([]);
    expect(body).toMatchObject({ object: "response", model, status: response["status"] });
  });
});
