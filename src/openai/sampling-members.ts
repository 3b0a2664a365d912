import { object } from "../config/reader.ts";
import { isRecord } from "../json.ts";
import { boolean, either, integer, list, mapped, number, optional, reference, text, unread } from "./schema.ts";

/** One text or several. Empty ones stop nothing, and neither does an empty list; clients send both for "none". */
const stopSequences = mapped(optional(either(text, list(text, { most: 4 }))), (stop: string | string[] | undefined) => {
  const sequences = [stop ?? []].flat().filter((sequence) => sequence !== "");
  return sequences.length === 0 ? undefined : sequences;
});

const streamOptions = object({ include_usage: optional(boolean), include_obfuscation: optional(boolean) });

/** Sampling members that chat and text completions share. Ranges are OpenAI's; the model's own come later. */
export const samplingMembers = {
  frequency_penalty: optional(number(-2, 2)),
  presence_penalty: optional(number(-2, 2)),
  temperature: optional(number(0, 2)),
  top_p: optional(number(0, 1)),
  // 64 bits wide: more than a JavaScript number holds exactly, so the range of safe integers does not bound it.
  seed: optional(integer({ least: -(2 ** 63), most: 2 ** 63 })),
  n: optional(integer({ least: 1, most: 128 })),
  stop: stopSequences,
  stream: optional(boolean),
  stream_options: optional(streamOptions),
  logit_bias: unread,
  user: optional(text),
  // Workers AI's own parameters, for callers who know the model behind the gateway.
  top_k: optional(integer({ least: 1 })),
  repetition_penalty: optional(number(0, 2)),
  raw: optional(boolean),
  lora: optional(reference),
  /** OpenRouter's form: usage with its cost, in a stream as well. OpenAI does not know it: anything else asks for nothing. */
  usage: mapped(unread, (value) =>
    isRecord(value) && value["include"] === true ? ({ include: true } as const) : undefined,
  ),
  /** The gateway's own: models that are tried in this order, after `model`. */
  models: optional(list(reference, { most: 8 })),
};
