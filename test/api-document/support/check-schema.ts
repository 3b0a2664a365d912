import { Validator } from "@cfworker/json-schema";
import type { Schema } from "@cfworker/json-schema";
import { isRecord } from "../../../src/json.ts";
import type { JsonRecord } from "../../../src/json.ts";
import document from "../../../docs/openapi.json";

/**
 * The places at which a value breaks a schema of the document; none where it keeps to it. A member that is not described
 * counts as a break, although a client has to live with one.
 */
export function findBreaks(value: unknown, schema: JsonRecord): string[] {
  let validator = validators.get(schema);
  if (validator === undefined) {
    const whole: Schema = { ...toDefinition(schema), $defs };
    validators.set(schema, (validator = new Validator(whole, "2020-12", false)));
  }
  return validator.validate(value).errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`);
}

/** Making one takes longer than to use it, and a stream has many records. */
const validators = new WeakMap<JsonRecord, Validator>();

const $defs: JsonRecord = Object.fromEntries(
  Object.entries(document.components.schemas).map(([name, schema]) => [name, toDefinition(schema)]),
);

/** The schema with references into `$defs`, and with its objects closed. */
function toDefinition(schema: JsonRecord): JsonRecord {
  const changed = change(schema);
  if (!isRecord(changed)) throw new TypeError("no schema");
  return changed;
}

function change(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(change);
  if (!isRecord(value)) return value;
  const members = Object.entries(value).map(([name, member]) => [
    name,
    name === "$ref" && typeof member === "string"
      ? member.replace("#/components/schemas/", "#/$defs/")
      : change(member),
  ]);
  const changed: JsonRecord = Object.fromEntries(members);
  const isOpen = isRecord(value["properties"]) && value["type"] !== undefined && !("additionalProperties" in value);
  return isOpen ? { ...changed, additionalProperties: false } : changed;
}
