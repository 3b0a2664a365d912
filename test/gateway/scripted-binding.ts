import type { AiBinding, RunInputs, RunOptions } from "../../src/workers-ai/binding.ts";

/** One call of the upstream. */
export interface UpstreamCall {
  readonly model: string;
  readonly inputs: RunInputs;
  readonly options: RunOptions;
}

export type Answer = (call: UpstreamCall) => Response | Promise<Response>;

export interface ScriptedBinding extends AiBinding {
  readonly calls: readonly UpstreamCall[];
  /** The models that were called, in order. */
  readonly called: readonly string[];
}

/** Workers AI reduced to a list of answers: the first call gets the first, and the last one is repeated. */
export function createScriptedBinding(answers: readonly Answer[]): ScriptedBinding {
  const calls: UpstreamCall[] = [];
  return {
    calls,
    get called() {
      return calls.map(({ model }) => model);
    },
    async run(model, inputs, options) {
      const answer = answers[Math.min(calls.length, answers.length - 1)];
      const call = { model, inputs, options };
      calls.push(call);
      if (answer === undefined) throw new Error("no answer was scripted");
      return answer(call);
    },
  };
}

/** A whole native answer. */
export function whole(response: unknown, members: object = {}): Answer {
  return () =>
    Response.json({ response, usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 }, ...members });
}

/** A native stream of these texts that ends properly. */
export function stream(...texts: readonly string[]): Answer {
  return () => {
    const tap = createTap();
    for (const text of texts) tap.say(text);
    tap.done();
    return tap.response();
  };
}

/** A refusal of Workers AI's own. */
export function refusal(status: number, code: number, headers: Record<string, string> = {}): Answer {
  const description = `${code}: detail`;
  return () =>
    Response.json({ internalCode: code, name: "AiError", description, message: description }, { status, headers });
}

/** A call that neither answers nor reacts to being aborted. */
export const silence: Answer = () => new Promise(() => undefined);

/** A stream in the test's hands. Frames wait until they are read, one a read. */
export interface Tap {
  response(): Response;
  say(text: string): void;
  frame(value: object): void;
  done(): void;
  /** The connection breaks. */
  fail(): void;
  /** How many frames were taken. */
  readonly taken: number;
  readonly isCancelled: boolean;
}

export function createTap(): Tap {
  const encoder = new TextEncoder();
  const frames: string[] = [];
  const state: { ending: "open" | "closed" | "failed" } = { ending: "open" };
  let wake: (() => void) | undefined;
  let taken = 0;
  let isCancelled = false;

  async function pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    while (frames.length === 0 && state.ending === "open") {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const frame = frames.shift();
    if (frame !== undefined) {
      taken += 1;
      controller.enqueue(encoder.encode(`data: ${frame}\n\n`));
    } else if (isCancelled) return;
    else if (state.ending === "failed") controller.error(new Error("connection reset"));
    else controller.close();
  }

  function cancel(): void {
    isCancelled = true;
    // A read that is pending in the source ends with it.
    state.ending = "closed";
    wake?.();
  }

  function add(frame: string): void {
    frames.push(frame);
    wake?.();
  }

  return {
    response() {
      const body = new ReadableStream<Uint8Array>({ pull, cancel }, { highWaterMark: 0 });
      return new Response(body, { headers: { "content-type": "text/event-stream" } });
    },
    say: (text) => add(JSON.stringify({ response: text, p: "abc" })),
    frame: (value) => add(JSON.stringify(value)),
    done() {
      add(JSON.stringify({ response: "", usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } }));
      state.ending = "closed";
      add("[DONE]");
    },
    fail() {
      state.ending = "failed";
      wake?.();
    },
    get taken() {
      return taken;
    },
    get isCancelled() {
      return isCancelled;
    },
  };
}
