import type { CreateEmbeddingResponse, Embedding } from "openai/resources/embeddings";
import { toBase64 } from "../stream/base64.ts";
import type { EmbeddingRequest } from "../openai/embedding-request.ts";
import type { Embeddings } from "../workers-ai/read-embeddings.ts";
import { sumUsage } from "./usage-sum.ts";

/** One vector of an answer. The client's type leaves out that `base64` makes a text of it. */
type RenderedEmbedding = Omit<Embedding, "embedding"> & { readonly embedding: readonly number[] | string };

/** OpenAI's object, without `usage` where the upstream told none. */
type EmbeddingListEnd = Pick<CreateEmbeddingResponse, "model"> & Partial<Pick<CreateEmbeddingResponse, "usage">>;

/**
 * The answer's JSON, a vector at a time: two thousand vectors of a thousand numbers are 40 MB of text, which would not
 * fit beside themselves into an isolate.
 */
export function* renderEmbeddings(
  batches: readonly Embeddings[],
  { encoding_format: format, dimensions }: EmbeddingRequest,
  model: string,
): Generator<string> {
  let index = 0;
  for (const { vectors } of batches) {
    for (const vector of vectors) {
      const cut = shorten(vector, dimensions ?? vector.length);
      const embedding = format === "base64" ? toBase64(toFloatBytes(cut)) : cut;
      const item: RenderedEmbedding = { object: "embedding", index, embedding };
      yield `${index === 0 ? '{"object":"list","data":[' : ","}${JSON.stringify(item)}`;
      index += 1;
    }
  }
  const usage = sumUsage(batches);
  const end: EmbeddingListEnd = {
    model,
    ...(usage !== undefined && { usage: { prompt_tokens: usage.promptTokens, total_tokens: usage.totalTokens } }),
  };
  yield `],${JSON.stringify(end).slice(1)}`;
}

/** The first numbers of a vector, of length 1 again, as OpenAI shortens its own. */
function shorten(vector: readonly number[], dimensions: number): readonly number[] {
  if (dimensions >= vector.length) return vector;
  const first = vector.slice(0, dimensions);
  const length = Math.hypot(...first);
  return length === 0 ? first : first.map((value) => value / length);
}

/** 32-bit floats, the least byte first, whatever the machine's own order is. */
function toFloatBytes(vector: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * vector.length));
  for (const [index, value] of vector.entries()) view.setFloat32(4 * index, value, true);
  return new Uint8Array(view.buffer);
}
