import type { ModelEntry } from "../models/model.ts";
import type { RangedParameter } from "../models/parameters.ts";
import { parameterRanges } from "../models/parameters.ts";

/** Whether a parameter has its effect with a model, by the model or by the gateway. */
type Support = (entry: ModelEntry) => boolean;

const always: Support = () => true;

const callsTools: Support = ({ abilities, wireFormat }) => abilities.tools || wireFormat === "common";

const hasLogprobs: Support = ({ wireFormat }) => wireFormat === "openai";

function inRange(name: RangedParameter): Support {
  return (entry) => parameterRanges(entry)[name] !== undefined;
}

/**
 * The parameters that are served with every model or with some, in the order of the README's table. Not those that say
 * what a request is about rather than how it is answered: nobody asks whether a model supports `messages`.
 */
export const parameterSupport: ReadonlyMap<string, Support> = new Map([
  ["suffix", ({ abilities }) => abilities.fillIn !== undefined],
  ["echo", always],
  ["best_of", hasLogprobs],
  ["logprobs", hasLogprobs],
  ["top_logprobs", hasLogprobs],
  ["max_completion_tokens", always],
  ["max_tokens", always],
  ["temperature", inRange("temperature")],
  ["top_p", inRange("top_p")],
  ["seed", inRange("seed")],
  ["frequency_penalty", inRange("frequency_penalty")],
  ["presence_penalty", inRange("presence_penalty")],
  ["top_k", inRange("top_k")],
  ["repetition_penalty", inRange("repetition_penalty")],
  ["raw", always],
  ["lora", ({ abilities }) => abilities.lora],
  ["stop", always],
  ["n", always],
  ["stream", always],
  ["stream_options", always],
  ["usage", always],
  ["tools", callsTools],
  ["tool_choice", callsTools],
  ["parallel_tool_calls", callsTools],
  ["functions", callsTools],
  ["function_call", callsTools],
  ["response_format", always],
  [
    "reasoning_effort",
    // A switch alone honours `none`.
    ({ abilities: { reasoning } }) => reasoning !== undefined && (reasoning.levels.length > 0 || reasoning.switchable),
  ],
  ["user", always],
  ["prompt_cache_key", always],
]);

/** The names of the parameters that have their effect with this model. */
export function supportedParameters(entry: ModelEntry): readonly string[] {
  return [...parameterSupport].flatMap(([name, isSupported]) => (isSupported(entry) ? [name] : []));
}
