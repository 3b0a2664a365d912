import { isRecord, parseJson } from "../json.ts";
import { toByteStream } from "../stream/byte-stream.ts";
import { withKeepAlive } from "../stream/keep-alive.ts";
import { SSE_DONE } from "../stream/sse-encoder.ts";
import { createDocuments } from "./documents.ts";
import type { Documents } from "./documents.ts";
import { toEndedResponse, toEndRecords } from "./ended-response.ts";
import type { ForcedEnd } from "./ended-response.ts";
import { createEventLog } from "./event-log.ts";
import type { EventLog } from "./event-log.ts";
import { createRecordBuffer } from "./record-buffer.ts";
import type { BackgroundResponse, BackgroundRunner, Cancellation, Following, SavedResponse } from "./saved-response.ts";

/** An alarm may run for 15 minutes; what is left of them is for writing down how it ended. */
const MOST_RUNNING_MS = 14 * 60 * 1000;

/** After this a response that was to be made is given up, should its alarm never have come back. */
const MOST_WAITING_MS = 60 * 60 * 1000;

/** Runs of one response: a second one where the first was interrupted before anybody could see a part of it. */
const MOST_RUNS = 2;

const KEEP_ALIVE_MS = 15_000;

interface State {
  readonly phase: "waiting" | "running" | "ended";
  readonly isBackground: boolean;
  readonly isStreamed: boolean;
  readonly runs: number;
  /** Unix milliseconds by which it has ended, or will not. */
  readonly dueAt: number;
  /** Unix milliseconds from which nothing is kept any more. */
  readonly expiresAt: number;
}

const interrupted: ForcedEnd = {
  status: "failed",
  error: { code: "server_error", message: "The response was interrupted while it was made." },
};

/** A run that is going on in this instance of the object. */
interface Run {
  readonly controller: AbortController;
  readonly finished: Promise<void>;
}

/**
 * One response and all that belongs to it. Its alarm makes it, where it is made in the background, and deletes it at
 * the end of its lifetime. An object is named by the owner and the id, so that nobody else's key leads to it.
 */
export class KeptResponse {
  readonly #state: DurableObjectState;
  readonly #environment: object;
  readonly #runner: BackgroundRunner;
  #documents: Documents;
  #events: EventLog;
  #run: Run | undefined;
  /** Settled, and replaced, whenever readers of the stream have something to look at. */
  #changed = Promise.withResolvers<void>();

  constructor(state: DurableObjectState, environment: object, runner: BackgroundRunner) {
    this.#state = state;
    this.#environment = environment;
    this.#runner = runner;
    this.#documents = createDocuments(state.storage.sql);
    this.#events = createEventLog(this.#documents);
  }

  /** Keeps a response that has come to its end. */
  async save({ response, input, history }: SavedResponse, expiresAt: number): Promise<void> {
    this.#write({ response, input, history });
    this.#writeState({ phase: "ended", isBackground: false, isStreamed: false, runs: 0, dueAt: 0, expiresAt });
    await this.#state.storage.setAlarm(expiresAt);
  }

  /** Keeps a response that is still to be made, and has it made. */
  async begin({ response, input, history, job, isStreamed }: BackgroundResponse, expiresAt: number): Promise<void> {
    this.#write({ response, input, history, job });
    const dueAt = Date.now() + MOST_WAITING_MS;
    this.#writeState({ phase: "waiting", isBackground: true, isStreamed, runs: 0, dueAt, expiresAt });
    await this.#state.storage.setAlarm(Date.now());
  }

  /** The response object. */
  async retrieve(): Promise<string | undefined> {
    const state = this.#readState();
    if (state !== undefined && state.phase !== "ended" && this.#run === undefined && Date.now() > state.dueAt) {
      await this.#end(state, interrupted);
    }
    return this.#isExpired() ? undefined : this.#documents.read("response");
  }

