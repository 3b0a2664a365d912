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
    contextWindow: 128_000,
    maxOutputTokens: 16_384,
    price: price(0.35, 0.75),
    abilities: { tools: true, reasoning: gptOssReasoning },
  }),
  openaiTextModel({
    id: "@cf/openai/gpt-oss-20b",
    contextWindow: 128_000,
    maxOutputTokens: 16_384,
    price: price(0.2, 0.3),
    abilities: { tools: true, jsonSchema: "envelope", reasoning: gptOssReasoning },
  }),
  openaiTextModel({
    id: "@cf/google/gemma-4-26b-a4b-it",
    contextWindow: 256_000,
    maxOutputTokens: 16_384,
    price: price(0.1, 0.3),
    abilities: { tools: true, jsonSchema: "envelope", vision: true, reasoning: reasoningWithSwitch },
  }),
  openaiTextModel({
    id: "@cf/qwen/qwen3.8-27b",
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
    contextWindow: 131_072,
    price: price(0.0605, 0.4),
    abilities: { tools: true, jsonSchema: "envelope", reasoning: reasoningWithSwitch },
  }),
  openaiTextModel({
    id: "@cf/zai-org/glm-5.2",
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
    contextWindow: glm53Window,
    price: price(1.4, 4.4, 0.26),
    abilities: { tools: true, jsonSchema: "envelope", reasoning: glm53Reasoning },
  }),
  openaiTextModel({
    id: "@cf/zai-org/glm-5.3-flash",
    contextWindow: glm53Window,
    price: price(0.15, 0.5, 0.03),
    abilities: { tools: true, jsonSchema: "envelope", vision: true, reasoning: glm53Reasoning },
  }),
  openaiTextModel({
    id: "@cf/moonshotai/kimi-k2.6",
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
    contextWindow: 262_144,
    price: price(0.95, 4, 0.19),
    abilities: { tools: true, jsonSchema: "envelope", vision: true, reasoning: reasoningWithoutKnob },
  }),
  openaiTextModel({
    id: "@cf/nvidia/nemotron-3-120b-a12b",
    contextWindow: 256_000,
    price: price(0.5, 1.5),
    abilities: { tools: true, jsonSchema: "envelope", reasoning: reasoningWithSwitch },
  }),
  openaiTextModel({
    id: "@cf/deepseek-ai/deepseek-v4-flash-0731",
    contextWindow: 1_048_576,
    price: price(0.44, 1.32, 0.014),
    abilities: { tools: true, jsonSchema: "envelope", reasoning: deepseekV4Reasoning },
  }),
  openaiTextModel({
    id: "@cf/deepseek-ai/deepseek-v4-pro-0813",
    contextWindow: 1_048_576,
    price: price(1.32, 3.96, 0.044),
    abilities: { tools: true, jsonSchema: "envelope", reasoning: deepseekV4Reasoning },
  }),
];
