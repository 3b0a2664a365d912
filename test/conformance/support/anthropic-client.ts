import Anthropic, { type ClientOptions } from "@anthropic-ai/sdk";
import type { TestGatewayOptions } from "../../support/gateway.ts";
import { createRecordingFetch, type Exchange } from "./client.ts";

export interface AnthropicTestClient {
  readonly client: Anthropic;
  readonly exchanges: readonly Exchange[];
}

/** Anthropic's client, connected to the whole app in-process. It sends its key as it always does, in `x-api-key`. */
export function createAnthropicClient(
  gatewayOptions: TestGatewayOptions = {},
  clientOptions: ClientOptions = {},
): AnthropicTestClient {
  const { fetch, exchanges } = createRecordingFetch({ authorization: null, ...gatewayOptions });
  const client = new Anthropic({
    apiKey: "sk-test",
    baseURL: "https://gateway.test",
    maxRetries: 0,
    fetch,
    ...clientOptions,
  });
  return { client, exchanges };
}
