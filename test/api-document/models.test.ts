import { describe, expect, it } from "vitest";
import { catalogue } from "../../src/models/catalogue.ts";
import type { ModelEntry } from "../../src/models/model.ts";
import { createTestGateway } from "../support/gateway.ts";
import { findUndescribed } from "./support/check-answer.ts";
import { operationOf } from "./support/operations.ts";

const gateway = createTestGateway({ emulator: { quirks: true } });

const messages = [{ role: "user", content: "What is the weather in Paris?" }];
const weather = { name: "get_weather", parameters: { type: "object", properties: { city: { type: "string" } } } };
const tools = [{ type: "function", function: weather }];

/** What each model that completes is asked for, beside `model`. */
const requests: readonly (readonly [operationId: string, request: object])[] = [
  ["createChatCompletion", { messages, usage: { include: true } }],
  ["createChatCompletion", { messages, stream: true, n: 2, stream_options: { include_usage: true } }],
  ["createResponse", { input: "Hello!", stream: true }],
  ["createMessage", { messages, max_tokens: 200, thinking: { type: "enabled", budget_tokens: 1024 }, stream: true }],
];

const withTools: typeof requests = [
  ["createChatCompletion", { messages, tools, stream: true }],
  ["createResponse", { input: messages, tools: [{ type: "function", ...weather }], stream: true }],
];

async function findAll(model: string, asked: typeof requests): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [id, request] of asked) {
    const operation = operationOf(id);
    const response = await gateway.post(operation.path, { model, ...request });
    if (response.status !== 200) found.push(`${id}: ${response.status}`);
    found.push(...(await findUndescribed(operation, response)).map((what) => `${id}: ${what}`));
  }
  return found;
}

function textModels(isWanted: (entry: ModelEntry) => boolean): readonly string[] {
  const live = catalogue.filter(({ task, retired }) => task === "text-generation" && retired === undefined);
  return live.filter(isWanted).map(({ id }) => id);
}

describe("answers are as the OpenAPI document describes them, whichever model gives them", () => {
  it.each(textModels(() => true))("%s", async (model) => {
    expect(await findAll(model, requests)).toEqual([]);
  });

  it.each(textModels(({ abilities }) => abilities.tools))("with tools: %s", async (model) => {
    expect(await findAll(model, withTools)).toEqual([]);
  });

  it("also for a model that is retired", async () => {
    const operation = operationOf("createChatCompletion");
    const response = await gateway.post(operation.path, { model: "@cf/meta/llama-3.1-70b-instruct", messages });
    expect(response.headers.has("sunset")).toBe(true);
    expect(await findUndescribed(operation, response)).toEqual([]);
  });
});
