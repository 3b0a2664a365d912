import type { Usage } from "../completion/event.ts";
import { isRecord, parseJson } from "../json.ts";
import type { RawAnswer } from "./raw-answer.ts";
import { readJsonAnswer, unusableAnswerError } from "./read-json.ts";
import { readUsage } from "./read-usage.ts";

/** What Llama Guard says of a conversation. */
export interface Verdict {
  readonly isSafe: boolean;
  /** The hazards that it found, `S1` to `S14`; at times none, although it is not safe. */
  readonly hazards: readonly string[];
  readonly usage: Usage | undefined;
}

/** Reads `{"response": {"safe": false, "categories": ["S1"]}}`, or a response that is Llama Guard's own text. */
export async function readVerdict(answer: RawAnswer): Promise<Verdict> {
  const { response, usage } = await readJsonAnswer(answer);
  const verdict = readObject(response) ?? (typeof response === "string" ? readText(response) : undefined);
  if (verdict === undefined) throw unusableAnswerError();
  return { ...verdict, usage: readUsage(usage) };
}

type Judgement = Omit<Verdict, "usage">;

function readObject(value: unknown): Judgement | undefined {
  if (!isRecord(value) || typeof value["safe"] !== "boolean") return undefined;
  const { categories } = value;
  const hazards = Array.isArray(categories) ? categories.filter((category) => typeof category === "string") : [];
  return { isSafe: value["safe"], hazards };
}

/** `safe`, or `unsafe` and on the next line `S1,S10`; or the object's JSON. */
function readText(text: string): Judgement | undefined {
  const [verdict = "", names = ""] = text.trim().split(/\s+/, 2);
  switch (verdict.toLowerCase()) {
    case "safe":
      return { isSafe: true, hazards: [] };
    case "unsafe":
      return { isSafe: false, hazards: names.split(",").filter((name) => /^S\d{1,2}$/.test(name)) };
    default:
      return readObject(parseJson(text));
  }
}
