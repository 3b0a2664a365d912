import { CallFailed, toFailure, toSilentFailure } from "./failure.ts";
import { parseModels, type Model } from "./model-list.ts";

/** The header that carries the key; none where there is no key. */
export function toCredentials(key: string | undefined): Readonly<Record<string, string>> {
  return key === undefined ? {} : { authorization: `Bearer ${key}` };
}

/** The models that this key may use. Throws `CallFailed`. */
export async function fetchModels(baseUrl: string, key: string | undefined): Promise<readonly Model[]> {
  const response = await fetch(`${baseUrl}/models`, { headers: toCredentials(key) }).catch((error: unknown) => {
    throw new CallFailed(toSilentFailure(`The gateway cannot be reached: ${String(error)}`));
  });
  if (!response.ok) throw new CallFailed(await toFailure(response));
  return parseModels(await response.json());
}