  /** The response with what is needed to continue it. */
  async readAll(): Promise<SavedResponse | undefined> {
    const response = await this.retrieve();
    if (response === undefined) return undefined;
    const [input, history] = [this.readInput() ?? "[]", this.#documents.read("history") ?? "[]"];
    return { response, input, history };
  }

  readInput(): string | undefined {
    return this.#isExpired() ? undefined : this.#documents.read("input");
  }

  /** Those of the items of the request and of the response that have one of the ids: a list, as JSON text. */
  findItems(ids: readonly string[]): string {
    if (this.#isExpired()) return "[]";
    const [input, response] = ["input", "response"].map((name) => parseJson(this.#documents.read(name) ?? "null"));
    const items: unknown[] = [input, isRecord(response) ? response["output"] : []].flat();
    return JSON.stringify(items.filter((item) => isRecord(item) && ids.some((id) => item["id"] === id)));
  }

  /** False where there is nothing to delete. */
  async remove(): Promise<boolean> {
    const exists = !this.#isExpired();
    this.#run?.controller.abort();
    await this.#run?.finished;
    if (exists) await this.#deleteAll();
    return exists;
  }

  async cancel(): Promise<Cancellation> {
    const state = this.#readState();
    if (state === undefined || this.#isExpired()) return { outcome: "missing" };
    if (!state.isBackground) return { outcome: "foreground" };
    if (this.#run === undefined) {
      if (state.phase !== "ended") await this.#end(state, { status: "cancelled" });
    } else {
      this.#run.controller.abort();
      await this.#run.finished;
    }
    return { outcome: "ended", response: this.#documents.read("response") ?? "{}" };
  }

  /** The event stream behind the record with that number; -1 for all of it. */
  follow(startingAfter: number): Following {
    const state = this.#readState();
    if (state === undefined || this.#isExpired()) return { outcome: "missing" };
    if (!state.isStreamed) return { outcome: "not_streamed" };
    const source = { next: this.#createReader(startingAfter), cancel: () => undefined };
    return { outcome: "streaming", body: toByteStream(withKeepAlive(source, KEEP_ALIVE_MS, this.#runner.timers)) };
  }

  async alarm(): Promise<void> {
    const state = this.#readState();
    if (state === undefined) return;
    if (state.phase !== "ended") return this.#make(state);
    if (this.#isExpired()) return this.#deleteAll();
    await this.#state.storage.setAlarm(state.expiresAt);
  }

  #createReader(startingAfter: number): () => Promise<string | undefined> {
    let last = startingAfter;
    let isDone = false;
    return async () => {
      while (!isDone) {
        const changed = this.#changed.promise;
        const read = this.#events.read(last);
        if (read !== undefined) {
          last = read.last;
          return read.records;
        }
        const phase = this.#readState()?.phase;
        isDone = phase === undefined || phase === "ended";
        if (isDone) return SSE_DONE;
        await changed;
      }
      return undefined;
    };
  }

  /** Makes the response, or says that it will not be made. An alarm that was interrupted is run again. */
  async #make(state: State): Promise<void> {
    if (state.runs > 0 && (state.runs === MOST_RUNS || this.#events.length() > 0)) {
      return this.#end(state, interrupted);
    }
    const running: State = { ...state, phase: "running", runs: state.runs + 1 };
    this.#writeState(running);
    const controller = new AbortController();
    const finished = Promise.withResolvers<void>();
    this.#run = { controller, finished: finished.promise };
    try {
      await this.#end(running, await this.#runOnce(running, controller));
    } finally {
      this.#run = undefined;
      finished.resolve();
    }
  }

  async #runOnce({ isStreamed }: State, controller: AbortController): Promise<string | ForcedEnd> {
    const buffer = createRecordBuffer((records) => {
      this.#events.append(records);
      this.#announce();
    }, this.#runner.timers);
    let isOverTime = false;
    const stop = this.#runner.timers.after(MOST_RUNNING_MS, () => {
      isOverTime = true;
      controller.abort();
    });
    const { response = "{}", input = "[]", history = "[]", job = "" } = this.#readBackground();
    try {
      return await this.#runner.run({ response, input, history, job, isStreamed }, this.#environment, {
        signal: controller.signal,
        show: (shown) => this.#write({ response: shown }),
        record: isStreamed ? (records) => buffer.append(records) : () => undefined,
        waitUntil: (work) => this.#state.waitUntil(work),
      });
    } catch {
      if (controller.signal.aborted && !isOverTime) return { status: "cancelled" };
      const message = isOverTime
        ? "The response took too long to make."
        : "The gateway failed while it made the response.";
      return { status: "failed", error: { code: "server_error", message } };
    } finally {
      stop();
      buffer.flush();
    }
  }

  async #end(state: State, end: string | ForcedEnd): Promise<void> {
    if (typeof end === "string") {
      this.#write({ response: end });
    } else {
      const response = toEndedResponse(this.#documents.read("response") ?? "{}", end);
      this.#write({ response });
      if (state.isStreamed) this.#events.append(toEndRecords(response, end, this.#events.length()));
    }
    this.#write({ job: "" });
    this.#writeState({ ...state, phase: "ended" });
    this.#announce();
    await this.#state.storage.setAlarm(state.expiresAt);
  }

  #announce(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }

  #readBackground(): Partial<Record<"response" | "input" | "history" | "job", string>> {
    const names = ["response", "input", "history", "job"] as const;
    return Object.fromEntries(names.map((name) => [name, this.#documents.read(name)]));
  }

  #write(documents: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(documents)) this.#documents.write(name, text);
  }

  #writeState(state: State): void {
    this.#documents.write("state", JSON.stringify(state));
  }

  #readState(): State | undefined {
    const text = this.#documents.read("state");
    if (text === undefined) return undefined;
    // Nobody but this class writes it.
    const state: State = JSON.parse(text);
    return state;
  }

  /** The alarm may be late. */
  #isExpired(): boolean {
    const state = this.#readState();
    return state === undefined || (state.phase === "ended" && Date.now() >= state.expiresAt);
  }

  async #deleteAll(): Promise<void> {
    await this.#state.storage.deleteAlarm();
    await this.#state.storage.deleteAll();
    this.#documents = createDocuments(this.#state.storage.sql);
    this.#events = createEventLog(this.#documents);
    this.#announce();
  }
}
