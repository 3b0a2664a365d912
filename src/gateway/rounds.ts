import { GatewayError, toGatewayError } from "../errors.ts";
import { backOff } from "./back-off.ts";
import { createCallBudget } from "./call-budget.ts";
import type { CallBudget } from "./call-budget.ts";
import type { Candidate } from "./candidates.ts";
import type { GatewaySettings } from "./gateway-settings.ts";
import type { Ports } from "./ports.ts";
import { toRecovery } from "./recovery.ts";

/** What a round of calls may use. */
export interface Round {
  /** For each call of the candidate, what it may still spend. */
  readonly budgets: readonly CallBudget[];
  /** Another model stands ready: this one is not worth waiting for. */
  readonly hasOthers: boolean;
  /** The clock's time at which the whole request is over. */
  readonly deadline: number;
}

export interface RoundsOutcome<Call, Result> {
  readonly candidate: Candidate<Call>;
  readonly result: Result;
  /** Rounds of upstream calls that were made, the last one included. All calls of a candidate are one round. */
  readonly attempts: number;
}

/**
 * Starts the first candidate that answers. What fails before it has begun to answer may be repeated, on the same model
 * or the next; `MAX_ATTEMPTS` bounds the rounds over all models and one deadline bounds their time. Rejects with the
 * last failure.
 */
export async function runRounds<Call, Result>(
  candidates: readonly Candidate<Call>[],
  start: (candidate: Candidate<Call>, round: Round) => Promise<Result>,
  client: AbortSignal,
  { config, capacity }: GatewaySettings,
  ports: Ports,
): Promise<RoundsOutcome<Call, Result>> {
  const deadline = ports.clock.now() + config.REQUEST_TIMEOUT_MS;
  let waiting = candidates;
  let failed: readonly Candidate<Call>[] = [];
  let failure: GatewayError | undefined;
  for (let attempts = 0, round = 1; attempts < config.MAX_ATTEMPTS && !client.aborted;) {
    if (waiting.length === 0) {
      // Every model has had its turn: those that may do better get time before the next round.
      if (failed.length === 0 || failure === undefined) break;
      if (!(await backOff({ round, failure, deadline, signal: client }, ports))) break;
      [waiting, failed] = [failed, []];
      round += 1;
    }
    const [candidate, ...others] = waiting;
    if (candidate === undefined) break;
    waiting = others;
    capacity.reportAttempt(candidate.entry.id);
    const budgets = candidate.calls.map(() => createCallBudget(config.MAX_ATTEMPTS - attempts));
    try {
      const result = await start(candidate, { budgets, deadline, hasOthers: others.length > 0 });
      capacity.reportAnswer(candidate.entry.id);
      attempts += countRounds(budgets);
      ports.meter?.reportRounds(candidate.entry, attempts);
      return { candidate, result, attempts };
    } catch (error) {
      attempts += countRounds(budgets);
      ports.meter?.reportRounds(candidate.entry, attempts);
      failure = toGatewayError(error);
      if (failure.kind === "out_of_capacity") capacity.reportRefusal(candidate.entry.id);
      const recovery = toRecovery(failure);
      if (recovery === "give-up") throw failure;
      if (recovery === "repeat") failed = [...failed, candidate];
    }
  }
  if (failure === undefined || client.aborted) {
    throw new GatewayError("client_closed", "The client closed the request.");
  }
  throw failure;
}

/** The calls of a candidate are made in step, so the one that called most often tells how many rounds there were. */
function countRounds(budgets: readonly CallBudget[]): number {
  return Math.max(...budgets.map((budget) => budget.spent()));
}
