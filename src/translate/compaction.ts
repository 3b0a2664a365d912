import { GatewayError } from "../errors.ts";

/**
 * What a compaction item carries: the summary of a conversation, written by the model. `encrypted_content` is OpenAI's
 * name for a text that only its service reads; here it is the summary itself in base64, for whoever wants to look.
 */
const PREFIX = "flaregate1.";

/** What the model reads in place of the conversation that was compacted. */
const HEADING = "Summary of the conversation so far:";

export function toCompactionContent(summary: string): string {
  const binary = Array.from(new TextEncoder().encode(summary), (byte) => String.fromCharCode(byte)).join("");
  return PREFIX + btoa(binary);
}

/** The message that stands for the compacted conversation. Throws for what another service has written. */
export function readCompaction(content: string, place: string): string {
  const summary = content.startsWith(PREFIX) ? fromBase64(content.slice(PREFIX.length)) : undefined;
  if (summary !== undefined) return `${HEADING}\n${summary}`;
  const param = `${place}.encrypted_content`;
  const message = `Invalid value for '${param}': it was not made by this gateway's POST /v1/responses/compact.`;
  throw new GatewayError("invalid_value", message, { param });
}

function fromBase64(text: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return undefined;
  }
}
