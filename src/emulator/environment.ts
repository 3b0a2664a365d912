import type { EmulatorOptions } from "./options.ts";

/** The variables that the emulator reads, as a Worker's environment has them. */
export interface EmulatorEnvironment {
  /** `http://localhost:11434/v1`: takes answers from any server that speaks OpenAI's API. */
  readonly EMULATOR_UPSTREAM?: string;
  readonly EMULATOR_UPSTREAM_MODEL?: string;
  readonly EMULATOR_UPSTREAM_KEY?: string;
  /** `false` answers as the models' pages say, without the oddities of production. */
  readonly EMULATOR_QUIRKS?: string;
  readonly EMULATOR_FIRST_TOKEN_MS?: string;
  readonly EMULATOR_TOKENS_PER_SECOND?: string;
  /** From 0 to 1. */
  readonly EMULATOR_FAILURE_RATE?: string;
  readonly EMULATOR_SEED?: string;
}

/** The options that the variables stand for. Throws on a number that is none. */
export function toEmulatorOptions(environment: EmulatorEnvironment): EmulatorOptions {
  const { EMULATOR_UPSTREAM: baseUrl, EMULATOR_UPSTREAM_MODEL: model, EMULATOR_UPSTREAM_KEY: apiKey } = environment;
  return {
    quirks: environment.EMULATOR_QUIRKS !== "false",
    ...toNumber(environment, "EMULATOR_FIRST_TOKEN_MS", "timeToFirstTokenMs"),
    ...toNumber(environment, "EMULATOR_TOKENS_PER_SECOND", "tokensPerSecond"),
    ...toNumber(environment, "EMULATOR_FAILURE_RATE", "failureRate"),
    ...toNumber(environment, "EMULATOR_SEED", "seed"),
    ...(isSet(baseUrl)
      ? {
          upstream: { baseUrl, ...(isSet(model) ? { model } : {}), ...(isSet(apiKey) ? { apiKey } : {}) },
          onUpstreamFailure: reportUpstreamFailure,
        }
      : {}),
  };
}

const SILENCE_MS = 5000;
let reported = { message: "", at: 0 };

/** To whoever runs the emulator, once for all the attempts of a request. A gateway in front of it shows its clients nothing of an upstream's own. */
function reportUpstreamFailure(message: string): void {
  const now = Date.now();
  if (reported.message === message && now - reported.at < SILENCE_MS) return;
  reported = { message, at: now };
  // oxlint-disable-next-line no-console -- the emulator never runs anywhere but in a terminal
  console.error(`${message} Without EMULATOR_UPSTREAM the emulator answers by itself.`);
}

type NumberVariable =
  | "EMULATOR_FIRST_TOKEN_MS"
  | "EMULATOR_TOKENS_PER_SECOND"
  | "EMULATOR_FAILURE_RATE"
  | "EMULATOR_SEED";

function toNumber(
  environment: EmulatorEnvironment,
  name: NumberVariable,
  option: keyof EmulatorOptions,
): EmulatorOptions {
  const written = environment[name];
  if (!isSet(written)) return {};
  const value = Number(written);
  if (!Number.isFinite(value) || value < 0) throw new Error(`${name} must be a number from 0 on, and is "${written}".`);
  return { [option]: value };
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== "";
}
