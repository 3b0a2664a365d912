import { GatewayError } from "../errors.ts";
import { parameterRanges } from "../models/parameters.ts";
import type { ParameterRange, RangedParameter } from "../models/parameters.ts";
import type { ModelEntry } from "../models/model.ts";
import type { ParameterTreatment } from "./parameter-report.ts";

export type SamplingParameter = Exclude<RangedParameter, "max_tokens">;

const samplingParameters: readonly SamplingParameter[] = [
  "temperature",
  "top_p",
  "top_k",
  "seed",
  "repetition_penalty",
  "frequency_penalty",
  "presence_penalty",
];

type SamplingRequest = Readonly<Record<SamplingParameter, number | undefined>>;

/**
 * The sampling inputs of a model. A value outside the model's range is brought into it where it keeps its meaning and
 * reported as adjusted; where it would not (a negative penalty asks for the opposite of none) the request is refused.
 */
export function toSamplingInputs(
  request: SamplingRequest,
  entry: ModelEntry,
  report: Map<string, ParameterTreatment>,
): Record<string, number> {
  const ranges = parameterRanges(entry);
  const inputs: Record<string, number> = {};
  for (const parameter of samplingParameters) {
    const value = request[parameter];
    if (value === undefined) continue;
    const range = ranges[parameter];
    if (range === undefined) {
      report.set(parameter, "ignored");
      continue;
    }
    const fitted = fit(parameter, value, range);
    if (fitted !== value) report.set(parameter, "adjusted");
    inputs[parameter] = fitted;
  }
  return inputs;
}

function fit(parameter: SamplingParameter, value: number, range: ParameterRange): number {
  if (value >= range.min && value <= range.max) return value;
  switch (parameter) {
    case "seed":
      return foldSeed(value, range);
    case "temperature":
    case "top_p":
    case "top_k":
      return Math.min(Math.max(value, range.min), range.max);
    case "repetition_penalty":
    case "frequency_penalty":
    case "presence_penalty": {
      const message = `Invalid value for '${parameter}': the model takes ${range.min} to ${range.max}.`;
      throw new GatewayError("invalid_value", message, { param: parameter });
    }
    default:
      return parameter satisfies never;
  }
}

/**
 * Equal seeds stay equal, and neighbouring ones different: 0 and the negatives go to the far end of the range. Counted in
 * big integers, since a seed of 64 bits less another is more than a number holds exactly.
 */
function foldSeed(seed: number, range: ParameterRange): number {
  const least = BigInt(range.min);
  const size = BigInt(range.max) - least + 1n;
  const offset = (BigInt(seed) - least) % size;
  return Number(least + (offset < 0n ? offset + size : offset));
}
