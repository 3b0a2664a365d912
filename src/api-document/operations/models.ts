import type { Operation } from "../operation.ts";

export const modelOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/v1/models",
    id: "listModels",
    tag: "Models",
    summary: "Lists the models",
    description: "The models that the key may call, then their aliases. They come in one answer.",
    access: "key",
    answer: { status: 200, description: "The list.", contents: { "application/json": "ModelList" } },
    errors: [401, 429, 500, 503],
  },
  {
    method: "get",
    path: "/v1/models/{id}",
    id: "retrieveModel",
    tag: "Models",
    summary: "Shows a model",
    description: "Retired models too, with their last day.",
    access: "key",
    parameters: [
      {
        name: "id",
        in: "path",
        description: "An id or an alias. The slashes of an id may be encoded, or stand as they are.",
        schema: { type: "string" },
        example: "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
      },
    ],
    answer: {
      status: 200,
      description: "The model.",
      example: {
        id: "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
        object: "model",
        created: 1733443200,
        owned_by: "meta",
        description: "Llama 3.3 70B quantized to fp8 precision, optimized to be faster.",
        task: "text-generation",
        context_length: 24000,
        endpoint: "/v1/chat/completions",
        architecture: { input_modalities: ["text"], output_modalities: ["text"] },
        supported_parameters: ["max_tokens", "temperature", "tools"],
        parameter_schemas: { temperature: { type: "number", minimum: 0, maximum: 5 } },
        pricing: { prompt: "0.00000029", completion: "0.00000225" },
        neurons: { prompt: 0.026363, completion: 0.204545 },
      },
      contents: { "application/json": "Model" },
    },
    errors: [401, 404, 429, 500, 503],
  },
];
