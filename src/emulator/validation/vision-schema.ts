import { isJsonObject } from "../json-value.ts";

// The validator counts every matching item of an array, so `oneOf` would refuse a message of two parts. With the array
// first, each plain text leaves the line of noise in an error that production shows: 'array' not in 'string'.
const TEXT_OR_PARTS = {
  anyOf: [
    {
      type: "array",
      items: {
        type: "object",
        properties: { type: { type: "string" }, text: { type: "string" }, image_url: { type: "object" } },
      },
    },
    { type: "string" },
  ],
};

/** The native schema as models that see publish it: a message's content may be a list of parts. */
export function acceptParts(schema: unknown): object {
  const replaced = replaceContent(schema, false);
  return isJsonObject(replaced) ? replaced : {};
}

function replaceContent(schema: unknown, inMessage: boolean): unknown {
  if (Array.isArray(schema)) return schema.map((item) => replaceContent(item, inMessage));
  if (!isJsonObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([name, value]) => {
      if (inMessage && name === "content") return [name, TEXT_OR_PARTS];
      return [name, replaceContent(value, inMessage || name === "messages")];
    }),
  );
}
