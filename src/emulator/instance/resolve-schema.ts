import { arrayOf, isJsonObject, objectOf, stringOf, type JsonObject } from "../json-value.ts";

/** Follows `$ref`, `allOf` and the first usable branch of a union, until a schema says what it wants. */
export function resolveSchema(schema: unknown, root: JsonObject): JsonObject {
  let resolved = objectOf(schema);
  for (let steps = 0; steps < 20; steps++) {
    const reference = stringOf(resolved.$ref);
    if (reference !== undefined) {
      const { $ref: _, ...rest } = resolved;
      resolved = { ...lookUp(reference, root), ...rest };
      continue;
    }
    const { allOf, anyOf, oneOf, ...rest } = resolved;
    if (Array.isArray(allOf)) {
      resolved = allOf
        .map((part) => resolveSchema(part, root))
        .reduce<JsonObject>(mergeSchemas, { ...rest, ...union(anyOf, oneOf) });
      continue;
    }
    const branches = [...arrayOf(anyOf), ...arrayOf(oneOf)];
    if (branches.length === 0) break;
    const branch = branches.find((candidate) => objectOf(candidate).type !== "null") ?? branches[0];
    resolved = mergeSchemas(rest, objectOf(branch));
  }
  return resolved;
}

/** What kind of value a schema asks for; of several types the first that is not null. */
export function schemaType(schema: JsonObject): string | undefined {
  if (Array.isArray(schema.type)) {
    return stringOf(schema.type.find((type) => type !== "null")) ?? "null";
  }
  if (typeof schema.type === "string") return schema.type;
  if (isJsonObject(schema.properties)) return "object";
  if (schema.items !== undefined || schema.prefixItems !== undefined) return "array";
  return undefined;
}

function union(anyOf: unknown, oneOf: unknown): JsonObject {
  return { ...(anyOf === undefined ? {} : { anyOf }), ...(oneOf === undefined ? {} : { oneOf }) };
}

function lookUp(reference: string, root: JsonObject): JsonObject {
  if (!reference.startsWith("#")) return {};
  const path = reference
    .slice(1)
    .split("/")
    .filter((part) => part !== "");
  let found: unknown = root;
  for (const part of path) {
    found = objectOf(found)[unescapePart(part)];
  }
  return objectOf(found);
}

function mergeSchemas(left: JsonObject, right: JsonObject): JsonObject {
  return {
    ...left,
    ...right,
    ...(isJsonObject(left.properties) && isJsonObject(right.properties)
      ? { properties: { ...left.properties, ...right.properties } }
      : {}),
    ...(Array.isArray(left.required) && Array.isArray(right.required)
      ? { required: [...new Set([...left.required, ...right.required])] }
      : {}),
  };
}

function unescapePart(part: string): string {
  return decodeOrKeep(part).replaceAll("~1", "/").replaceAll("~0", "~");
}

/** What is no valid encoding stands for itself. */
function decodeOrKeep(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
