import type * as z from "zod";
import { readEventStream } from "./event-stream.ts";
import { problemsOf } from "./wire-schemas.ts";

/** What the chunks of chat and of text completions have in common. */
interface AnyChunk {
  readonly id: string;
  readonly created: number;
  readonly model: string;
  readonly choices: readonly unknown[];
  readonly usage?: unknown;
}

/**
 * Reads a whole event stream into its chunks and checks what holds for both kinds: one identity in all chunks, `usage`
 * as `include_usage` says, `[DONE]` once and last.
 */
export function readChunks<Chunk extends AnyChunk>(
  text: string,
  schema: z.ZodType<Chunk>,
  includeUsage: boolean,
): { readonly chunks: readonly Chunk[]; readonly problems: string[] } {
  const { data, problems: framing } = readEventStream(text);
  const problems = [...framing];
  if (data.at(-1) !== "[DONE]") problems.push("the last record is not [DONE]");
  const chunks = data.slice(0, -1).flatMap((record, position) => {
    const value: unknown = record === "[DONE]" ? undefined : JSON.parse(record);
    problems.push(...problemsOf(schema, value).map((problem) => `chunk ${position}: ${problem}`));
    const parsed = schema.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
  const identities = new Set(chunks.map(({ id, created, model }) => JSON.stringify([id, created, model])));
  if (identities.size > 1) problems.push("id, created or model change within the stream");
  return { chunks, problems: [...problems, ...usageProblems(chunks, includeUsage)] };
}

/** Asked for: null in every chunk, then one last chunk without choices. Not asked for: no key and no such chunk. */
function usageProblems(chunks: readonly AnyChunk[], includeUsage: boolean): string[] {
  const problems: string[] = [];
  for (const [position, chunk] of chunks.entries()) {
    const isLast = position === chunks.length - 1;
    if (!includeUsage) {
      if ("usage" in chunk) problems.push(`chunk ${position} has a usage key that was not asked for`);
      if (chunk.choices.length === 0) problems.push(`chunk ${position} has no choices`);
    } else if (isLast) {
      if (chunk.choices.length > 0) problems.push("the last chunk is not the usage chunk");
      if (!chunk.usage) problems.push("the last chunk tells no usage");
    } else {
      if (chunk.choices.length === 0) problems.push(`chunk ${position} has no choices`);
      if (chunk.usage !== null) problems.push(`the usage of chunk ${position} is not null`);
    }
  }
  return problems;
}
