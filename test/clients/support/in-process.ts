import { timingSafeEqual } from "node:crypto";
import { vi } from "vitest";
import { createTestGateway, type TestGatewayOptions } from "../../support/gateway.ts";

// The one thing that the app uses of workerd and Node does not have.
Object.assign(crypto.subtle, { timingSafeEqual });

// A client that is not given the gateway's `fetch`, or has something to tell its makers, fails.
vi.stubGlobal("fetch", (input: unknown) => Promise.reject(new Error(`A client went to the network: ${String(input)}`)));

export type InProcessFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

export interface InProcessGateway {
  /** What a client uses in place of the platform's `fetch`. */
  readonly fetch: InProcessFetch;
  /** The bodies of the answers so far, in order, whatever the client made of them. */
  readonly received: () => Promise<readonly string[]>;
}

export const BASE_URL = "https://gateway.test/v1";
export const API_KEY = "sk-test";

/** The whole app, called by a client in this process. */
export function createInProcessGateway(options: TestGatewayOptions = {}): InProcessGateway {
  const gateway = createTestGateway(options);
  const bodies: Promise<string>[] = [];
  return {
    async fetch(input, init) {
      const { pathname } = new URL(input instanceof Request ? input.url : input);
      const response = await gateway.request(pathname, init);
      bodies.push(response.clone().text());
      return response;
    },
    received: () => Promise.all(bodies),
  };
}
