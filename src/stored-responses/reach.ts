import { GatewayError } from "../errors.ts";

/** What an object answers; where it does not answer, an error that the client may repeat its request after. */
export async function reach<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (cause) {
    const message = "The gateway could not reach what it stores. Please try again.";
    throw new GatewayError("internal", message, { cause, retryable: true });
  }
}
