import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/config.ts";
import type { Config } from "../../src/config/config.ts";
import { GatewayError } from "../../src/errors.ts";
import { createCapacityMemory } from "../../src/gateway/capacity-memory.ts";
import type { Ports } from "../../src/gateway/ports.ts";
import { runTask } from "../../src/gateway/run-task.ts";
import type { TaskAnswer, TaskOrder } from "../../src/gateway/run-task.ts";
import type { Consumption } from "../../src/models/consumption.ts";
import { createModelDirectory } from "../../src/models/resolve.ts";
import { toBody } from "../../src/stream/byte-source.ts";
import { readJsonAnswer } from "../../src/workers-ai/read-json.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { createScriptedBinding, createTap, refusal, silence } from "./scripted-binding.ts";
import type { Answer } from "./scripted-binding.ts";
import { failureOf } from "./support.ts";

const SMALL = "@cf/baai/bge-small-en-v1.5";
const LARGE = "@cf/baai/bge-large-en-v1.5";

interface TaskBench {
  readonly clock: ReturnType<typeof createFakeClock>;
  readonly binding: ReturnType<typeof createScriptedBinding>;
  /** What the meter was told: the rounds, and what each call used. */
  readonly told: { rounds: number; readonly consumptions: Consumption[] };
  leave(): void;
  /** Runs an order of as many calls, the inputs of each being its number. */
  run(calls: number, order?: Partial<TaskOrder<unknown>>): Promise<TaskAnswer<unknown>>;
}

function createBench(answers: readonly Answer[], config: Partial<Config> = {}): TaskBench {
  const clock = createFakeClock();
  const binding = createScriptedBinding(answers);
  const client = new AbortController();
  const told: TaskBench["told"] = { rounds: 0, consumptions: [] };
  const ports: Ports = {
    binding,
    clock,
    random: () => 0,
    mintToolCallId: () => "call_1",
    meter: {
      reportRounds: (_entry, rounds) => (told.rounds = rounds),
      countCall: (stream) => stream,
      addConsumption: (_entry, consumption) => told.consumptions.push(consumption),
    },
  };
  const settings = {
    config: { ...parseConfig({}), ...config },
    directory: createModelDirectory({}),
    capacity: createCapacityMemory(clock),
  };
  return {
    clock,
    binding,
    told,
    leave: () => client.abort(),
    run(calls, order = {}) {
      const running = runTask(
        {
          models: [SMALL],
          toCalls: () =>
            Array.from({ length: calls }, (_, number) => ({
              inputs: { number },
              read: readJsonAnswer,
              measure: () => ({ neurons: 1 }),
              parameters: new Map(),
            })),
          strict: false,
          sessionAffinity: undefined,
          signal: client.signal,
          ...order,
        },
        settings,
        ports,
      );
      // A failure is looked at later; until then it is nobody's.
      running.catch(() => undefined);
      return running;
    },
  };
}

/** Answers with the number of the call. */
const echo: Answer = ({ inputs }) => Response.json(inputs);

const numbers = (length: number): readonly object[] => Array.from({ length }, (_, number) => ({ number }));

