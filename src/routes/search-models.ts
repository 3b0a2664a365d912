import type { GatewayContext } from "../env.ts";
import { GatewayError } from "../errors.ts";
import { toRequestError } from "../openai/request-error.ts";
import { toApiEnvelope } from "../workers-ai/api-envelope.ts";
import type { ModelSearch } from "../workers-ai/binding.ts";
import { searchQuery } from "../translate/search-query.ts";
import type { SearchQuery } from "../translate/search-query.ts";

/** `GET /client/v4/accounts/{account}/ai/models/search`: Workers AI's own list, as it gives it. */
export async function searchModels(c: GatewayContext): Promise<Response> {
  const { AI: binding } = c.env;
  if (binding?.models === undefined) {
    throw new GatewayError("upstream_failed", "Workers AI's list of models cannot be read here.");
  }
  const query = searchQuery.safeParse(c.req.query(), { reportInput: true });
  if (!query.success) throw toRequestError(query.error.issues);
  const models = await binding.models(withoutUndefined(query.data)).catch((error: unknown) => {
    const message = "Workers AI's list of models could not be read.";
    throw new GatewayError("upstream_failed", message, { retryable: true, cause: error });
  });
  return c.json(toApiEnvelope(models));
}

/** The binding would write the text `undefined` into its own query. */
function withoutUndefined(query: SearchQuery): ModelSearch {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}
