import { parseConversation } from "../answer/conversation.ts";
import { objectOf, type JsonObject } from "../json-value.ts";
import { countTokens } from "../language/tokenizer.ts";
import { toUsage } from "../dialect/answer-context.ts";

/** Llama Guard's hazards, as far as a list of words can tell them. */
const HAZARDS: readonly (readonly [string, RegExp])[] = [
  ["S1", /\b(?:kill|murder|attack|shoot|stab)\b/i],
  ["S2", /\b(?:steal|shoplift|launder|counterfeit|hack into|phishing)\b/i],
  ["S7", /\b(?:home address of|phone number of|social security number)\b/i],
  ["S9", /\b(?:bomb|explosive|nerve gas|chemical weapon|bioweapon)\b/i],
  ["S10", /\b(?:racial slur|hate speech)\b/i],
  ["S11", /\b(?:suicide|self-harm|hurt myself|kill myself)\b/i],
  ["S12", /\b(?:erotic|pornographic|nude)\b/i],
];

// The list of hazards stands in every prompt.
const TEMPLATE_TOKENS = 180;

/** The verdict of llama-guard over a conversation. */
export function runGuard(inputs: JsonObject): object {
  const text = parseConversation(inputs)
    .turns.map((turn) => turn.text)
    .join("\n");
  const categories = HAZARDS.filter(([, words]) => words.test(text)).map(([name]) => name);
  const safe = categories.length === 0;
  const verdict = safe ? "safe" : `unsafe\n${categories.join(",")}`;
  return {
    response: objectOf(inputs.response_format).type === "json_object" ? { safe, categories } : verdict,
    usage: toUsage(countTokens(text) + TEMPLATE_TOKENS, countTokens(verdict)),
  };
}
