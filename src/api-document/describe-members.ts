import { isRecord } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import { toSentence } from "./sentence.ts";

/** What happens to members, in half sentences by their names. */
export type Treatments = Readonly<Record<string, string>>;

/**
 * Says of each member what happens to it, in the order of `treatments`; of a member's own members (`text.verbosity`) where
 * there is something to say. Throws where one is left over on either side.
 */
export function describeMembers(component: string, schema: JsonRecord, treatments: Treatments): JsonRecord {
  const { properties } = schema;
  if (!isRecord(properties)) throw new TypeError(`${component} is no object`);
  const missing = Object.keys(properties).filter((name) => !(name in treatments));
  const unknown = Object.keys(treatments).filter((path) => readMember(properties, path) === undefined);
  if (missing.length > 0) throw new TypeError(`${component}: nothing is said of ${missing.join(", ")}`);
  if (unknown.length > 0) throw new TypeError(`${component} has no ${unknown.join(", ")}`);
  return { ...schema, properties: describeProperties(properties, treatments, "") };
}

function describeProperties(properties: JsonRecord, treatments: Treatments, path: string): JsonRecord {
  const order = Object.keys(treatments);
  const members = Object.entries(properties).map(([name, member]): [string, unknown] => {
    if (!isRecord(member)) return [name, member];
    const treatment = treatments[path + name];
    const inner = member["properties"];
    return [
      name,
      {
        ...(treatment !== undefined && { description: toSentence(treatment) }),
        ...member,
        ...(isRecord(inner) && { properties: describeProperties(inner, treatments, `${path}${name}.`) }),
      },
    ];
  });
  return Object.fromEntries(
    members.toSorted(([first], [second]) => order.indexOf(path + first) - order.indexOf(path + second)),
  );
}

/** `text.verbosity` of the properties of a request. */
function readMember(properties: JsonRecord, path: string): unknown {
  const [name = "", ...rest] = path.split(".");
  const member = properties[name];
  if (rest.length === 0) return member;
  const inner = isRecord(member) ? member["properties"] : undefined;
  return isRecord(inner) ? readMember(inner, rest.join(".")) : undefined;
}
