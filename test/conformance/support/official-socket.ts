import { OpenAI } from "openai";
import { ResponsesWSBase } from "openai/resources/responses/ws-base";
import type { TestGateway } from "../../support/gateway.ts";

/** Of whatever its event hands over. */
type Listener = (...values: never[]) => void;

/** A socket of this runtime in the form in which the client wants it. */
class SocketAdapter {
  readonly #socket: WebSocket;
  readonly #wrapped = new Map<Listener, (event: Event) => void>();

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  get readyState(): number {
    return this.#socket.readyState;
  }

  send(data: string | ArrayBufferLike | ArrayBufferView): void {
    if (typeof data !== "string") throw new Error("The client sends texts.");
    this.#socket.send(data);
  }

  close(code?: number, reason?: string): void {
    this.#socket.close(code, reason);
  }

  on(type: string, listener: Listener): void {
    // The client's own listener of this very type.
    const tell = listener as (...values: unknown[]) => void;
    const wrapped = (event: Event): void => {
      if (event instanceof MessageEvent) tell(event.data, false);
      else if (event instanceof CloseEvent) tell(event.code, event.reason);
      else tell(event);
    };
    this.#wrapped.set(listener, wrapped);
    this.#socket.addEventListener(type as keyof WebSocketEventMap, wrapped);
  }

  off(type: string, listener: Listener): void {
    const wrapped = this.#wrapped.get(listener);
    if (wrapped !== undefined) this.#socket.removeEventListener(type as keyof WebSocketEventMap, wrapped);
  }

  once(type: string, listener: Listener): void {
    const first: Listener = (...values) => {
      this.off(type, first);
      listener(...values);
    };
    this.on(type, first);
  }
}

class OfficialSocket extends ResponsesWSBase<SocketAdapter> {
  readonly #adapter: SocketAdapter;

  constructor(socket: WebSocket) {
    super(new OpenAI({ apiKey: "sk-test", baseURL: "https://gateway.test/v1" }));
    this.#adapter = new SocketAdapter(socket);
    // oxlint-disable-next-line no-underscore-dangle -- the name that the client gives to its subclasses
    this._connectInitial();
  }

  protected _createSocket(): SocketAdapter {
    return this.#adapter;
  }
}

/** The official client's WebSocket to the Responses API of an app in this process. */
export async function openOfficialSocket(gateway: TestGateway): Promise<OfficialSocket> {
  const { status, webSocket } = await gateway.request("/v1/responses", { headers: { upgrade: "websocket" } });
  if (!webSocket) throw new Error(`no WebSocket, but ${status}`);
  webSocket.accept();
  return new OfficialSocket(webSocket);
}
