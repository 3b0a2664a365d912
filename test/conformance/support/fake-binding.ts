import type { AiBinding } from "../../../src/workers-ai/binding.ts";

export interface FakeBinding extends AiBinding {
  /** The models that were called, in order. */
  readonly runs: readonly string[];
}

/** Workers AI reduced to a list of answers: the first call gets the first, and the last one is repeated. */
export function createFakeBinding(...answers: readonly (() => Response | Promise<Response>)[]): FakeBinding {
  const runs: string[] = [];
  return {
    runs,
    async run(model) {
      const answer = answers[Math.min(runs.length, answers.length - 1)];
      runs.push(model);
      if (answer === undefined) throw new TypeError("no answer was given");
      return answer();
    },
  };
}

/** A refusal in the form in which Workers AI sends most of its own. */
export function refusal(status: number, code: number, headers: Record<string, string> = {}): () => Response {
  const description = `${code}: upstream detail`;
  return () =>
    Response.json({ internalCode: code, name: "AiError", description, message: description }, { status, headers });
}

export function textAnswer(text: string): () => Response {
  return () => Response.json({ response: text, usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } });
}

/** A native stream that says these texts and then ends as `end` tells: properly, or by breaking off. */
export function streamAnswer(
  texts: readonly string[],
  end: "done" | "break" | "error frame" | "silence",
): () => Response {
  return () => {
    const encoder = new TextEncoder();
    const records = texts.map((response) => JSON.stringify({ response, p: "abc" }));
    if (end === "done") records.push(JSON.stringify({ response: "", usage: usageOf(texts.length) }), "[DONE]");
    if (end === "error frame") records.push(JSON.stringify({ errors: [{ code: 3043, message: "inner secret" }] }));
    const chunks = records.map((data) => encoder.encode(`data: ${data}\n\n`));
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const chunk = chunks.shift();
        if (chunk !== undefined) controller.enqueue(chunk);
        else if (end === "break") controller.error(new Error("connection reset: inner secret"));
        else if (end === "silence") await new Promise(() => undefined);
        else controller.close();
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  };
}

function usageOf(completion: number): object {
  return { prompt_tokens: 5, completion_tokens: completion, total_tokens: 5 + completion };
}
