import type { Model } from "../api/model-list.ts";
import { createAnswer, type Answer } from "./answer.ts";
import type { ApiRequest } from "./request.ts";
import { send, type SendPorts } from "./send.ts";
import { beforeLastAnswer, openToolCalls, type ToolResultTurn, type Turn, type UserTurn } from "./turn.ts";

/** One conversation with one model. */
export interface Column {
  model: Model;
  readonly turns: readonly Turn[];
  readonly running: Answer | undefined;
  /** Adds what was said and asks for the answer. */
  ask(said: readonly (UserTurn | ToolResultTurn)[]): Promise<void>;
  /** Asks once more for the last answer. */
  again(): Promise<void>;
  stop(): void;
  clear(): void;
}

export interface ColumnOptions {
  readonly model: Model;
  readonly ports: SendPorts;
  readonly toRequest: (model: Model, turns: readonly Turn[]) => ApiRequest;
  /** Hears of every new turn and of every step of an answer. */
  readonly onChange: (column: Column) => void;
}

export function createColumn({ model, ports, toRequest, onChange }: ColumnOptions): Column {
  let turns: readonly Turn[] = [];
  let current: { readonly answer: Answer; readonly abort: AbortController } | undefined;

  async function answer(): Promise<void> {
    const run = { answer: createAnswer(toRequest(column.model, turns)), abort: new AbortController() };
    current = run;
    turns = [...turns, { kind: "answer", answer: run.answer }];
    onChange(column);
    await send(run.answer, ports, run.abort.signal, () => {
      if (current === run) onChange(column);
    });
    // Another answer may be running by now, where this one was cleared away.
    if (current === run) current = undefined;
    onChange(column);
  }

  const column: Column = {
    model,
    get turns() {
      return turns;
    },
    get running() {
      return current?.answer;
    },
    async ask(said) {
      if (current !== undefined) return;
      turns = [...turns, ...said];
      await answer();
    },
    async again() {
      if (current !== undefined) return;
      turns = beforeLastAnswer(turns);
      await answer();
    },
    stop() {
      current?.abort.abort();
    },
    clear() {
      column.stop();
      current = undefined;
      turns = [];
      onChange(column);
    },
  };
  return column;
}

/** Why no message can be sent now, in a sentence. A running answer is no reason: it can be stopped. */
export function findWait(columns: readonly Column[]): string | undefined {
  const waits = columns.some((column) => column.running === undefined && !isReady(column));
  return waits ? "A tool call waits for its result." : undefined;
}

/** Whether a new message can be sent: nothing is running, and no tool call waits for its result. */
export function isReady({ running, turns }: Column): boolean {
  return running === undefined && openToolCalls(turns).length === 0;
}
