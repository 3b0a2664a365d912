import { unknownTextModel } from "../../models/catalogue/entry.ts";
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

// The day on which the first of them was written.
const CREATED = Date.UTC(2026, 10, 21) / 1000;

/** The faults as models, for the list that the development server gives. */
export const faultModels: readonly ModelEntry[] = faults.map(({ id, description }) => {
  const entry = unknownTextModel(id);
  return {
    ...entry,
    details: { description, created: CREATED },
    ownedBy: "emulator",
    contextWindow: 24_000,
    abilities: { ...entry.abilities, tools: true },
  };
});
