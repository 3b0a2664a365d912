import type { RunInputs } from "../workers-ai/binding.ts";
import { isJsonObject, objectOf, type JsonObject } from "./json-value.ts";

/** The request that the runtime's `Ai` class makes of a call. What is its own affair stays out of the body. */
export function toRunRequest(model: string, inputs: RunInputs, options: JsonObject): Request {
  const { extraHeaders, signal: _signal, returnRawResponse: _raw, ...sent } = options;
  const { gateway } = sent;
  const path = isJsonObject(gateway) && typeof gateway.id === "string" && gateway.id !== "" ? "ai-gateway/run" : "run";
  const headers = new Headers(
    isJsonObject(extraHeaders) ? Object.entries(extraHeaders).map(([name, value]) => [name, String(value)]) : [],
  );
  headers.set("content-type", "application/json");
  headers.set("cf-consn-sdk-version", "2.0.0");
  headers.set("cf-consn-model-id", model);
  const form = Object.entries(inputs).find(([, value]) => isJsonObject(value) && value.body instanceof ReadableStream);
  if (form !== undefined) return toStreamedRequest(path, headers, inputs, form[0]);
  return new Request(`https://workers-binding.ai/${path}?version=3`, {
    method: "POST",
    headers,
    body: JSON.stringify({ inputs, options: sent }),
  });
}

/** An input that is a stream goes as the body, and the others in the URL. */
function toStreamedRequest(path: string, headers: Headers, inputs: RunInputs, name: string): Request {
  const { [name]: streamed, ...others } = inputs;
  const { body, contentType } = objectOf(streamed);
  headers.set("content-type", String(contentType));
  const url = new URL(`https://workers-binding.ai/${path}?version=3`);
  url.searchParams.set("userInputs", JSON.stringify(others));
  return new Request(url, { method: "POST", headers, body: body instanceof ReadableStream ? body : null });
}