describe("a task", () => {
  it("gives the answers of its calls in the order of the calls", async () => {
    let busy = 0;
    let most = 0;
    // The later a call, the sooner its answer.
    const answer: Answer = async (call) => {
      busy += 1;
      most = Math.max(most, busy);
      for (let turn = Number(call.inputs["number"]); turn < 20; turn += 1) await Promise.resolve();
      busy -= 1;
      return echo(call);
    };
    const bench = createBench([answer]);
    const { results, attempts, entry } = await bench.run(21);
    expect(results).toEqual(numbers(21));
    expect([attempts, entry.id]).toEqual([1, SMALL]);
    expect(most).toBe(6);
    expect(bench.told).toEqual({ rounds: 1, consumptions: numbers(21).map(() => ({ neurons: 1 })) });
    expect(bench.clock.pending).toBe(0);
  });

  it("makes only those calls again that failed", async () => {
    const bench = createBench([echo, refusal(500, 8008), echo]);
    const running = bench.run(3);
    await bench.clock.advance(5000);
    const { results, attempts } = await running;
    expect(results).toEqual(numbers(3));
    expect(attempts).toBe(2);
    const made = bench.binding.calls.map(({ inputs }) => inputs["number"]);
    expect(made.filter((number) => number === 0)).toHaveLength(1);
    expect(made.filter((number) => number === 1)).toHaveLength(2);
    expect(bench.clock.pending).toBe(0);
  });

  it("fails with what cannot get better, and aborts its other calls", async () => {
    const signals: AbortSignal[] = [];
    const hanging: Answer = ({ options }) => {
      signals.push(options.signal);
      return new Promise(() => undefined);
    };
    const bench = createBench([hanging, refusal(400, 5006)]);
    expect(await failureOf(bench.run(2))).toMatchObject({ kind: "invalid_request", upstreamCode: 5006 });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(bench.binding.calls).toHaveLength(2);
    expect(bench.told).toEqual({ rounds: 1, consumptions: [] });
    expect(bench.clock.pending).toBe(0);
  });

  it.each<[string, Answer]>([
    ["is no JSON", () => new Response("<html>")],
    ["is a list", () => Response.json([])],
    ["is empty", () => new Response("")],
    ["has no body", () => new Response(null)],
    ["reports a failure", () => Response.json({ errors: [{ code: 3043, message: "inner" }] })],
  ])("is repeated where an answer %s", async (_fact, broken) => {
    const bench = createBench([broken, echo]);
    const running = bench.run(1);
    await bench.clock.advance(5000);
    expect((await running).attempts).toBe(2);
  });

  it("tries the models of the order and of the configuration, unless only the one that was asked for will do", async () => {
    const config = { MODEL_FALLBACKS: { [SMALL]: [LARGE] } };
    const bench = createBench([refusal(429, 3040), echo], config);
    expect((await bench.run(1)).entry.id).toBe(LARGE);
    expect(bench.binding.calls.map(({ options }) => options.rejectIfBusy)).toEqual([true, undefined]);
    const strictly = createBench([refusal(404, 3042), echo], config);
    expect(await failureOf(strictly.run(1, { hasFallbacks: false }))).toMatchObject({ kind: "model_not_found" });
  });

  it("is not repeated where its inputs can be read once only, and may be repeated by its client", async () => {
    const bench = createBench([refusal(429, 3040), echo]);
    expect(await failureOf(bench.run(1, { isSingleUse: true }))).toMatchObject({
      kind: "out_of_capacity",
      retryable: true,
    });
    expect(bench.binding.calls).toHaveLength(1);
  });

  it("says of a failure what its call makes of it", async () => {
    const bench = createBench([refusal(400, 5006)]);
    const failure = await failureOf(
      bench.run(1, {
        toCalls: () => [
          {
            inputs: {},
            read: readJsonAnswer,
            measure: () => ({}),
            explain: ({ kind }) => new GatewayError(kind, "in other words", { param: "input" }),
            parameters: new Map(),
          },
        ],
      }),
    );
    expect(failure).toMatchObject({ message: "in other words", param: "input" });
  });
});

describe("time and the client", () => {
  it("end a call that does not answer", async () => {
    const bench = createBench([silence], { RESPONSE_TIMEOUT_MS: 1000, MAX_ATTEMPTS: 1 });
    const running = bench.run(2);
    await bench.clock.advance(1000);
    expect(await failureOf(running)).toMatchObject({ kind: "upstream_timeout" });
    expect(bench.clock.pending).toBe(0);
  });

  it("end all calls when the client leaves", async () => {
    const bench = createBench([silence]);
    const running = bench.run(3);
    await bench.clock.advance(1);
    bench.leave();
    expect(await failureOf(running)).toMatchObject({ kind: "client_closed" });
    expect(bench.binding.calls.every(({ options }) => options.signal.aborted)).toBe(true);
    expect(bench.clock.pending).toBe(0);
  });

  it("bound a body that is given on as it comes", async () => {
    const tap = createTap();
    const bench = createBench([() => tap.response()], { STALL_TIMEOUT_MS: 1000 });
    tap.say("a");
    const { results } = await bench.run(1, {
      toCalls: () => [
        {
          inputs: { stream: true },
          read: async ({ body, headers }) => ({ stream: toBody(body), type: headers.get("content-type") }),
          measure: () => ({}),
          parameters: new Map(),
        },
      ],
    });
    const [result] = results as readonly [{ stream: ReadableStream<Uint8Array>; type: string }];
    expect(result.type).toBe("text/event-stream");
    const reader = result.stream.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toContain('"a"');
    const pending = reader.read();
    pending.catch(() => undefined);
    await bench.clock.advance(1000);
    expect(await failureOf(pending)).toMatchObject({ kind: "upstream_timeout" });
    expect(tap.isCancelled).toBe(true);
  });
});
