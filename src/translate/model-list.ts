import type { Model } from "openai/resources/models";
import type { ModelListing } from "../models/resolve.ts";

export interface ModelList {
  readonly object: "list";
  readonly data: readonly Model[];
}

/** All models in one answer: OpenAI's list is not paged either. */
export function toModelList(listings: readonly ModelListing[]): ModelList {
  return { object: "list", data: listings.map(toListedModel) };
}

/** A model as `GET /v1/models` shows it. `shutdown_date` stands where Workers AI has retired the model. */
export function toListedModel({ name, entry }: ModelListing): Model {
  return {
    id: name,
    object: "model",
    created: entry.created,
    owned_by: entry.ownedBy,
    ...(entry.retired !== undefined && { shutdown_date: entry.retired.date }),
  };
}
