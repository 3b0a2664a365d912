import { parseModels, type Model } from "../../src/playground/api/model-list.ts";
import { createAnswer, type Answer } from "../../src/playground/chat/answer.ts";

/** A model as the gateway lists it, with these members in place of the usual ones. */
export function toModel(members: Readonly<Record<string, unknown>> = {}): Model {
  const entry = {
    id: "@cf/meta/llama",
    owned_by: "meta",
    description: "A model",
    task: "text-generation",
    endpoint: "/v1/chat/completions",
    context_length: 24_000,
    architecture: { input_modalities: ["text"], output_modalities: ["text"] },
    supported_parameters: ["temperature", "tools"],
    parameter_schemas: {
      max_tokens: { type: "integer", minimum: 1, maximum: 24_000 },
      temperature: { type: "number", minimum: 0, maximum: 5 },
    },
    pricing: { prompt: "0.000001", completion: "0.000002" },
    ...members,
  };
  const [model] = parseModels({ object: "list", data: [entry] });
  if (model === undefined) throw new Error("the sample is no model that the page calls");
  return model;
}

export function toAnswer(members: Partial<Answer> = {}): Answer {
  const path = "/chat/completions";
  const request = {
    baseUrl: "https://gateway.test/v1",
    path,
    headers: {},
    body: { model: "m", messages: [] },
  } as const;
  return { ...createAnswer(request), state: "done", ...members };
}
