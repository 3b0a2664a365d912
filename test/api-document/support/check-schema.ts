import { Validator } from "@cfworker/json-schema";
import type { Schema } from "@cfworker/json-schema";
import { isRecord } from "../../../src/json.ts";
import type { JsonRecord } from "../../../src/json.ts";
import document from "../../../docs/openapi.json";

/** The places at which a value breaks a schema of the document; none where it keeps to it. */
type FindBreaks = (value: unknown, schema: JsonRecord) => string[];

function createChecker(toClosed: (schema: JsonRecord) => JsonRecord): FindBreaks {
  const $defs = Object.fromEntries(
    Object.entries(document.components.schemas).map(([name, schema]) => [name, toDefinition(schema, toClosed)]),
  );
  /** Making one takes longer than to use it, and a stream has many records. */
  const validators = new WeakMap<JsonRecord, Validator>();
  return (value, schema) => {
    let validator = validators.get(schema);
    if (validator === undefined) {
      const whole: Schema = { ...toDefinition(schema, toClosed), $defs };
      validators.set(schema, (validator = new Validator(whole, "2020-12", false)));
    }
    return validator.validate(value).errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`);
  };
}

/** The schema with references into `$defs`, and with its objects closed or not. */
function toDefinition(schema: JsonRecord, toClosed: (schema: JsonRecord) => JsonRecord): JsonRecord {
  const members = Object.entries(schema).map(([name, member]) => [
    name,
    name === "$ref" && typeof member === "string"
      ? member.replace("#/components/schemas/", "#/$defs/")
      : toMember(member, toClosed),
  ]);
  const changed: JsonRecord = Object.fromEntries(members);
  const isOpen = isRecord(schema["properties"]) && schema["type"] !== undefined && !("additionalProperties" in schema);
  return isOpen ? toClosed(changed) : changed;
}

function toMember(member: unknown, toClosed: (schema: JsonRecord) => JsonRecord): unknown {
  if (Array.isArray(member)) return member.map((element) => toMember(element, toClosed));
  return isRecord(member) ? toDefinition(member, toClosed) : member;
}

/** As the document says it. */
export const findBreaks = createChecker((schema) => schema);

/** The same, for which a member that is not described is a break too, although a client has to live with one. */
export const findBreaksAndMembers = createChecker((schema) => ({
  ...schema,
  additionalProperties: false,
}));
