import type { CompletionEvent } from "../completion/event.ts";
import type { GatewayError } from "../errors.ts";

/** Writes the events of one answer as the text of one endpoint's event stream. */
export interface StreamRenderer {
  /** The records for one batch; the empty text where the batch has nothing for this client. */
  render(events: readonly CompletionEvent[]): string;
  /** What follows the last batch. */
  end(): string;
  /** The record that tells of a failure after the stream has begun. */
  fail(error: GatewayError): string;
}
