import type { GatewayContext } from "../env.ts";

const MOST_LENGTH = 255;

/** Anything else could end up in a log or a header that it was not written for. */
const OWN_FORM = /^[\w\-=]+$/;

/** The id of a request: the caller's, where it brings a usable one, else a new one. */
export function toRequestId(c: GatewayContext): string {
  const given = c.req.header("x-request-id") ?? "";
  if (given.length <= MOST_LENGTH && OWN_FORM.test(given)) return given;
  return `req_${crypto.randomUUID().replaceAll("-", "")}`;
}
