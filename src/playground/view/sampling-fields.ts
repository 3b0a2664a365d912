import type { Model } from "../api/model-list.ts";
import { commonRange, reasoningLevels, sampling, type SamplingName } from "../chat/parameters.ts";
import { choice, textField } from "./fields.ts";
import { numberField } from "./number-field.ts";
import type { SettingsForm } from "./settings-form.ts";

/** The parameters that these models have, with the ranges that the gateway names. */
export function samplingFields(models: readonly Model[], { read, change }: SettingsForm): readonly HTMLElement[] {
  function setNumber(name: SamplingName, value: number | undefined): void {
    const { [name]: _before, ...others } = read().sampling;
    change({ sampling: value === undefined ? others : { ...others, [name]: value } });
  }

  const numbers = sampling.flatMap(({ name, label, hint }) => {
    const range = commonRange(models, name);
    if (range === undefined) return [];
    const value = read().sampling[name];
    return [numberField({ name, label, hint, range, value, onChange: (next) => setNumber(name, next) })];
  });
  const levels = reasoningLevels(models);
  const efforts = ["", ...levels].map((level) => [level, level === "" ? "Default" : level] as const);
  const effort = choice("Reasoning effort", efforts, read().reasoningEffort, (reasoningEffort) =>
    change({ reasoningEffort }),
  );
  const stop = textField("Stop sequences", read().stop, 2, "One a line", (text) => change({ stop: text }));
  return [...numbers, ...(levels.length > 0 ? [effort] : []), stop];
}
