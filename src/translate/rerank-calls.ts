import { GatewayError } from "../errors.ts";
import type { ModelEntry } from "../models/model.ts";
import { refuseOtherTasks } from "../models/task.ts";
import type { RerankRequest } from "../openai/rerank-request.ts";
import { readRanking } from "../workers-ai/read-ranking.ts";
import type { Ranking } from "../workers-ai/read-ranking.ts";
import type { ParameterTreatment } from "./parameter-report.ts";
import type { TaskCall } from "./task-call.ts";
import { isCertainlyLonger, measureTexts, refuseTooLong } from "./text-length.ts";

/** Each document is scored by itself, so that the calls of a request are as good as one. */
const DOCUMENTS_PER_CALL = 100;

const foreign = ["max_chunks_per_doc", "max_tokens_per_doc", "rank_fields", "truncation"] as const;

/** A request for a ranking, as calls of one model. Throws a `GatewayError` that names what the model cannot do. */
export function toRerankCalls(request: RerankRequest, entry: ModelEntry): readonly TaskCall<Ranking>[] {
  refuseOtherTasks(entry, ["reranking"]);
  const { query } = request;
  refuseTooLong(query, "query", entry);
  const documents = toDocumentTexts(request);
  const parameters = new Map<string, ParameterTreatment>();
  // The model reads the query and the beginning of a document that does not fit beside it.
  if (documents.some((text) => isCertainlyLonger(text, entry.contextWindow))) parameters.set("documents", "adjusted");
  for (const name of foreign) if (request[name] !== undefined) parameters.set(name, "ignored");
  return Array.from({ length: Math.ceil(documents.length / DOCUMENTS_PER_CALL) }, (_, batch) => {
    const offset = batch * DOCUMENTS_PER_CALL;
    const part = documents.slice(offset, offset + DOCUMENTS_PER_CALL);
    const texts = [...part, ...part.map(() => query)];
    return {
      // Without `top_k` it is the model that decides how many it tells of.
      inputs: { query, contexts: part.map((text) => ({ text })), top_k: part.length },
      read: (answer) => readRanking(answer, part.length),
      expect: () => measureTexts(texts, undefined),
      measure: ({ usage }) => measureTexts(texts, usage),
      explain: (error) => explain(error, offset),
      parameters,
    };
  });
}

/** The text of each document. Throws for an empty one, which no model ranks. */
export function toDocumentTexts({ documents }: RerankRequest): readonly string[] {
  return documents.map((document, index) => {
    const text = typeof document === "string" ? document : document.text;
    if (text !== "") return text;
    const param = `documents[${index}]`;
    throw new GatewayError("invalid_value", `Invalid value for '${param}': it is empty.`, { param });
  });
}

/** The upstream speaks of `contexts` and of places in a batch. */
function explain(error: GatewayError, offset: number): GatewayError {
  const { kind, message, param = "", upstreamCode } = error;
  const place = /^contexts\[(\d+)\]/.exec(param);
  const name = place === null ? param.replace(/^contexts$/, "documents") : `documents[${offset + Number(place[1])}]`;
  const subject = kind === "context_length_exceeded" ? "documents" : name;
  if (subject === param) return error;
  const details = { param: subject, upstreamCode, cause: error };
  return new GatewayError(kind, message.replace(`'${param}'`, `'${subject}'`), details);
}
