/** JSON schemas that several examples have. */

export const citySchema = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };

export const personFormat = {
  name: "person",
  strict: true,
  schema: {
    type: "object",
    properties: { name: { type: "string" }, age: { type: "integer" } },
    required: ["name", "age"],
    additionalProperties: false,
  },
};
