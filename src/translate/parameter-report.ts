import { GatewayError } from "../errors.ts";

/**
 * What became of a parameter that was not plainly honoured: done by the gateway in the model's place, brought into the
 * model's range, or without any effect.
 */
export type ParameterTreatment = "emulated" | "adjusted" | "ignored";

/** Request parameters by their OpenAI names, in the order in which the translation met them. */
export type ParameterReport = ReadonlyMap<string, ParameterTreatment>;

/** The value of `x-flaregate-parameters`: `stop=emulated, seed=adjusted`. */
export function toParameterHeader(report: ParameterReport): string {
  return [...report].map(([parameter, treatment]) => `${parameter}=${treatment}`).join(", ");
}

/** For callers who would rather be refused than have a parameter without effect. */
export function refuseIgnored(report: ParameterReport, model: string): void {
  for (const [param, treatment] of report) {
    if (treatment === "ignored") {
      throw new GatewayError(
        "unsupported_parameter",
        `Unsupported parameter: '${param}' has no effect with the model '${model}'.`,
        { param },
      );
    }
  }
}
