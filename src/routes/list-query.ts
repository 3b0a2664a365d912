import type * as z from "zod/mini";
import type { GatewayContext } from "../env.ts";
import { GatewayError } from "../errors.ts";
import { printableName } from "../models/model-name.ts";
import type { ListQuery } from "../openai/list-query.ts";
import { toRequestError } from "../openai/request-error.ts";

/** The query of a URL, checked by its schema. Throws a `GatewayError` that names the first parameter that is wrong. */
export function parseQuery<Schema extends z.ZodMiniType>(c: GatewayContext, schema: Schema): z.output<Schema> {
  const result = schema.safeParse(c.req.query(), { reportInput: true });
  if (!result.success) throw toRequestError(result.error.issues);
  return result.data;
}

export function afterNotFoundError({ after = "" }: ListQuery): GatewayError {
  const message = `Invalid value for 'after': there is no item with the id '${printableName(after)}'.`;
  return new GatewayError("invalid_value", message, { param: "after" });
}
