import * as z from "zod/mini";
import type { GatewayContext } from "../env.ts";
import { GatewayError } from "../errors.ts";
import { toRequestError } from "../openai/request-error.ts";
import { toApiEnvelope } from "../workers-ai/api-envelope.ts";
import type { ModelSearch } from "../workers-ai/binding.ts";

const text = z.optional(z.string());

/** Whole numbers from 1 on, as a query writes them. */
const count = z.optional(
  z.pipe(
    z.string().check(z.regex(/^[1-9]\d{0,5}$/, { error: "expected a whole number from 1 on" })),
    z.transform(Number),
  ),
);

const flag = z.optional(
  z.pipe(
    z.enum(["true", "false"]),
    z.transform((value) => value === "true"),
  ),
);

/** The query of the search, in Cloudflare's own names. */
const search = z.object({
  author: text,
  hide_experimental: flag,
  page: count,
  per_page: count,
  search: text,
  source: count,
  task: text,
});

/** `GET /client/v4/accounts/{account}/ai/models/search`: Workers AI's own list, as it gives it. */
export async function searchModels(c: GatewayContext): Promise<Response> {
  const { AI: binding } = c.env;
  if (binding?.models === undefined) {
    throw new GatewayError("upstream_failed", "Workers AI's list of models cannot be read here.");
  }
  const query = search.safeParse(c.req.query(), { reportInput: true });
  if (!query.success) throw toRequestError(query.error.issues);
  const models = await binding.models(withoutUndefined(query.data)).catch((error: unknown) => {
    const message = "Workers AI's list of models could not be read.";
    throw new GatewayError("upstream_failed", message, { retryable: true, cause: error });
  });
  return c.json(toApiEnvelope(models));
}

/** The binding would write the text `undefined` into its own query. */
function withoutUndefined(query: z.infer<typeof search>): ModelSearch {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}
