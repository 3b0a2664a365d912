import { GatewayError } from "../errors.ts";
import type { EmbeddingAbility, ModelEntry } from "../models/model.ts";
import { refuseOtherTasks } from "../models/task.ts";
import type { EmbeddingRequest } from "../openai/embedding-request.ts";
import { readEmbeddings } from "../workers-ai/read-embeddings.ts";
import type { Embeddings } from "../workers-ai/read-embeddings.ts";
import type { ParameterTreatment } from "./parameter-report.ts";
import type { TaskCall } from "./task-call.ts";
import { findLongest, isAboutLength, measureTexts, refuseTooLong, tooLongError } from "./text-length.ts";

/** For a model of which nothing is known: what every published schema takes. */
const FEWEST_TEXTS_PER_CALL = 32;

/**
 * A request for embeddings, as calls of one model: as many texts in each as it takes. Throws a `GatewayError` that names
 * what the model cannot do.
 */
export function toEmbeddingCalls(request: EmbeddingRequest, entry: ModelEntry): readonly TaskCall<Embeddings>[] {
  refuseOtherTasks(entry, ["text-embeddings"]);
  const { embedding } = entry.abilities;
  const parameters = new Map<string, ParameterTreatment>();
  if (isShortened(request, entry)) parameters.set("dimensions", "emulated");
  if (request.models !== undefined) parameters.set("models", "ignored");
  const texts = toTexts(request);
  const nameOf = (index: number): string => (typeof request.input === "string" ? "input" : `input[${index}]`);
  for (const [index, text] of texts.entries()) refuseTooLong(text, nameOf(index), entry);
  const size = embedding?.textsPerCall ?? FEWEST_TEXTS_PER_CALL;
  return Array.from({ length: Math.ceil(texts.length / size) }, (_, batch) => {
    const offset = batch * size;
    const part = texts.slice(offset, offset + size);
    return {
      inputs: { text: part },
      expect: () => measureTexts(part, undefined),
      read: (answer) => readEmbeddings(answer, part.length),
      measure: ({ usage }) => measureTexts(part, usage),
      explain: (error) => explain(error, part, entry, (index) => nameOf(offset + index)),
      parameters,
    };
  });
}

/** The texts of a request. Throws for an empty one, and for token ids. */
function toTexts({ input }: EmbeddingRequest): readonly string[] {
  const texts = typeof input === "string" ? [input] : input;
  return texts.map((text, index) => {
    const param = typeof input === "string" ? "input" : `input[${index}]`;
    if (typeof text !== "string") {
      const message =
        "Unsupported value for 'input': token ids are those of OpenAI's own models. Send the text itself " +
        "(in LangChain for Python: check_embedding_ctx_length=False).";
      throw new GatewayError("unsupported_parameter", message, { param: "input" });
    }
    if (text === "") throw new GatewayError("invalid_value", `Invalid value for '${param}': it is empty.`, { param });
    return text;
  });
}

/** Whether the vectors have to be cut off to the length that is asked for. Throws where the model is not made for it. */
function isShortened({ dimensions }: EmbeddingRequest, { id, abilities }: ModelEntry): boolean {
  const { embedding } = abilities;
  if (dimensions === undefined || dimensions === embedding?.dimensions) return false;
  if (embedding?.shorter.some(([least, most]) => dimensions >= least && dimensions <= most) === true) return true;
  const message = `Unsupported value for 'dimensions' with the model '${id}': ${describeLengths(embedding)}.`;
  throw new GatewayError("unsupported_parameter", message, { param: "dimensions" });
}

function describeLengths(embedding: EmbeddingAbility | undefined): string {
  if (embedding === undefined) return "nothing is known of the lengths that its vectors may have";
  const { dimensions, shorter } = embedding;
  if (shorter.length === 0) return `its vectors have ${dimensions} dimensions, and it is not trained for fewer`;
  const ranges = shorter.map(([least, most]) => (least === most ? String(least) : `${least} to ${most}`));
  return `it is trained for ${[...ranges, dimensions].join(", ")}`;
}

/** The upstream speaks of `text` and of places in a batch; where it only says that one is too long, the longest is. */
function explain(
  error: GatewayError,
  texts: readonly string[],
  { id }: ModelEntry,
  nameOf: (index: number) => string,
): GatewayError {
  const { kind, message, param, upstreamCode } = error;
  if (isAboutLength(error)) {
    const reason = texts.length === 1 ? "it exceeds its window" : "it is the longest of those that it refused";
    return tooLongError(nameOf(findLongest(texts)), id, reason, error);
  }
  const place = /^text(?:\[(\d+)\])?$/.exec(param ?? "");
  if (place === null) return error;
  const name = place[1] === undefined ? "input" : nameOf(Number(place[1]));
  return new GatewayError(kind, message.replace(`'${param}'`, `'${name}'`), {
    param: name,
    upstreamCode,
    cause: error,
  });
}
