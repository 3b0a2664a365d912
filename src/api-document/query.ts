import type * as z from "zod/mini";
import { isRecord } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import { toComponents, withoutNull } from "./json-schema.ts";
import type { Parameter } from "./operation.ts";

interface QueryMember {
  readonly description: string;
  /** What a text of the query stands for; the schema's own where nothing is said. */
  readonly schema?: JsonRecord;
}

/** The members of a query's schema as parameters. Throws where one is left over on either side. */
export function toQueryParameters(
  query: z.ZodMiniType,
  members: Readonly<Record<string, QueryMember>>,
): readonly Parameter[] {
  const { properties } = toComponents({ query }, "input")["query"] ?? {};
  if (!isRecord(properties)) throw new TypeError("a query is an object");
  const names = new Set([...Object.keys(properties), ...Object.keys(members)]);
  return [...names].map((name) => {
    const [own, member] = [properties[name], members[name]];
    if (!isRecord(own) || member === undefined) throw new TypeError(`${name} is not on both sides`);
    return { name, in: "query", description: member.description, schema: member.schema ?? withoutNull(own) };
  });
}

export const pageMembers = {
  limit: {
    description: "How many are shown.",
    schema: { type: "integer", minimum: 1, maximum: 100, default: 20 },
  },
  after: { description: "The id behind which the page begins: `last_id` of the page before." },
  order: { description: "`desc` begins with the newest." },
};
