import { readSchema } from "../chat/settings.ts";
import { element, fill } from "./element.ts";
import { schemaExample } from "./examples.ts";
import { choice, toggle } from "./fields.ts";
import { jsonField } from "./json-field.ts";
import type { SettingsForm } from "./settings-form.ts";

const formats = [
  ["text", "Text"],
  ["json_object", "Any JSON object"],
  ["json_schema", "JSON by a schema"],
] as const;

/** The form of the answer; the schema is there while it is wanted. */
export function formatFields({ read, change }: SettingsForm): readonly HTMLElement[] {
  const schema = element("div", { class: "schema" });

  function showSchema(): void {
    if (read().format !== "json_schema") return fill(schema);
    const text = jsonField({
      label: "JSON Schema",
      value: read().schema,
      placeholder: '{ "type": "object", … }',
      example: schemaExample,
      read: readSchema,
      onChange: (value) => change({ schema: value }),
    });
    const strict = toggle("Strict: hold the answer to the schema", read().isStrictSchema, (isStrictSchema) =>
      change({ isStrictSchema }),
    );
    fill(schema, text, strict);
  }

  showSchema();
  const format = choice("Format", formats, read().format, (chosen) => {
    change({ format: chosen });
    showSchema();
  });
  return [format, schema];
}
