import type { ChoiceBatch } from "../completion/choices.ts";
import type { GatewayError } from "../errors.ts";

/** Writes the events of one answer as the text of one endpoint's event stream. */
export interface StreamRenderer {
  /** The records for one batch of a choice; the empty text where the batch has nothing for this client. */
  render(batch: ChoiceBatch): string;
  /** What follows the last batch. */
  end(): string;
  /** The record that tells of a failure after the stream has begun. */
  fail(error: GatewayError): string;
}
