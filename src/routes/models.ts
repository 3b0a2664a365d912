import type { GatewayContext } from "../env.ts";
import { modelNotFoundError } from "../models/resolve.ts";
import type { ModelDirectory } from "../models/resolve.ts";
import { toListedModel, toModelList } from "../translate/model-list.ts";
import type { ModelList } from "../translate/model-list.ts";

/** The list changes with the configuration only, so it is made once per isolate. */
const lists = new WeakMap<ModelDirectory, ModelList>();

/** `GET /v1/models`: every live model, then every alias of one. */
export function listModels(c: GatewayContext): Response {
  const { directory } = c.get("settings");
  let models = lists.get(directory);
  if (models === undefined) {
    models = toModelList(directory.list());
    lists.set(directory, models);
  }
  return c.json(models);
}

/** `GET /v1/models/{id}`, the slashes of the id raw or encoded. Retired models are found here, with their last day. */
export function retrieveModel(c: GatewayContext): Response {
  const name = c.req.param("id") ?? "";
  const listing = c.get("settings").directory.find(name);
  if (listing === undefined) throw modelNotFoundError(name);
  return c.json(toListedModel(listing));
}
