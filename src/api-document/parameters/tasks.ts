import type { ParameterRow } from "./parameter-row.ts";

/** The parameters of `POST /v1/embeddings`. */
export const embeddingParameters: readonly ParameterRow[] = [
  [["model"], "catalogue id, alias, or any other Workers AI id"],
  [
    ["input"],
    "a text or up to 2048; sent in batches of what the model takes (100, of Qwen3 32), six at a time, answered in order. Token ids and empty texts are refused",
  ],
  [["encoding_format"], "`float`, or `base64`: little-endian 32-bit floats, for which OpenAI's SDKs ask by themselves"],
  [
    ["dimensions"],
    "the model's own length, or a shorter one that it is trained for: EmbeddingGemma 128, 256 and 512, Qwen3 from 32 on. The vector is cut off and brought to length 1 again (`dimensions=emulated`). Refused with other models",
  ],
  [["user"], "keeps requests of one user on one machine"],
  [["models"], "ignored: vectors of two models cannot be compared. `MODEL_FALLBACKS` is not applied either"],
];

/** The parameters of `POST /v1/rerank`. */
export const rerankParameters: readonly ParameterRow[] = [
  [["model"], "catalogue id, alias, or any other Workers AI id"],
  [["models"], "this gateway's own: models to try in this order when `model` fails"],
  [["query"], "passed on"],
  [
    ["documents"],
    "up to 1000 texts, or objects with a `text`; named as adjusted where one is certainly longer than the model reads",
  ],
  [["top_n"], "how many are shown, the best first"],
  [["return_documents"], "`true` shows the texts as well"],
  [["max_chunks_per_doc", "max_tokens_per_doc", "rank_fields", "truncation"], "ignored"],
];

/** The parameters of `POST /v1/moderations`. */
export const moderationParameters: readonly ParameterRow[] = [
  [
    ["input"],
    "a text, up to 128 texts, of which each is judged by itself, or the text parts of one; images are refused",
  ],
  [["model"], "catalogue id or alias of a Llama Guard; unset, `@cf/meta/llama-guard-3-8b`"],
  [["models"], "this gateway's own: models to try in this order when `model` fails"],
];
