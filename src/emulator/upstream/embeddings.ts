import { arrayOf, numberOf, objectOf, parseJson, type JsonObject } from "../json-value.ts";
import { post, type UpstreamOptions } from "./client.ts";

/** The vectors of a real model, in the shape of Workers AI. Their length is that model's own. */
export async function runUpstreamEmbeddings(
  inputs: JsonObject,
  upstream: UpstreamOptions,
  signal: AbortSignal,
): Promise<object> {
  const input = [inputs.text].flat();
  const response = await post(upstream, "/embeddings", { input }, signal);
  const rows = arrayOf(objectOf(parseJson(await response.text())).data).map(objectOf);
  const data = rows
    .toSorted((left, right) => (numberOf(left.index) ?? 0) - (numberOf(right.index) ?? 0))
    .map((row) => arrayOf(row.embedding));
  return { shape: [data.length, data[0]?.length ?? 0], data, pooling: inputs.pooling ?? "mean" };
}
