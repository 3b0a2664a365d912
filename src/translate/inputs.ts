import type { RunInputs } from "../workers-ai/binding.ts";
import type { ParameterReport } from "./parameter-report.ts";

/** A request, translated for one model: what goes to the upstream, and what the gateway does itself. */
export interface ModelCall {
  readonly inputs: RunInputs;
  /** The `max_tokens` among the inputs. */
  readonly maxTokens: number;
  /** Texts at which the gateway ends the answer, where the model does not do it. */
  readonly stop: readonly string[];
  /** Only the first tool call is passed on. */
  readonly singleToolCall: boolean;
  readonly parameters: ParameterReport;
}
