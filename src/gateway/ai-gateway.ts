import type { AiBinding, AiGatewayOptions, RunInputs } from "../workers-ai/binding.ts";

/** What an AI Gateway says of a call, under the names of its own headers. */
const toldHeaders = ["cf-aig-log-id", "cf-aig-cache-status"] as const;

/**
 * The binding, with every call sent through an AI Gateway. `tell` is given what it says of each call. Inputs that hold a
 * stream go past it: the binding refuses them there.
 */
export function throughAiGateway(
  binding: AiBinding,
  gateway: AiGatewayOptions,
  tell: (name: string, value: string) => void,
): AiBinding {
  const made = new Set<RunInputs>();
  return {
    async run(model, inputs, options) {
      if (holdsStream(inputs)) return binding.run(model, inputs, options);
      // The choices of an answer are equal calls and shall not be equal answers; nor is a broken answer to be had again.
      const isAgain = made.has(inputs);
      made.add(inputs);
      const through = isAgain ? { ...gateway, skipCache: true } : gateway;
      const response = await binding.run(model, inputs, { ...options, gateway: through });
      for (const name of toldHeaders) {
        const value = response.headers.get(name);
        if (value !== null) tell(name, value);
      }
      return response;
    },
  };
}

function holdsStream(inputs: RunInputs): boolean {
  return Object.values(inputs).some(
    (value) =>
      isStream(value) || (typeof value === "object" && value !== null && "body" in value && isStream(value.body)),
  );
}

function isStream(value: unknown): boolean {
  return value instanceof ReadableStream || value instanceof FormData;
}
