import type { GatewayContext } from "../env.ts";
import { modelNotFoundError } from "../models/resolve.ts";
import type { ModelDirectory } from "../models/resolve.ts";
import { toListedModel, toModelList } from "../translate/model-list.ts";

/** The list changes with the models only, so its body is made once for each directory of them. */
const bodies = new WeakMap<ModelDirectory, string>();

/** `GET /v1/models`: every live model, then every alias of one. */
export function listModels(c: GatewayContext): Response {
  const { directory } = c.get("settings");
  let body = bodies.get(directory);
  if (body === undefined) {
    body = JSON.stringify(toModelList(directory.list()));
    bodies.set(directory, body);
  }
  return c.body(body, 200, { "content-type": "application/json" });
}

/** `GET /v1/models/{id}`, the slashes of the id raw or encoded. Retired models are found here, with their last day. */
export function retrieveModel(c: GatewayContext): Response {
  const name = c.req.param("id") ?? "";
  const listing = c.get("settings").directory.find(name);
  if (listing === undefined) throw modelNotFoundError(name);
  return c.json(toListedModel(listing));
}
