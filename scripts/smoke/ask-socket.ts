/** Node's client takes headers, which that of a browser does not, and of which the types that are in force say nothing. */
const NodeSocket: new (url: string, options: { headers: Readonly<Record<string, string>> }) => WebSocket =
  Object(WebSocket);

/** A message over a WebSocket, and the messages that came back until one ended it. Rejects where none was opened. */
export function askSocket(url: string, headers: Headers, message: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = new NodeSocket(url.replace(/^http/, "ws"), { headers: Object.fromEntries(headers) });
    const texts: string[] = [];
    signal.addEventListener("abort", () => {
      reject(new Error("there was no end of it in time"));
      socket.close();
    });
    socket.addEventListener("open", () => socket.send(message));
    socket.addEventListener("error", () => reject(new Error("no WebSocket was opened")));
    socket.addEventListener("close", () => resolve(texts.join("\n")));
    socket.addEventListener("message", ({ data }) => {
      texts.push(String(data));
      if (/^\{"type":"(?:error|response\.(?:completed|failed|incomplete))"/.test(String(data))) socket.close();
    });
  });
}
