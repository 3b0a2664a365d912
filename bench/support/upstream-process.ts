import { fork } from "node:child_process";
import { once } from "node:events";
import { isRecord } from "../../src/json.ts";
import { adoptChild } from "./children.ts";
import type { UpstreamBody } from "./upstream-bodies.ts";

/** The loopback upstream, in a process of its own, so that its work is in nobody's CPU time. */
export interface Upstream {
  readonly port: number;
  /** From now on every run is answered with this. */
  answerWith(body: UpstreamBody): Promise<void>;
}

export async function startUpstream(): Promise<Upstream> {
  const child = adoptChild(fork("bench/upstream.ts"));
  const [address]: unknown[] = await once(child, "message");
  if (!isRecord(address) || typeof address["port"] !== "number") throw new Error("The upstream did not start.");
  return {
    port: address["port"],
    async answerWith(body) {
      child.send(body);
      await once(child, "message");
    },
  };
}
