import type { AiBinding } from "../../src/workers-ai/binding.ts";

export interface CountingBinding extends AiBinding {
  readonly calls: readonly Readonly<{ model: string; inputs: unknown }>[];
}

/** A binding that answers every call as `respond` does, and remembers the calls. */
export function createBinding(respond: (model: string) => Response | Promise<Response>): CountingBinding {
  const calls: { model: string; inputs: unknown }[] = [];
  return {
    calls,
    run: async (model, inputs) => {
      calls.push({ model, inputs });
      return respond(model);
    },
  };
}

/** A native model's plain answer. */
export function nativeAnswer(text = "Hi"): Response {
  const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
  return Response.json({ response: text, usage });
}
