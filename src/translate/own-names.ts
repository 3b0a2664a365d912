import { GatewayError } from "../errors.ts";

/** An error about an input of the upstream's as one about the parameter that it came from. */
export function inOwnNames(error: GatewayError, names: Readonly<Record<string, string>>): GatewayError {
  const { kind, message, param, upstreamCode } = error;
  const own = param === undefined || !Object.hasOwn(names, param) ? undefined : names[param];
  if (own === undefined) return error;
  return new GatewayError(kind, message.replace(`'${param}'`, `'${own}'`), { param: own, upstreamCode, cause: error });
}
