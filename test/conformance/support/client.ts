import { OpenAI, type ClientOptions } from "openai";
import { createTestGateway, type TestGatewayOptions } from "../../support/gateway.ts";

export interface TestClient {
  readonly client: OpenAI;
  /** What the client really sent and received, in order; more than one entry where it retried. */
  readonly exchanges: readonly Exchange[];
}

export interface Exchange {
  readonly method: string;
  /** Path and query, as the client encoded them. */
  readonly path: string;
  readonly requestHeaders: Headers;
  readonly response: Response;
}

/** The official client, connected to the whole app in-process. It repeats nothing, unless the test asks for that. */
export function createTestClient(
  gatewayOptions: TestGatewayOptions = {},
  clientOptions: ClientOptions = {},
): TestClient {
  const { fetch, exchanges } = createRecordingFetch(gatewayOptions);
  const client = new OpenAI({
    apiKey: "sk-test",
    baseURL: "https://gateway.test/v1",
    maxRetries: 0,
    fetch,
    ...clientOptions,
  });
  return { client, exchanges };
}

type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** A `fetch` that ends at the whole app in-process, and what went through it. */
export function createRecordingFetch(gatewayOptions: TestGatewayOptions): { fetch: Fetch; exchanges: Exchange[] } {
  const gateway = createTestGateway(gatewayOptions);
  const exchanges: Exchange[] = [];
  const fetch: Fetch = async (input, init) => {
    const { method, url, headers } = new Request(input, {
      method: init?.method ?? "GET",
      headers: init?.headers ?? {},
    });
    const path = url.slice(new URL(url).origin.length);
    const response = await orAborted(gateway.request(path, init), init?.signal);
    exchanges.push({ method, path, requestHeaders: headers, response });
    return response;
  };
  return { fetch, exchanges };
}

/** As `fetch` does: a request that is aborted rejects at once, whatever the other side still answers. */
async function orAborted(answer: Promise<Response>, signal: AbortSignal | null | undefined): Promise<Response> {
  if (!signal) return answer;
  const aborted = Promise.withResolvers<never>();
  const reject = (): void => aborted.reject(new DOMException("The operation was aborted.", "AbortError"));
  signal.addEventListener("abort", reject);
  return Promise.race([answer, aborted.promise]).finally(() => signal.removeEventListener("abort", reject));
}
