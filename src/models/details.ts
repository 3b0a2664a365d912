import { catalogueDetails } from "./catalogue/details.ts";
import type { ModelDetails, ModelEntry } from "./model.ts";

const unknown: ModelDetails = {
  description: "A Workers AI model that this gateway does not describe.",
  created: 0,
};

/** What lists tell of a model. The texts are a part of their own, which a Worker that starts need not evaluate. */
export function detailsOf({ id, details }: ModelEntry): ModelDetails {
  if (details !== undefined) return details;
  const known = catalogueDetails[id];
  if (known === undefined) return unknown;
  const [published, description] = known;
  return { description, created: Date.parse(published) / 1000 };
}
