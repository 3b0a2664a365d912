import type { Moderation, ModerationCreateResponse } from "openai/resources/moderations";
import type { Verdict } from "../workers-ai/read-verdict.ts";

type Category = keyof Moderation["categories"];

/** OpenAI's object, and what the model itself said. */
export interface JudgedText extends Moderation {
  /** Llama Guard's own hazards, those without a category of OpenAI's as well. */
  readonly hazards: readonly string[];
}

type Judgements = Omit<ModerationCreateResponse, "results"> & { readonly results: readonly JudgedText[] };

/**
 * Llama Guard 3's hazards, as OpenAI's categories. Four have none: S6 specialised advice, S7 privacy, S8 intellectual
 * property and S13 elections; a text with one of them is flagged all the same.
 */
const categoriesOfHazard: Readonly<Record<string, readonly Category[]>> = {
  // Violent crimes; non-violent crimes; sex-related crimes; the sexual exploitation of children; defamation.
  S1: ["violence", "illicit/violent"],
  S2: ["illicit"],
  S3: ["sexual", "illicit"],
  S4: ["sexual/minors"],
  S5: ["harassment"],
  // Indiscriminate weapons; hate; suicide and self-harm; sexual content; abuse of a code interpreter.
  S9: ["illicit/violent"],
  S10: ["hate"],
  S11: ["self-harm"],
  S12: ["sexual"],
  S14: ["illicit"],
};

/** Whether some hazard of the model's stands for the category: of the others it never says anything. */
const allCategories: Readonly<Record<Category, boolean>> = {
  harassment: true,
  "harassment/threatening": false,
  hate: true,
  "hate/threatening": false,
  illicit: true,
  "illicit/violent": true,
  "self-harm": true,
  "self-harm/instructions": false,
  "self-harm/intent": false,
  sexual: true,
  "sexual/minors": true,
  violence: true,
  "violence/graphic": false,
};

/** The answer of `POST /v1/moderations`. */
export function toModerations(
  verdicts: readonly Verdict[],
  identity: Pick<ModerationCreateResponse, "id" | "model">,
): Judgements {
  return { ...identity, results: verdicts.map(toJudgedText) };
}

/**
 * The scores are the verdict once more, 1 or 0: the model gives no probabilities, and none are made up. The input types
 * of a category that it cannot tell are empty.
 */
function toJudgedText({ isSafe, hazards }: Verdict): JudgedText {
  const found = new Set(isSafe ? [] : hazards.flatMap((hazard) => categoriesOfHazard[hazard] ?? []));
  return {
    flagged: !isSafe,
    categories: mapCategories((category) => found.has(category)),
    category_scores: mapCategories((category) => (found.has(category) ? 1 : 0)),
    category_applied_input_types: mapCategories((category) => (allCategories[category] ? ["text"] : [])),
    hazards: isSafe ? [] : hazards,
  };
}

function mapCategories<Value>(map: (category: Category) => Value): Record<Category, Value> {
  return {
    harassment: map("harassment"),
    "harassment/threatening": map("harassment/threatening"),
    hate: map("hate"),
    "hate/threatening": map("hate/threatening"),
    illicit: map("illicit"),
    "illicit/violent": map("illicit/violent"),
    "self-harm": map("self-harm"),
    "self-harm/instructions": map("self-harm/instructions"),
    "self-harm/intent": map("self-harm/intent"),
    sexual: map("sexual"),
    "sexual/minors": map("sexual/minors"),
    violence: map("violence"),
    "violence/graphic": map("violence/graphic"),
  };
}
