import { GatewayError } from "../errors.ts";
import { isRecord } from "../json.ts";

/**
 * Asks an object, and once more where the runtime says that this may help: whatever is asked of these objects may be
 * asked twice. Rejects with `keys_unavailable` where it does not answer.
 */
export async function askObject<Class extends Rpc.DurableObjectBranded, Answer>(
  objects: DurableObjectNamespace<Class>,
  name: string,
  ask: (object: DurableObjectStub<Class>) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await ask(objects.getByName(name));
  } catch (error) {
    if (!isRetryable(error)) throw unavailable(error);
  }
  try {
    // A stub that has failed may be broken.
    return await ask(objects.getByName(name));
  } catch (error) {
    throw unavailable(error);
  }
}

/** The marks that the runtime puts on its errors. */
function isRetryable(error: unknown): boolean {
  return isRecord(error) && error["retryable"] === true && error["overloaded"] !== true;
}

function unavailable(cause: unknown): GatewayError {
  const message = "The gateway could not ask about the API key. Please try again.";
  return new GatewayError("keys_unavailable", message, { cause, retryable: true });
}
