import { isRecord, parseJson } from "../../json.ts";

/** Why a request has no whole answer, in the words of the API or, where none of its words arrived, of the browser. */
export interface Failure {
  /** The HTTP status; `undefined` where the failure came inside a stream, or where no answer came. */
  readonly status: number | undefined;
  readonly message: string;
  readonly type: string | undefined;
  readonly code: string | undefined;
  readonly param: string | undefined;
  readonly requestId: string | undefined;
  /** Seconds after which a repeat is worth it. */
  readonly retryAfter: number | undefined;
  /** The body as it came. */
  readonly body: string | undefined;
}

/** A failed call, where a value will not do. */
export class CallFailed extends Error {
  override readonly name = "CallFailed";
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Of an answer that is not a success. */
export async function toFailure(response: Response): Promise<Failure> {
  const body = await response.text();
  const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
  return {
    ...readError(parseJson(body), `The gateway answered with status ${response.status}.`),
    status: response.status,
    requestId: response.headers.get("x-request-id") ?? undefined,
    retryAfter: Number.isFinite(retryAfter) ? retryAfter : undefined,
    body: body === "" ? undefined : body,
  };
}

/** Of a record of a stream that holds an error; `undefined` where it holds none. */
export function toStreamFailure(record: unknown, requestId: string | undefined): Failure | undefined {
  if (!isRecord(record) || !isRecord(record["error"])) return undefined;
  return {
    ...readError(record, "The answer broke off."),
    status: undefined,
    requestId,
    retryAfter: undefined,
    body: JSON.stringify(record, undefined, 2),
  };
}

/** Where the gateway said nothing: the connection failed, or the stream ended before its end. */
export function toSilentFailure(message: string, requestId?: string): Failure {
  return {
    ...readError(undefined, message),
    status: undefined,
    requestId,
    retryAfter: undefined,
    body: undefined,
  };
}

function readError(body: unknown, otherwise: string): Pick<Failure, "message" | "type" | "code" | "param"> {
  const error = isRecord(body) && isRecord(body["error"]) ? body["error"] : {};
  const text = (name: string): string | undefined => {
    const value = error[name];
    return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
  };
  return { message: text("message") ?? otherwise, type: text("type"), code: text("code"), param: text("param") };
}
