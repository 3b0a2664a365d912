import type { Timers } from "./record-buffer.ts";

/** A response as it is kept, each part as JSON text: what is stored is seldom read, and then mostly passed on as it is. */
export interface SavedResponse {
  /** The response object, as the client was given it. */
  readonly response: string;
  /** The items of the request itself, a list, each with its id. */
  readonly input: string;
  /** The items that went before: those of the response or the conversation that the request continued. */
  readonly history: string;
}

/** A response that is made after its request has been answered. */
export interface BackgroundResponse extends SavedResponse {
  /** What the runner needs to make it; JSON text too. */
  readonly job: string;
  /** Whether its events are kept for readers of its stream. */
  readonly isStreamed: boolean;
}

/** Makes a background response, inside the object that keeps it. */
export interface BackgroundRunner {
  readonly timers: Timers;
  /**
   * `environment` is what the runtime hands to the object. Resolves with the finished response, whatever end it came to.
   * Rejects where it was stopped by the signal, or failed in a way that it has no response for.
   */
  run(background: BackgroundResponse, environment: object, hooks: BackgroundHooks): Promise<string>;
}

export interface BackgroundHooks {
  readonly signal: AbortSignal;
  /** Takes the response as it is by now. */
  readonly show: (response: string) => void;
  /** Takes the records of the response's event stream, the one that ends it included. */
  readonly record: (records: string) => void;
  /** Work that goes on after the response is finished. */
  readonly waitUntil: (work: Promise<unknown>) => void;
}

/** What became of the wish to cancel a response. */
export type Cancellation =
  | { readonly outcome: "missing" | "foreground" }
  /** The response in its final form: cancelled now, or ended before. */
  | { readonly outcome: "ended"; readonly response: string };

/** What became of the wish to read a response as a stream. */
export type Following =
  | { readonly outcome: "missing" | "not_streamed" }
  | { readonly outcome: "streaming"; readonly body: ReadableStream<Uint8Array> };
