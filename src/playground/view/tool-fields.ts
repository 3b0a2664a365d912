import type { Model } from "../api/model-list.ts";
import { readTools } from "../chat/settings.ts";
import { element } from "./element.ts";
import { toolExample } from "./examples.ts";
import { choice } from "./fields.ts";
import { jsonField } from "./json-field.ts";
import { shortName } from "./model-text.ts";
import type { SettingsForm } from "./settings-form.ts";

const choices = [
  ["auto", "Auto: the model decides"],
  ["required", "Required: call one"],
  ["none", "None: call no tool"],
] as const;

export function toolFields(models: readonly Model[], { read, change }: SettingsForm): readonly HTMLElement[] {
  const lacking = models.filter(({ supports }) => !supports.has("tools")).map(({ id }) => shortName(id));
  const tools = jsonField({
    label: "Tools, as JSON",
    value: read().tools,
    placeholder: '[{ "type": "function", "function": { … } }]',
    example: toolExample,
    read: readTools,
    onChange: (text) => change({ tools: text }),
  });
  const toolChoice = choice("Tool choice", choices, read().toolChoice, (chosen) => change({ toolChoice: chosen }));
  const note = element("p", { class: "note" }, `Not sent to ${lacking.join(", ")}.`);
  return [tools, toolChoice, ...(lacking.length > 0 ? [note] : [])];
}
