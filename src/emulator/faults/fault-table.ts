import type { ModelEntry } from "../../models/model.ts";
import { answerShapes } from "./answer-shapes.ts";
import type { Fault } from "./fault.ts";
import { framing } from "./framing.ts";
import { leakedCalls } from "./leaked-calls.ts";
import { refusals } from "./refusals.ts";
import { streamBreaks } from "./stream-breaks.ts";
import { throwing } from "./throws.ts";
import { timing } from "./timing.ts";
import { usageShapes } from "./usage-shapes.ts";
import { toolCallShapes } from "./tool-call-shapes.ts";

/** Every fault on demand, by model id. */
export const faults: readonly Fault[] = [
  ...refusals,
  ...throwing,
  ...timing,
  ...streamBreaks,
  ...framing,
  ...answerShapes,
  ...usageShapes,
  ...toolCallShapes,
  ...leakedCalls,
];

/** The faults as models, for the list that the development server gives. */
export const faultModels: readonly ModelEntry[] = faults.map(({ id, description }) => ({
  id,
  task: "text-generation",
  description,
  created: 1_763_596_800,
  ownedBy: "emulator",
  contextWindow: 24_000,
  maxOutputTokens: undefined,
  wireFormat: "common",
  abilities: { tools: true, jsonSchema: "none", vision: false, reasoning: undefined, lora: false },
  price: undefined,
  retired: undefined,
}));
