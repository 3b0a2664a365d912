import type { Completion } from "../completion/collect.ts";
import type { ThinkingForm } from "../completion/think-tags.ts";
import type { CompletionEvent, CompletionStream } from "../completion/event.ts";
import type { RunInputs } from "../workers-ai/binding.ts";
import type { ParameterReport } from "./parameter-report.ts";

/** A request, translated for one model: what goes to the upstream, and what the gateway does itself. */
export interface ModelCall {
  readonly inputs: RunInputs;
  /** The request's own name for what the model is to answer, for errors about its length. */
  readonly subject: "messages" | "prompt";
  /** The prompt's tokens, estimated: what it is taken to have used where the upstream does not tell. */
  readonly promptTokens: number;
  /** The `max_tokens` among the inputs. */
  readonly maxTokens: number;
  /** Texts at which the gateway ends the answer, where the model does not do it. */
  readonly stop: readonly string[];
  /** Only the first tool call is passed on. */
  readonly singleToolCall: boolean;
  /** Finds the tool calls that the model writes as text; `undefined` where none is offered. */
  readonly salvage: ((stream: CompletionStream, mintToolCallId: () => string) => CompletionStream) | undefined;
  /** How the model writes its reasoning into its text. */
  readonly thinking: ThinkingForm;
  /** The client asked for log probabilities; what the upstream tells unasked is left out. */
  readonly wantsLogprobs: boolean;
  /** What the answer has to be before it is given to the client. */
  readonly requirement?: AnswerRequirement;
  readonly parameters: ParameterReport;
  /**
   * Makes the same call with a lower `max_tokens`, where the gateway chose it: what to try when the upstream finds that the
   * prompt and the limit exceed the window together.
   */
  readonly withLowerLimit?: () => ModelCall;
}

/** A promise that models do not keep by themselves. The answer is read whole and checked; it gets one second try. */
export interface AnswerRequirement {
  check(answer: Completion, mintToolCallId: () => string): AnswerVerdict;
  /** The second try. Its requirement's own `repair` is not used. */
  repair(answer: Completion, problem: string): ModelCall;
  /** What the caller is told when the second try fails too. */
  readonly failure: { readonly kind: "json_mode_failed" | "upstream_failed"; readonly message: string };
}

export type AnswerVerdict =
  /** `events` take the place of the model's own, where the gateway has put the answer into its final form. */
  | { readonly isMet: true; readonly events?: readonly CompletionEvent[] }
  /** `problem` is said to the model, in words that name what is wrong. */
  | { readonly isMet: false; readonly problem: string };
