import { createRandom } from "./random.ts";

/** What the loopback upstream is told to answer with. */
export interface UpstreamBody {
  readonly form: "native" | "dual" | "openai" | "tool-calls" | "json";
  /** Events of a stream; for JSON the bytes of the text, about. */
  readonly size: number;
  /** Events that the network brings in one piece. */
  readonly eventsPerChunk?: number;
  /** Other texts of the same size; the size itself where there is none. */
  readonly seed?: number;
  /** Milliseconds between two pieces; at once where there is none. */
  readonly paceMs?: number;
}

/** What a client must find in the answer, whatever carried it. */
export interface ExpectedAnswer {
  readonly text: string;
  readonly argumentsText: string | undefined;
  readonly finishReason: "stop" | "tool_calls";
  readonly promptTokens: number;
  readonly completionTokens: number;
}

export const TOOL_NAME = "get_weather";

const PROMPT_TOKENS = 31;

/** Tokens as a model makes them: most are plain, some have to be escaped, some are not ASCII. */
const TOKENS =
  ' the| sea| is| a| of| and| to| water| in| that| it| covers| more| than| seventy| percent|,|.| Its| salt| comes| from| rivers| and| rocks| deep|ing|\n\n| "|–| Ærø'.split(
    "|",
  );

/** The pieces of the body as the network brings them, and what they say. */
export function createUpstreamBody(body: UpstreamBody): { pieces: Buffer[]; expected: ExpectedAnswer } {
  const random = createRandom(body.seed ?? body.size);
  const padding = () => "abcdefghijklmnopqrstuvwxyz0123456789".slice(0, 1 + Math.floor(random() * 35));
  const tokens = Array.from({ length: body.size }, () => TOKENS[Math.floor(random() * TOKENS.length)] ?? "");
  // The size of a text is bytes, about five to a token: 100 KB still fit into the model's window.
  const completionTokens = body.form === "json" ? Math.ceil(body.size / 5) : body.size;
  const usage = {
    prompt_tokens: PROMPT_TOKENS,
    completion_tokens: completionTokens,
    total_tokens: PROMPT_TOKENS + completionTokens,
  };
  const expected = { promptTokens: PROMPT_TOKENS, completionTokens };
  switch (body.form) {
    case "json": {
      const text = "The sea is deep. ".repeat(Math.ceil(body.size / 17)).slice(0, body.size);
      const answer = JSON.stringify({ response: text, tool_calls: [], usage });
      return {
        pieces: [Buffer.from(answer)],
        expected: { ...expected, text, argumentsText: undefined, finishReason: "stop" },
      };
    }
    case "native": {
      const frames = tokens.map((token) => ({ response: token, p: padding() }));
      return {
        pieces: toPieces([...frames, { response: "", usage }], body),
        expected: { ...expected, text: tokens.join(""), argumentsText: undefined, finishReason: "stop" },
      };
    }
    case "dual": {
      const frames = tokens.map((token) =>
        toDualFrame({ content: token }, { response: token, tool_calls: [] }, padding()),
      );
      const end = toDualFrame({}, { response: "", tool_calls: [] }, padding(), "stop");
      return {
        pieces: toPieces([...frames, end, { response: "", usage }], body),
        expected: { ...expected, text: tokens.join(""), argumentsText: undefined, finishReason: "stop" },
      };
    }
    case "openai": {
      const frames = tokens.map((token) => toOpenAIFrame({ content: token }, padding()));
      const end = toOpenAIFrame({}, padding(), "stop");
      return {
        pieces: toPieces([...frames, end, { response: "", usage }], body),
        expected: { ...expected, text: tokens.join(""), argumentsText: undefined, finishReason: "stop" },
      };
    }
    case "tool-calls": {
      const argumentsText = JSON.stringify({ note: tokens.join("") });
      const frames = toFragments(argumentsText, body.size).map((fragment, index) => {
        const head = index === 0 ? { id: "chatcmpl-tool-5f3a", type: "function" } : {};
        const name = index === 0 ? { name: TOOL_NAME } : {};
        const call = { index: 0, ...head, function: { ...name, arguments: fragment } };
        return toDualFrame({ tool_calls: [call] }, {}, padding());
      });
      const end = toDualFrame({}, {}, padding(), "tool_calls");
      return {
        pieces: toPieces([...frames, end, { response: "", usage }], body),
        expected: { ...expected, text: "", argumentsText, finishReason: "tool_calls" },
      };
    }
    default:
      return body.form satisfies never;
  }
}

function toDualFrame(delta: object, native: object, p: string, finish: string | null = null): object {
  return {
    choices: [{ delta, finish_reason: finish, index: 0 }],
    created: 1_795_219_200,
    id: "id-1795219200-6f1f0c",
    model: "llama-3.3-70b-instruct-fp8-fast",
    object: "chat.completion.chunk",
    ...native,
    p,
  };
}

/** Each chunk counts its own tokens, and the last frame of the stream all of them. */
function toOpenAIFrame(delta: object, p: string, finish: string | null = null): object {
  return {
    choices: [
      {
        delta: { ...delta, reasoning_content: null },
        finish_reason: finish,
        index: 0,
        logprobs: null,
        matched_stop: null,
      },
    ],
    created: 1_795_219_200,
    id: "chatcmpl-6f1f0c",
    model: "@cf/google/gemma-4-26b-a4b-it-external",
    object: "chat.completion.chunk",
    p,
    usage: { prompt_tokens: 0, completion_tokens: 1, total_tokens: 1, neurons: 0.027 },
  };
}

function toFragments(text: string, count: number): readonly string[] {
  const length = Math.ceil(text.length / count);
  return Array.from({ length: Math.ceil(text.length / length) }, (_, index) =>
    text.slice(index * length, (index + 1) * length),
  );
}

function toPieces(frames: readonly object[], { eventsPerChunk = 1 }: UpstreamBody): Buffer[] {
  const records = [...frames.map((frame) => JSON.stringify(frame)), "[DONE]"].map((data) => `data: ${data}\n\n`);
  const count = Math.ceil(records.length / eventsPerChunk);
  return Array.from({ length: count }, (_, index) =>
    Buffer.from(records.slice(index * eventsPerChunk, (index + 1) * eventsPerChunk).join("")),
  );
}
