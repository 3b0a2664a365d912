import type { Fault } from "./fault.ts";

function throws(id: string, description: string, thrown: () => unknown): Fault {
  // What is thrown need not be an error: that is the point.
  return { id: `@emulator/${id}`, description, respond: () => Promise.reject(thrown()) };
}

function connectionLost(): Error {
  return Object.assign(new Error("Network connection lost."), { retryable: true });
}

/** The runs that give no response at all. Over HTTP they look like a broken connection. */
export const throwing: readonly Fault[] = [
  throws("connection-lost", "Throws `Network connection lost.`, marked as retryable.", connectionLost),
  {
    id: "@emulator/connection-lost-then-ok",
    description: "Throws `Network connection lost.` once, then answers.",
    respond: (call) => (call.attempt === 1 ? Promise.reject(connectionLost()) : undefined),
  },
  throws("throws-error", "Throws an Error with the code and words of a capacity problem.", () =>
    Object.assign(new Error("3040: Capacity temporarily exceeded, please try again."), {
      name: "InferenceUpstreamError",
    }),
  ),
  throws(
    "throws-over-rpc",
    "Throws an Error whose message starts with a name, as it arrives over RPC.",
    () => new Error("AiError: 3040: Capacity temporarily exceeded, please try again."),
  ),
  throws(
    "throws-no-remote",
    "Throws what the binding throws in local development.",
    () => new Error("Binding AI needs to be run remotely"),
  ),
  throws("throws-undefined", "Throws undefined.", () => undefined),
  throws("throws-string", "Throws a string.", () => "something went wrong"),
  throws("throws-getter", "Throws an object whose message cannot be read.", () => ({
    get message(): string {
      throw new Error("a getter that throws");
    },
  })),
];
