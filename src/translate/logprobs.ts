import type { ChatCompletion, ChatCompletionTokenLogprob } from "openai/resources/chat/completions";
import type { CompletionChoice } from "openai/resources/completions";
import type { ResponseOutputText } from "openai/resources/responses/responses";
import { isRecord } from "../json.ts";
import type { JsonRecord } from "../json.ts";

/** Log probabilities, from entries as the upstream gave them. Entries that are none are left out. */
type Entries = readonly unknown[] | undefined;

/** The `logprobs` of a chat choice or of its chunk; null, as OpenAI has it, where there are none. */
export function toChatLogprobs(entries: Entries): ChatCompletion.Choice["logprobs"] {
  if (entries === undefined || entries.length === 0) return null;
  return { content: readEntries(entries), refusal: null };
}

/** The `logprobs` of a text in a response: an array always, in which no member is null. */
export function toItemLogprobs(entries: readonly unknown[]): ResponseOutputText.Logprob[] {
  return readEntries(entries).map(({ token, logprob, bytes, top_logprobs: top }) => ({
    token,
    logprob,
    bytes: bytes ?? [],
    top_logprobs: top.map((other) => ({ ...other, bytes: other.bytes ?? [] })),
  }));
}

/** The `logprobs` of a text choice or of its chunk. `offset` is where its text begins, in characters. */
export function toTextLogprobs(entries: Entries, offset: number): CompletionChoice["logprobs"] {
  if (entries === undefined || entries.length === 0) return null;
  const tokens = readEntries(entries);
  let position = offset;
  return {
    tokens: tokens.map(({ token }) => token),
    token_logprobs: tokens.map(({ logprob }) => logprob),
    top_logprobs: tokens.map(({ top_logprobs: top }) =>
      Object.fromEntries(top.map(({ token, logprob }) => [token, logprob])),
    ),
    text_offset: tokens.map(({ token }) => {
      const start = position;
      position += token.length;
      return start;
    }),
  };
}

/** How likely a text was to the model that wrote it: the mean over its tokens. `undefined` where nothing is known. */
export function meanLogprob(entries: Entries): number | undefined {
  const tokens = readEntries(entries ?? []);
  if (tokens.length === 0) return undefined;
  return tokens.reduce((sum, { logprob }) => sum + logprob, 0) / tokens.length;
}

function readEntries(entries: readonly unknown[]): ChatCompletionTokenLogprob[] {
  return entries.flatMap((entry) => {
    const token = readToken(entry);
    if (token === undefined || !isRecord(entry)) return [];
    const top = Array.isArray(entry["top_logprobs"]) ? entry["top_logprobs"] : [];
    return [{ ...token, top_logprobs: top.flatMap((other) => readToken(other) ?? []) }];
  });
}

function readToken(entry: unknown): { token: string; logprob: number; bytes: number[] | null } | undefined {
  if (!isRecord(entry) || typeof entry["token"] !== "string" || typeof entry["logprob"] !== "number") return undefined;
  return { token: entry["token"], logprob: entry["logprob"], bytes: readBytes(entry) };
}

function readBytes({ bytes }: JsonRecord): number[] | null {
  return Array.isArray(bytes) ? bytes.filter((byte) => typeof byte === "number") : null;
}
