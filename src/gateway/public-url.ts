import { GatewayError } from "../errors.ts";

/** Names that stand for the machine itself or for a network behind it. */
const PRIVATE_NAMES =
  /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|private|home\.arpa|test|invalid|example)$/;

/**
 * A caller's URL that the gateway may fetch: https, at its default port, without credentials, on a host that has a
 * public name. Addresses are refused altogether, in whatever notation: the parser has put every form of them
 * (`0x7f.1`, `2130706433`, `[::1]`) into its plain one. What a public name resolves to cannot be seen from a Worker;
 * Cloudflare's network, from which it fetches, does not reach private networks.
 */
export function refusePrivateUrl(text: string, param: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPublic =
    url !== undefined &&
    url.protocol === "https:" &&
    url.port === "" &&
    url.username === "" &&
    url.password === "" &&
    isPublicName(url.hostname.replace(/\.$/, ""));
  if (url !== undefined && isPublic) return url;
  const message = `Invalid value for '${param}': expected a data URL, or an https URL of a public host.`;
  throw new GatewayError("invalid_value", message, { param });
}

function isPublicName(hostname: string): boolean {
  const isAddress = /^[0-9.]+$/.test(hostname) || hostname.startsWith("[");
  return !isAddress && hostname.includes(".") && !PRIVATE_NAMES.test(hostname);
}
