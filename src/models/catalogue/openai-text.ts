import type { ModelEntry, ReasoningAbility } from "../model.ts";
import { openaiTextModel, price, reasoningWithoutKnob, reasoningWithSwitch } from "./entry.ts";

const gptOssReasoning: ReasoningAbility = {
  levels: ["low", "medium", "high"],
  mapped: { none: "low", minimal: "low", xhigh: "high", max: "high" },
  switchable: false,
  inText: false,
};

const glm53Reasoning: ReasoningAbility = {
  levels: ["low", "high", "max"],
  mapped: { none: "max", minimal: "max", medium: "max", xhigh: "max" },
  switchable: false,
  inText: false,
};

/** The model pages say 1,310,720; larger `max_completion_tokens` than this were refused. */
const glm53Window = 1_048_576;

const deepseekV4Reasoning: ReasoningAbility = {
  levels: ["none", "low", "high", "max"],
  mapped: { minimal: "low", medium: "high", xhigh: "high" },
  switchable: true,
  inText: false,
};

/** The live text models that take OpenAI's own chat completion fields. */
export const openaiTextModels: readonly ModelEntry[] = [
  openaiTextModel({
    id: "@cf/openai/gpt-oss-120b",
    published: "2025-08-05",
    description: "OpenAI's larger open-weight model, for general work that needs much reasoning.",
    contextWindow: 128_000,
    maxOutputTokens: 16_384,
    price: price(0.35, 0.75),
    abilities: { tools: true, reasoning: gptOssReasoning },
  }),
  openaiTextModel({
    id: "@cf/openai/gpt-oss-20b",
    published: "2025-08-05",
    description: "OpenAI's smaller open-weight model, for low latency and specialised work.",
    contextWindow: 128_000,
    maxOutputTokens: 16_384,
    price: price(0.2, 0.3),
    abilities: { tools: true, jsonSchema: "envelope", reasoning: gptOssReasoning },
  }),
  openaiTextModel({
    id: "@cf/google/gemma-4-26b-a4b-it",
    published: "2026-04-02",
    description:
      "Google's Gemma 4, a mixture of experts with 4 billion active parameters that sees, thinks and calls tools.",
    contextWindow: 256_000,
    maxOutputTokens: 16_384,
    price: price(0.1, 0.3),
    abilities: { tools: true, jsonSchema: "envelope", vision: true, reasoning: reasoningWithSwitch },
  }),
  openaiTextModel({
    id: "@cf/qwen/qwen3.8-27b",
    published: "2026-08-17",
    description: "Alibaba's Qwen 3.8 with 27 billion parameters, for agents that read text and images.",
    contextWindow: 262_144,
    price: price(0.45, 3.2, 0.05),
    abilities: {
      tools: true,
      vision: true,
      reasoning: {
        levels: ["low", "medium", "xhigh"],
        mapped: { minimal: "low", high: "xhigh", max: "xhigh" },
        switchable: true,
        inText: false,
      },
      systemFirst: true,
    },
  }),
  openaiTextModel({
    id: "@cf/zai-org/glm-4.7-flash",
    published: "2026-01-28",
    description: "Z.ai's fast GLM 4.7 for dialogue and tool calls over many turns in more than 100 languages.",
    contextWindow: 131_072,
    price: price(0.0605, 0.4),
    abilities: { tools: true, jsonSchema: "envelope", reasoning: reasoningWithSwitch },
  }),
  openaiTextModel({
    id: "@cf/zai-org/glm-5.2",
    published: "2026-06-15",
    description: "Z.ai's GLM 5.2 for agents that write code. Needs the Workers Paid plan.",
    contextWindow: 262_144,
    price: price(1.4, 4.4, 0.26),
    abilities: {
      tools: true,
      reasoning: {
        levels: ["none", "high", "max"],
        mapped: { minimal: "none", low: "high", medium: "high", xhigh: "max" },
        switchable: true,
        inText: false,
      },
    },
  }),
  openaiTextModel({
    id: "@cf/zai-org/glm-5.3",
    published: "2026-08-14",
    description:
      "Z.ai's flagship for long coding work with tools in a very large context. Needs the Workers Paid plan.",
    contextWindow: glm53Window,
    price: price(1.4, 4.4, 0.26),
    abilities: { tools: true, jsonSchema: "envelope", reasoning: glm53Reasoning },
  }),
  openaiTextModel({
    id: "@cf/zai-org/glm-5.3-flash",
    published: "2026-08-26",
    description: "Z.ai's cheaper GLM 5.3, which also reads images. Needs the Workers Paid plan.",
    contextWindow: glm53Window,
    price: price(0.15, 0.5, 0.03),
    abilities: { tools: true, jsonSchema: "envelope", vision: true, reasoning: glm53Reasoning },
  }),
  openaiTextModel({
    id: "@cf/moonshotai/kimi-k2.6",
    published: "2026-04-20",
    description:
      "Moonshot's Kimi K2.6 with a trillion parameters, for agents with tools and images. Needs the Workers Paid plan.",
    contextWindow: 262_144,
    price: price(0.95, 4, 0.16),
    abilities: {
      tools: true,
      jsonSchema: "envelope",
      vision: true,
      reasoning: {
        levels: ["none", "high"],
        mapped: { minimal: "high", low: "high", medium: "high", xhigh: "high", max: "high" },
        switchable: true,
        inText: false,
      },
    },
  }),
  openaiTextModel({
    id: "@cf/moonshotai/kimi-k2.7-code",
    published: "2026-06-12",
    description: "Moonshot's Kimi K2.7 tuned for code; it always reasons. Needs the Workers Paid plan.",
    contextWindow: 262_144,
    price: price(0.95, 4, 0.19),
    abilities: { tools: true, jsonSchema: "envelope", vision: true, reasoning: reasoningWithoutKnob },
  }),
  openaiTextModel({
    id: "@cf/nvidia/nemotron-3-120b-a12b",
    published: "2026-02-24",
    description: "NVIDIA's Nemotron 3 Super, a mixture of experts for systems of several agents.",
    contextWindow: 256_000,
    price: price(0.5, 1.5),
    abilities: { tools: true, jsonSchema: "envelope", reasoning: reasoningWithSwitch },
  }),
  openaiTextModel({
    id: "@cf/deepseek-ai/deepseek-v4-flash-0731",
    published: "2026-07-31",
    description: "DeepSeek's fast V4 for agents in a context of a million tokens. Needs the Workers Paid plan.",
    contextWindow: 1_048_576,
    price: price(0.44, 1.32, 0.014),
    abilities: { tools: true, jsonSchema: "envelope", reasoning: deepseekV4Reasoning },
  }),
  openaiTextModel({
    id: "@cf/deepseek-ai/deepseek-v4-pro-0813",
    published: "2026-08-13",
    description: "DeepSeek's strongest V4 for long work in many steps. Needs the Workers Paid plan.",
    contextWindow: 1_048_576,
    price: price(1.32, 3.96, 0.044),
    abilities: { tools: true, jsonSchema: "envelope", reasoning: deepseekV4Reasoning },
  }),
];
