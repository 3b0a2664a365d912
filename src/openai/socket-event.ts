import type { GatewayError } from "../errors.ts";
import { toErrorEnvelope, toErrorStatus } from "./error-envelope.ts";

/** The message that tells a WebSocket client of a request that failed before it had a response, on the request's lane. */
export function toSocketError(error: GatewayError, streamId?: string): string {
  const { error: members } = toErrorEnvelope(error);
  // Open Responses requires a code; OpenAI leaves many errors without one, whose type says as much.
  const code = members.code ?? members.type;
  return JSON.stringify({
    type: "error",
    status: toErrorStatus(error.kind),
    error: { ...members, code },
    stream_id: streamId,
  });
}
