import type { ModelEntry } from "../models/model.ts";
import type { UpstreamOptions } from "./upstream/client.ts";

/** How an emulated stream ended: read to its end, cancelled or aborted by the reader, or broken by a fault. */
export type StreamOutcome = "completed" | "cancelled" | "failed";

export interface EmulatorOptions {
  /**
   * Answer with the oddities that production shows today (two copies of a streamed text, numbers in place of digits,
   * upstream names, a tail of odd frames). `false` answers as the models' pages document them. Default `true`.
   */
  readonly quirks?: boolean;
  /** Answer for retired models as they did before they were retired, instead of refusing with 5028. */
  readonly serveRetired?: boolean;
  /** The models that exist; the project's own catalogue unless given. */
  readonly catalogue?: readonly ModelEntry[];
  /** Milliseconds before the first byte of an answer. Default 0. */
  readonly timeToFirstTokenMs?: number;
  /** Frames a second in a stream. Default: as fast as they are read. */
  readonly tokensPerSecond?: number;
  /** The share of runs, 0 to 1, refused with a passing error (3040 or 3043). Default 0. */
  readonly failureRate?: number;
  /** Makes everything that is drawn at random repeatable: unseeded answers, ids, padding and failures. */
  readonly seed?: number;
  /** Takes texts, tool calls and vectors from a real model behind any server that speaks OpenAI's API. */
  readonly upstream?: UpstreamOptions;
  /** Told why the server behind the emulator gave no answer: a client may see less of it. */
  readonly onUpstreamFailure?: (message: string) => void;
  /** How long the slow ones of the `@emulator/…` ids take, in milliseconds. Default 3000. */
  readonly faultDelayMs?: number;
  /** Unix milliseconds. Default `Date.now`. */
  readonly now?: () => number;
  readonly onStreamStart?: () => void;
  readonly onStreamEnd?: (outcome: StreamOutcome) => void;
}
