import type { Model } from "../api/model-list.ts";
import type { ApiRequest } from "./request.ts";
import type { Turn } from "./turn.ts";

/** The request to a model that holds no conversation: it gets the last message alone. */
export function toTaskBody(model: Model, turns: readonly Turn[]): ApiRequest["body"] {
  const { text = "", images = [] } = turns.findLast((turn) => turn.kind === "user") ?? {};
  switch (model.path) {
    case "/images/generations":
      return { model: model.id, prompt: text };
    case "/audio/speech":
      return { model: model.id, input: text, voice: "alloy" };
    case "/audio/transcriptions": {
      const file = images.find((url) => url.startsWith("data:audio/"));
      return { model: model.id, ...(text !== "" && { prompt: text }), ...(file !== undefined && { file }) };
    }
    case "/rerank": {
      const [query = "", ...documents] = text.split("\n").filter((line) => line.trim() !== "");
      return { model: model.id, query, documents };
    }
    default:
      // Said in so many words because the official clients ask for base64 otherwise.
      return { model: model.id, input: text, encoding_format: "float" };
  }
}

/** What such a model wants of a message and does with it, in a sentence; `undefined` for those that chat. */
export function toTaskHint({ path }: Model): string | undefined {
  switch (path) {
    case "/images/generations":
      return "Makes an image of the message.";
    case "/audio/speech":
      return "Reads the message aloud.";
    case "/rerank":
      return "Ranks lines: the first is the query, each other one a document.";
    case "/audio/transcriptions":
      return "Writes down a recording: add one, and if you like the words that are in it.";
    case "/embeddings":
      return "Makes an embedding of the message.";
    case "/chat/completions":
      return undefined;
  }
}
