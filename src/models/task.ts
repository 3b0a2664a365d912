import { GatewayError } from "../errors.ts";
import type { ModelEntry, ModelTask } from "./model.ts";

interface TaskTraits {
  /** Goes on after "The model x". */
  readonly does: string;
  /** Where a model of the task is called. */
  readonly endpoint: string;
  /** What Workers AI's own list files such models under. */
  readonly publishedName: string;
}

export const taskTraits: Readonly<Record<ModelTask, TaskTraits>> = {
  "text-generation": { does: "writes text", endpoint: "/v1/chat/completions", publishedName: "Text Generation" },
  "text-embeddings": { does: "makes embeddings", endpoint: "/v1/embeddings", publishedName: "Text Embeddings" },
  moderation: { does: "judges texts", endpoint: "/v1/moderations", publishedName: "Text Generation" },
  reranking: { does: "ranks documents", endpoint: "/v1/rerank", publishedName: "Text Classification" },
  "text-to-image": { does: "makes images", endpoint: "/v1/images/generations", publishedName: "Text-to-Image" },
  "automatic-speech-recognition": {
    does: "writes down speech",
    endpoint: "/v1/audio/transcriptions",
    publishedName: "Automatic Speech Recognition",
  },
  "text-to-speech": { does: "speaks", endpoint: "/v1/audio/speech", publishedName: "Text-to-Speech" },
};

/**
 * Refuses a model that does something else. One that the catalogue does not describe may do anything: Workers AI will
 * say.
 */
export function refuseOtherTasks(entry: ModelEntry, accepted: readonly ModelTask[]): void {
  if (accepted.includes(entry.task) || entry.wireFormat === "common") return;
  const { does, endpoint } = taskTraits[entry.task];
  const message = `The model '${entry.id}' ${does}; call it at POST ${endpoint}.`;
  throw new GatewayError("invalid_value", message, { param: "model" });
}
