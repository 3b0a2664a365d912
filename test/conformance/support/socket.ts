import type { TestGateway } from "../../support/gateway.ts";

/** A message of the server's. */
export type SocketEvent = Readonly<Record<string, unknown>> & { readonly type: string };

export interface TestSocket {
  send(message: unknown): void;
  /** The events up to one that ends a response or a request. */
  turn(): Promise<readonly SocketEvent[]>;
  /** The events up to the first of a type. */
  first(type: string): Promise<readonly SocketEvent[]>;
  /** Sends a request and reads what comes of it. */
  ask(request: object): Promise<readonly SocketEvent[]>;
  close(): void;
}

const ENDS = new Set(["response.completed", "response.incomplete", "response.failed", "error"]);

/** A WebSocket to the Responses API of an app in this process. */
export async function openSocket(gateway: TestGateway): Promise<TestSocket> {
  const { status, webSocket: socket } = await gateway.request("/v1/responses", { headers: { upgrade: "websocket" } });
  if (!socket) throw new Error(`no WebSocket, but ${status}`);
  const received: SocketEvent[] = [];
  let wake: (() => void) | undefined;
  socket.addEventListener("message", ({ data }) => {
    const event: SocketEvent = JSON.parse(String(data));
    received.push(event);
    wake?.();
  });
  socket.accept();

  async function readTo(isLast: (event: SocketEvent) => boolean): Promise<readonly SocketEvent[]> {
    for (;;) {
      const end = received.findIndex(isLast);
      if (end !== -1) return received.splice(0, end + 1);
      await new Promise<void>((resolve) => (wake = resolve));
    }
  }

  const turn = async (): Promise<readonly SocketEvent[]> => readTo(({ type }) => ENDS.has(type));
  const send = (message: unknown): void => socket.send(typeof message === "string" ? message : JSON.stringify(message));
  return {
    send,
    turn,
    first: async (wanted) => readTo(({ type }) => type === wanted),
    ask(request) {
      send({ type: "response.create", ...request });
      return turn();
    },
    close: () => socket.close(1000),
  };
}
