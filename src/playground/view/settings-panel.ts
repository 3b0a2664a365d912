import type { Model } from "../api/model-list.ts";
import { element, fill } from "./element.ts";
import { textField, toggle } from "./fields.ts";
import { formatFields } from "./format-fields.ts";
import { samplingFields } from "./sampling-fields.ts";
import type { SettingsForm } from "./settings-form.ts";
import { toolFields } from "./tool-fields.ts";

export interface SettingsPanel {
  /** Draws the fields for these models, with the settings as they are. */
  render(models: readonly Model[]): void;
}

/** Everything that can be set beside the conversation. It is shared by all columns. */
export function createSettingsPanel(root: HTMLElement, form: SettingsForm): SettingsPanel {
  const { read, change } = form;
  /** Which sections are open outlives a change of models. */
  const open = new Set(["Sampling"]);

  function section(title: string, isSet: boolean, content: readonly HTMLElement[]): HTMLElement {
    const details = element(
      "details",
      { open: open.has(title), class: "section" },
      element("summary", {}, title, isSet && element("span", { class: "mark" }, "set")),
      element("div", { class: "section-body" }, ...content),
    );
    details.addEventListener("toggle", () => (details.open ? open.add(title) : open.delete(title)));
    return details;
  }

  return {
    render(models) {
      if (!models.some(({ path }) => path === "/chat/completions")) {
        fill(root, element("p", { class: "note" }, "There is nothing to set: these models get the message alone."));
        return;
      }
      const { system, tools, format, stream, strict } = read();
      fill(
        root,
        textField("System prompt", system, 4, "How the model is to behave", (text) => change({ system: text })),
        section("Sampling", false, samplingFields(models, form)),
        section("Tools", tools.trim() !== "", toolFields(models, form)),
        section("Answer format", format !== "text", formatFields(form)),
        section("Request", false, [
          toggle("Stream the answer", stream, (isOn) => change({ stream: isOn })),
          toggle("Strict: refuse what could only be ignored", strict, (isOn) => change({ strict: isOn })),
        ]),
      );
    },
  };
}
