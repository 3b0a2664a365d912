import type { InProcessFetch } from "./in-process.ts";

/** What a client is asked to send. Each client writes it in its own words. */
export interface ClientCall {
  readonly model: string;
  readonly maxTokens: number | undefined;
  readonly tools: readonly ToolDefinition[];
  /** Takes the client's requests to the gateway. */
  readonly fetch: InProcessFetch;
}

export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  readonly parameters: {
    readonly type: "object";
    readonly properties: Readonly<Record<string, { readonly type: "string" }>>;
    readonly required: string[];
    readonly additionalProperties: boolean;
  };
}

/** What a client tells its caller of an answer. A member that the client keeps to itself is left out. */
export interface Reading {
  readonly text: string;
  readonly calls: readonly { readonly name: string; readonly arguments: unknown }[];
  readonly finish?: string | undefined;
  /** Prompt, completion and total tokens; `undefined` where the client was told none. */
  readonly usage?: readonly [number, number, number] | undefined;
  readonly reasoning?: string;
}

/** One way of one client to get an answer. Throws what the client throws. */
export type Reader = (call: ClientCall) => Promise<Reading>;

export const PROMPT = "Hello";

export function parseArguments(text: string): unknown {
  return JSON.parse(text);
}
