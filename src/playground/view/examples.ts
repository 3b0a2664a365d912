import type { Settings } from "../chat/settings.ts";

export const toolExample = JSON.stringify(
  [
    {
      type: "function",
      function: {
        name: "get_weather",
        description: "The weather in a city",
        parameters: {
          type: "object",
          properties: { city: { type: "string" }, unit: { type: "string", enum: ["celsius", "fahrenheit"] } },
          required: ["city"],
        },
      },
    },
  ],
  undefined,
  2,
);

export const schemaExample = JSON.stringify(
  {
    type: "object",
    properties: { name: { type: "string" }, age: { type: "integer" } },
    required: ["name", "age"],
    additionalProperties: false,
  },
  undefined,
  2,
);

/** What an empty conversation offers to begin with. */
export const starters: readonly {
  readonly title: string;
  readonly text: string;
  readonly settings: Partial<Settings>;
}[] = [
  { title: "Ask something", text: "Write three sentences about the sea.", settings: {} },
  {
    title: "Call a tool",
    text: "What is the weather in Paris?",
    settings: { tools: toolExample, toolChoice: "auto", format: "text" },
  },
  {
    title: "Answer as JSON",
    text: "Extract: Ada Lovelace is 36 years old.",
    settings: { format: "json_schema", schema: schemaExample, isStrictSchema: true, tools: "" },
  },
];
