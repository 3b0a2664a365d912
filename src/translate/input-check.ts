import { GatewayError } from "../errors.ts";
import { isRecord } from "../json.ts";
import type { JsonRecord } from "../json.ts";

/** Workers AI's number for inputs that break the schema. */
const SCHEMA_BROKEN = 5006;

/** What is wrong, and where: the names and places that lead to the value. */
interface Finding {
  readonly path: readonly (string | number)[];
  /** Goes on after "Invalid input 'x': ". */
  readonly reason: string;
}

/**
 * Holds the inputs of a run against the published schema of the model, as Workers AI does before it runs it. Throws a
 * `GatewayError` that names the input at fault.
 *
 * Quirk(native, all with a published schema, 2026-10): Workers AI's validator enforces neither alternatives inside the
 * elements of an array nor the type of an element. What it lets through is not refused here, and a general validator
 * would refuse it; test "comes to what Workers AI's own validator comes to".
 */
export function refuseWrongInputs(inputs: JsonRecord, schema: JsonRecord): void {
  const finding = check(inputs, schema, []);
  if (finding === undefined) return;
  const param = toParam(finding.path);
  const subject = param === "" ? "The inputs break the model's schema" : `Invalid input '${param}'`;
  const details = { upstreamCode: SCHEMA_BROKEN, ...(param !== "" && { param }) };
  throw new GatewayError("invalid_request", `${subject}: ${finding.reason}.`, details);
}

function check(value: unknown, schema: JsonRecord, path: Finding["path"]): Finding | undefined {
  const reason = checkValue(value, schema);
  if (reason !== undefined) return { path, reason };
  const forms = listOf(schema["oneOf"]);
  return (
    (isRecord(value) ? checkMembers(value, schema, path) : undefined) ??
    (Array.isArray(value) && isRecord(schema["items"]) ? checkElements(value, schema["items"], path) : undefined) ??
    (forms.length > 0 ? checkForms(value, forms, path) : undefined)
  );
}

/** The keywords that concern the value alone. */
function checkValue(value: unknown, schema: JsonRecord): string | undefined {
  const { type, minimum, maximum, minLength, maxLength, maxItems, enum: values } = schema;
  if (typeof type === "string" && !isOfType(value, type)) return `it has to be of the type ${type}`;
  if (Array.isArray(values) && !values.includes(value)) return `it has to be one of ${values.join(", ")}`;
  if (typeof value === "number" && Number(minimum) > value) return `it has to be at least ${Number(minimum)}`;
  if (typeof value === "number" && Number(maximum) < value) return `it has to be at most ${Number(maximum)}`;
  if (typeof value === "string" && Number(minLength) > value.length) return "it is too short";
  if (typeof value === "string" && Number(maxLength) < value.length) return "it is too long";
  if (Array.isArray(value) && Number(maxItems) < value.length) return `it has more than ${Number(maxItems)} elements`;
  return undefined;
}

function checkMembers(value: JsonRecord, schema: JsonRecord, path: Finding["path"]): Finding | undefined {
  const missing = namesOf(schema).find((name) => !(name in value));
  if (missing !== undefined) return { path, reason: `it needs '${missing}'` };
  const properties = isRecord(schema["properties"]) ? schema["properties"] : {};
  for (const [name, member] of Object.entries(properties)) {
    if (!Object.hasOwn(value, name) || !isRecord(member)) continue;
    const finding = check(value[name], member, [...path, name]);
    if (finding !== undefined) return finding;
  }
  return undefined;
}

function checkElements(value: readonly unknown[], items: JsonRecord, path: Finding["path"]): Finding | undefined {
  for (const [index, element] of value.entries()) {
    const finding = isRecord(element) ? checkMembers(element, items, [...path, index]) : undefined;
    if (finding !== undefined) return finding;
  }
  return undefined;
}

/** Exactly one of the forms has to fit. Where none does, the one that the caller meant says why. */
function checkForms(value: unknown, forms: readonly JsonRecord[], path: Finding["path"]): Finding | undefined {
  const findings = forms.map((form) => check(value, form, path));
  const fitting = findings.filter((finding) => finding === undefined).length;
  if (fitting === 1) return undefined;
  const names = forms.flatMap(namesOf).map((name) => `'${name}'`);
  if (fitting > 1) return { path, reason: `they take ${names.join(" or ")}, not both` };
  const deepest = findings.toSorted((first, second) => depthOf(second) - depthOf(first))[0];
  if (deepest !== undefined && deepest.path.length > path.length) return deepest;
  return names.length > 0 ? { path, reason: `they need ${names.join(" or ")}` } : deepest;
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case "integer":
      return Number.isInteger(value);
    case "array":
      return Array.isArray(value);
    case "object":
      return isRecord(value);
    default:
      return typeof value === type;
  }
}

function namesOf({ required }: JsonRecord): readonly string[] {
  return Array.isArray(required) ? required.filter((name) => typeof name === "string") : [];
}

function listOf(value: unknown): readonly JsonRecord[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function depthOf(finding: Finding | undefined): number {
  return finding?.path.length ?? 0;
}

/** `messages[0].content` */
function toParam(path: Finding["path"]): string {
  return path
    .map((key, position) => (typeof key === "number" ? `[${key}]` : position === 0 ? key : `.${key}`))
    .join("");
}
