import type { Usage } from "../completion/event.ts";
import type { GatewayError } from "../errors.ts";
import { toErrorEnvelope } from "../openai/error-envelope.ts";
import { encodeSseData, SSE_DONE } from "../stream/sse-encoder.ts";
import type { AnswerIdentity } from "./answer-identity.ts";
import { toTotalUsage } from "./usage.ts";
import type { CostReader } from "./usage.ts";

export interface UsageForm {
  /** A last chunk tells the usage, and every other one has `"usage": null`. */
  readonly includeUsage: boolean;
  /** The usage tells its cost. */
  readonly readCost?: CostReader | undefined;
}

/** The frames that the streams of chat and of text completions have in common. */
export interface ChunkFrames {
  /** A chunk with one choice, given as its JSON text. */
  chunk(choice: string): string;
  /**
   * A writer of chunks that differ in one place only: what stands before and after it is joined once. Such a chunk may
   * carry `obfuscation`, a random text that keeps its size from telling the length of a token.
   */
  around(before: string, after: string): (middle: string, obfuscation?: string) => string;
  /** The usage chunk, where it was asked for and the upstream told it for all `choices`, and `[DONE]`. */
  end(usages: readonly Usage[], choices: number): string;
  /** The frame that ends a stream which failed: no finish reason and no `[DONE]` come with it. */
  fail(error: GatewayError): string;
}

export function createChunkFrames(
  object: "chat.completion.chunk" | "text_completion",
  { id, created, model }: AnswerIdentity,
  { includeUsage, readCost }: UsageForm,
): ChunkFrames {
  // What is the same in every chunk is serialised once per stream.
  const head = `${JSON.stringify({ id, object, created, model }).slice(0, -1)},"choices":[`;
  const tail = includeUsage ? `],"usage":null}` : "]}";
  return {
    chunk: (choice) => encodeSseData(head + choice + tail),
    around(before, after) {
      // A character that JSON text never holds as such marks the place.
      const whole = encodeSseData(`${head}${before}\u0000${after}${tail.slice(0, -1)}\u0000}`);
      const [start = "", open = "", close = ""] = whole.split("\u0000");
      const end = open + close;
      return (middle, obfuscation) =>
        obfuscation === undefined
          ? start + middle + end
          : `${start}${middle}${open},"obfuscation":${JSON.stringify(obfuscation)}${close}`;
    },
    end(usages, choices) {
      const usage = includeUsage ? toTotalUsage(usages, choices, readCost) : undefined;
      return usage === undefined ? SSE_DONE : encodeSseData(`${head}],"usage":${JSON.stringify(usage)}}`) + SSE_DONE;
    },
    fail: (error) => encodeSseData(JSON.stringify(toErrorEnvelope(error))),
  };
}
