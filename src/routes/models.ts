import type { GatewayContext } from "../env.ts";
import { modelNotFoundError } from "../models/resolve.ts";
import { toListedModel } from "../translate/model-list.ts";

/** `GET /v1/models`: every live model, then every alias of one. */
export function listModels(c: GatewayContext): Response {
  const { directory } = c.get("settings");
  return c.json({ object: "list", data: directory.list().map(toListedModel) });
}

/** `GET /v1/models/{id}`, the slashes of the id raw or encoded. Retired models are found here, with their last day. */
export function retrieveModel(c: GatewayContext): Response {
  const name = c.req.param("id") ?? "";
  const listing = c.get("settings").directory.find(name);
  if (listing === undefined) throw modelNotFoundError(name);
  return c.json(toListedModel(listing));
}
