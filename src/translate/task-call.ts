import type { GatewayError } from "../errors.ts";
import type { Consumption } from "../models/consumption.ts";
import type { RunInputs } from "../workers-ai/binding.ts";
import type { RawAnswer } from "../workers-ai/raw-answer.ts";
import type { ParameterReport } from "./parameter-report.ts";

/** One upstream call of a task that is no completion, and how its answer is read. */
export interface TaskCall<Result> {
  readonly inputs: RunInputs;
  /**
   * Reads a 2xx answer, whose first bytes are there. A `GatewayError` that it throws counts as a failure of the call. A
   * result may hold the answer's body, to be given on as it comes: it stays bounded in time and tied to the client.
   */
  readonly read: (answer: RawAnswer) => Promise<Result>;
  /** What the call is expected to use, as far as that can be told beforehand: so much is kept of its key's limits. */
  readonly expect?: () => Consumption;
  /** What the call used, as the upstream told it or the gateway counted it; `undefined` where that is counted later. */
  readonly measure: (result: Result) => Consumption | undefined;
  /** A failure in the words of the request: the upstream names its own inputs. */
  readonly explain?: (error: GatewayError) => GatewayError;
  readonly parameters: ParameterReport;
}
