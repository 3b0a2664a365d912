import { Agent, request } from "node:http";
import type { ClientRequest as OutgoingRequest } from "node:http";
import { API_KEY } from "./client.ts";
import type { PlannedRequest } from "./soak-plan.ts";

/** What became of a request. */
export type Outcome =
  | { readonly type: "answered"; readonly status: number; readonly body: Buffer }
  | { readonly type: "left" }
  | { readonly type: "broken"; readonly message: string }
  | { readonly type: "stuck" };

export interface SoakClient {
  send(planned: PlannedRequest): Promise<Outcome>;
  close(): void;
}

/** No limit of the gateway's is as long as this, in milliseconds. */
const STUCK_MS = 30_000;

export function createSoakClient(port: number, connections: number): SoakClient {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return { send: (planned) => send(agent, port, planned), close: () => agent.destroy() };
}

function send(agent: Agent, port: number, { path, body, leaves }: PlannedRequest): Promise<Outcome> {
  return new Promise((resolve) => {
    const text = JSON.stringify(body);
    const headers = { authorization: `Bearer ${API_KEY}`, "content-type": "application/json" };
    const parts: Buffer[] = [];
    const outgoing = request({ agent, host: "127.0.0.1", port, path, method: "POST", headers }, (incoming) => {
      incoming.on("data", (part: Buffer) => {
        parts.push(part);
        if (leaves !== undefined && "afterChunks" in leaves && parts.length >= leaves.afterChunks) leave();
      });
      incoming.on("error", (error) => settle({ type: "broken", message: error.message }));
      incoming.on("end", () => {
        settle({ type: "answered", status: incoming.statusCode ?? 0, body: Buffer.concat(parts) });
      });
    });
    const timers: NodeJS.Timeout[] = [];
    // Of silence and not in all: an answer that comes byte by byte takes its time on a busy machine.
    outgoing.setTimeout(STUCK_MS, () => settle({ type: "stuck" }));
    if (leaves !== undefined && "afterMs" in leaves) timers.push(setTimeout(leave, leaves.afterMs));

    function leave(): void {
      settle({ type: "left" });
      reset(outgoing);
    }

    function settle(outcome: Outcome): void {
      for (const timer of timers) clearTimeout(timer);
      if (outcome.type === "stuck") reset(outgoing);
      resolve(outcome);
    }

    outgoing.on("error", (error) => settle({ type: "broken", message: error.message }));
    outgoing.end(text);
  });
}

/** A reset and not a mere end: without output to fail on, the runtime's own HTTP server learns of nothing else. */
function reset(outgoing: OutgoingRequest): void {
  if (outgoing.socket === null) outgoing.destroy();
  else outgoing.socket.resetAndDestroy();
}
