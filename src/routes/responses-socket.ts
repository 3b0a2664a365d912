import type { GatewayContext } from "../env.ts";
import { GatewayError } from "../errors.ts";
import { systemClock } from "../gateway/ports.ts";
import { toSocketError } from "../openai/socket-event.ts";
import { logWhenOver } from "./metering.ts";
import { toCaller } from "./order.ts";
import { createResponseSession } from "./response-session.ts";
import { openStorage } from "./storage.ts";

/** How long a connection lasts; Open Responses and OpenAI have the same limit. */
const LONGEST_CONNECTION_MS = 60 * 60 * 1000;

const NORMAL_CLOSURE = 1000;

/** `GET /v1/responses`, asked for as a WebSocket. */
export async function connectResponses(c: GatewayContext): Promise<Response> {
  if (c.req.header("upgrade")?.toLowerCase() !== "websocket") {
    const message = "GET on this URL opens a WebSocket; to create a response, POST to it.";
    throw new GatewayError("method_not_allowed", message, { allowedMethods: ["POST", "OPTIONS"] });
  }
  const storage = await openStorage(c);
  const caller = toCaller(c);
  const { 0: client, 1: socket } = new WebSocketPair();
  socket.accept();
  const send = (text: string): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(text);
  };
  const session = createResponseSession({
    send,
    storage,
    maxMessageBytes: caller.settings.config.MAX_BODY_BYTES,
    toCaller: (signal) => ({ ...caller, signal, follow: (meter) => logWhenOver(meter, caller) }),
  });
  let isOver = false;

  function closeWhenIdle(): void {
    if (!isOver || session.isBusy()) return;
    const error = new GatewayError(
      "websocket_connection_limit_reached",
      "Responses websocket connection limit reached (60 minutes). Create a new websocket connection to continue.",
    );
    send(toSocketError(error));
    socket.close(NORMAL_CLOSURE);
  }

  const stop = systemClock.after(LONGEST_CONNECTION_MS, () => {
    isOver = true;
    closeWhenIdle();
  });
  socket.addEventListener("message", ({ data }) => {
    if (!isOver) caller.defer(session.receive(data).then(closeWhenIdle));
  });
  for (const type of ["close", "error"] as const) {
    socket.addEventListener(type, () => {
      stop();
      session.end();
    });
  }
  return new Response(null, { status: 101, webSocket: client });
}
