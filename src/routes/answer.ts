import { collectChoices } from "../completion/choices.ts";
import type { ChoiceBatch, ChoiceStream } from "../completion/choices.ts";
import type { Completion } from "../completion/collect.ts";
import type { CompletionEvent } from "../completion/event.ts";
import type { GatewayContext } from "../env.ts";
import { toGatewayError } from "../errors.ts";
import type { GatewayError } from "../errors.ts";
import type { RunningAnswer } from "../gateway/complete.ts";
import type { Meter } from "../gateway/meter.ts";
import { systemClock } from "../gateway/ports.ts";
import { logFailure } from "../log.ts";
import type { Cost } from "../models/consumption.ts";
import { toByteStream } from "../stream/byte-stream.ts";
import { withMergeWindow } from "../stream/merge-window.ts";
import type { PieceSource, TextPiece } from "../stream/merge-window.ts";
import { withKeepAlive } from "../stream/keep-alive.ts";
import { later, readFrom, toSource } from "../stream/source.ts";
import { toDecimal } from "../translate/decimal.ts";
import { toParameterHeader } from "../translate/parameter-report.ts";
import type { StreamRenderer } from "../translate/stream-renderer.ts";
import { clockOf } from "./request-clock.ts";

/** Silence after which a stream says that it lives. Never before the first event: until then there is no stream. */
const KEEP_ALIVE_MS = 15_000;

/** What the headers of an answer tell of it. */
export interface AnswerFacts extends Omit<RunningAnswer, "choices"> {
  readonly meter?: Meter;
}

/** Answers a completion as an event stream. The status is sent: what fails from here on is told in the stream. */
export function answerStream(c: GatewayContext, running: RunningAnswer, renderer: StreamRenderer): Response {
  const { choices } = running;
  return answerPieces(
    c,
    running,
    renderPieces(choices, renderer, (error) => {
      choices.cancel(error);
      if (error.kind !== "client_closed") logFailure(c.get("requestId"), c.get("model"), error);
    }),
  );
}

/** The events of an answer as the text of its stream. A failure is told to `lose`, and its record is the last piece. */
function renderPieces(
  choices: ChoiceStream,
  renderer: StreamRenderer,
  lose: (error: GatewayError) => void,
): PieceSource {
  let isOver = false;
  let deliver: (piece: TextPiece | undefined) => void;

  function take(batch: ChoiceBatch | undefined): void {
    const piece = toPiece(batch);
    if (piece === undefined) readFrom(choices, take, fail);
    else deliver(piece);
  }

  /** `undefined` for a batch that has nothing for this client. */
  function toPiece(batch: ChoiceBatch | undefined): TextPiece | undefined {
    try {
      if (batch === undefined) {
        isOver = true;
        return { text: renderer.end(), isUrgent: true };
      }
      const text = renderer.render(batch);
      return text === "" ? undefined : { text, isUrgent: batch.events.some(isUrgent) };
    } catch (thrown) {
      return toFailure(thrown);
    }
  }

  function toFailure(thrown: unknown): TextPiece {
    isOver = true;
    const error = toGatewayError(thrown);
    lose(error);
    return { text: renderer.fail(error), isUrgent: true };
  }

  function fail(thrown: unknown): void {
    deliver(toFailure(thrown));
  }

  return toSource(
    (takePiece) => {
      deliver = takePiece;
      if (isOver) later(() => takePiece(undefined));
      else readFrom(choices, take, fail);
    },
    (reason) => choices.cancel(reason),
  );
}

/** Answers an event stream whose records come from `pieces`. */
export function answerPieces(c: GatewayContext, told: AnswerFacts, pieces: PieceSource): Response {
  const source = withMergeWindow(pieces, c.get("settings").config.STREAM_WINDOW_MS, systemClock);
  const isQuiet = c.req.header("x-flaregate-keep-alive") === "false";
  const body = toByteStream(isQuiet ? source : withKeepAlive(source, KEEP_ALIVE_MS, clockOf(c)));
  return new Response(body, {
    headers: {
      ...toAnswerHeaders(c, told),
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache",
    },
  });
}

/** A piece of text or arguments can wait a moment for more of it; clients wait for what begins and ends. */
export function isUrgent({ type }: CompletionEvent): boolean {
  return type !== "text-delta" && type !== "reasoning-delta" && type !== "tool-call-delta";
}

/**
 * Answers a completion as one JSON document.
 *
 * Here and for streams the response is made at once, with a plain object of headers: Hono's `c.json` and `c.body` make a
 * list of headers first, which the response copies and the collector has to take down.
 */
export async function answerJson(
  c: GatewayContext,
  running: RunningAnswer,
  render: (completions: readonly Completion[]) => object,
): Promise<Response> {
  const completions = await collectChoices(running.choices);
  const headers = { ...toAnswerHeaders(c, running), "content-type": "application/json" };
  return new Response(JSON.stringify(render(completions)), { headers });
}

/** Who answered, after how many calls, and what became of parameters that were not plainly honoured. */
export function toAnswerHeaders(c: GatewayContext, told: AnswerFacts): Record<string, string> {
  const { entry, retired, attempts, parameters, meter } = told;
  c.set("model", entry.id);
  const headers: Record<string, string> = {
    "x-flaregate-model": entry.id,
    "x-flaregate-attempts": String(attempts),
    ...(meter?.isOver() === true && toCostHeaders(meter.toldCost())),
  };
  if (parameters.size > 0) headers["x-flaregate-parameters"] = toParameterHeader(parameters);
  if (retired?.retired !== undefined) {
    const day = new Date(`${retired.retired.date}T00:00:00Z`);
    // RFC 9745 and RFC 8594: since when the model is deprecated, and when it ceased to answer.
    headers["deprecation"] = `@${day.getTime() / 1000}`;
    headers["sunset"] = day.toUTCString();
  }
  return headers;
}

/** What the answer has cost, where that is known. The headers of a stream leave before it is over and have none. */
function toCostHeaders(cost: Cost | undefined): Record<string, string> {
  if (cost === undefined) return {};
  return { "x-flaregate-cost": toDecimal(cost.dollars), "x-flaregate-neurons": toDecimal(cost.neurons) };
}
