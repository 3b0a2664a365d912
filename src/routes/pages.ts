import type { GatewayContext } from "../env.ts";
import { answerUnknownUrl } from "./error-answer.ts";

/** What a page may do: load its own script, style and pictures, and call this gateway; no page of another's frames it. */
const fence = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];

/** Of this project's own pages: text of a model's that found its way into markup would still not run. */
const POLICY = [
  ...fence,
  "style-src 'self'",
  "img-src 'self' data:",
  "media-src data:",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

/** Of the reference: Scalar writes its style into the page and sets markup, and shows pictures and sound out of blobs. */
const REFERENCE_POLICY = [
  ...fence,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src data: blob:",
].join("; ");

const pageHeaders = {
  "content-security-policy": POLICY,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
};

const documentHeaders = { "access-control-allow-origin": "*", "x-content-type-options": "nosniff" };

/** The playground; `undefined` where it is turned off, or nothing of it was deployed. */
export async function playground(c: GatewayContext): Promise<Response | undefined> {
  if (!c.get("settings").config.PLAYGROUND) return undefined;
  const response = await readFile(c, "playground.html");
  // The same URL is text for whoever does not ask for HTML.
  response?.headers.append("vary", "accept");
  return response;
}

/** `GET /usage`: there where there is an admin key, whose holders it is for. What it shows comes from the admin API. */
export async function usagePage(c: GatewayContext): Promise<Response> {
  const { ADMIN_KEY: adminKey } = c.get("settings").config;
  const response = adminKey === undefined ? undefined : await readFile(c, "usage.html");
  return response ?? answerUnknownUrl(c);
}

/** `GET /docs`: the reference, made in the browser from `/openapi.json`. It goes with the playground. */
export async function referencePage(c: GatewayContext): Promise<Response> {
  const { PLAYGROUND: hasPages } = c.get("settings").config;
  const response = hasPages ? await readFile(c, "reference.html") : undefined;
  response?.headers.set("content-security-policy", REFERENCE_POLICY);
  return response ?? answerUnknownUrl(c);
}

/** `GET /assets/{name}`: a script, style or picture of the pages. */
export async function pageFile(c: GatewayContext): Promise<Response> {
  const name = c.req.param("name") ?? "";
  const { PLAYGROUND: hasPlayground, ADMIN_KEY: adminKey } = c.get("settings").config;
  const isWanted = (hasPlayground || adminKey !== undefined) && !/\.(?:html|json)$/.test(name);
  const response = isWanted ? await readFile(c, name) : undefined;
  return response ?? answerUnknownUrl(c);
}

/** `GET /openapi.json`, without a key and for pages of every origin: what the API is like is no secret. */
export async function apiDocument(c: GatewayContext): Promise<Response> {
  const response = await readFile(c, "openapi.json", documentHeaders);
  return response ?? answerUnknownUrl(c);
}

/** One of the static files, or `undefined` where there is none. */
async function readFile(
  c: GatewayContext,
  name: string,
  headers: Readonly<Record<string, string>> = pageHeaders,
): Promise<Response | undefined> {
  const { ASSETS: files } = c.env;
  if (files === undefined || !/^[a-z-]+\.[a-z]+$/.test(name)) return undefined;
  // The request goes along: its method, and the validators of what the browser has already.
  const found = await files.fetch(new Request(new URL(`/${name}`, c.req.url), c.req.raw));
  if (found.status === 404) return undefined;
  const response = new Response(found.body, found);
  for (const [header, value] of Object.entries(headers)) response.headers.set(header, value);
  // It replaces the answer that the context prepared, and with it this header.
  response.headers.set("x-request-id", c.get("requestId"));
  return response;
}
