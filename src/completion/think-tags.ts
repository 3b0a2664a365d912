/**
 * How a model writes its reasoning into its text.
 *
 * `never`: it does not; text that looks like it was meant as text.
 * `tagged`: an answer that begins with `<think>` reasons up to `</think>`.
 * `untagged`: the same, and at times the opening tag is missing, so that the answer begins inside the reasoning.
 */
export type ThinkingForm = "never" | "tagged" | "untagged";

/** What became of a piece of text. */
export interface ThoughtSink {
  reasoning(text: string): void;
  answer(text: string): void;
}

/** Tells the reasoning from the answer in text that arrives in pieces. */
export interface ThinkTagSplitter {
  take(text: string, sink: ThoughtSink): void;
  /** The upstream tells the reasoning apart itself, so what it calls text is text, unless a tag says otherwise. */
  expectTag(): void;
  /** Gives what is held. `isProperEnd`: the model has said all that it wanted to say. */
  end(isProperEnd: boolean, sink: ThoughtSink): void;
  /** The reasoning is over, or there was none: all that follows is answer. */
  isInAnswer(): boolean;
}

const OPEN_TAG = "<think>";
const CLOSE_TAG = "</think>";

/** White space in front of the opening tag, in UTF-16 units. */
const MAX_BLANK = 256;

/** What is remembered of text that was taken for reasoning, in case it was the answer. In UTF-16 units. */
const MAX_REMEMBERED = 1024 * 1024;

export function createThinkTagSplitter(form: "tagged" | "untagged"): ThinkTagSplitter {
  /** `between`: behind the closing tag, where white space is not part of the answer yet. */
  let state: "beginning" | "reasoning" | "between" | "answer" = "beginning";
  let isTagExpected = form === "tagged";
  /** Text that may be a part of a tag. */
  let held = "";
  let isReasoningEmpty = true;
  /** Text that was taken for reasoning without a tag that says so; `undefined` where there is none, or too much. */
  let unsure: string[] | undefined;
  let unsureLength = 0;

  function giveReasoning(text: string, sink: ThoughtSink): void {
    const kept = isReasoningEmpty ? text.trimStart() : text;
    if (kept === "") return;
    isReasoningEmpty = false;
    sink.reasoning(kept);
  }

  function takeBeginning(text: string, sink: ThoughtSink): void {
    held += text;
    const start = held.trimStart();
    // A blank beginning may go on for ever; behind too much of it no tag is looked for.
    const isTooBlank = held.length - start.length > MAX_BLANK;
    if (!isTooBlank && start.length < OPEN_TAG.length && OPEN_TAG.startsWith(start)) return;
    const whole = held;
    held = "";
    if (!isTooBlank && start.startsWith(OPEN_TAG)) {
      takeReasoning(start.slice(OPEN_TAG.length), sink);
    } else if (isTagExpected) {
      state = "answer";
      sink.answer(whole);
    } else {
      unsure = [];
      takeReasoning(whole, sink);
    }
  }

  function takeReasoning(text: string, sink: ThoughtSink): void {
    state = "reasoning";
    remember(text);
    const whole = held + text;
    const close = whole.indexOf(CLOSE_TAG);
    const kept = close === -1 ? whole.length - openEndLength(whole) : close;
    giveReasoning(whole.slice(0, kept), sink);
    held = close === -1 ? whole.slice(kept) : "";
    if (close !== -1) takeBetween(whole.slice(close + CLOSE_TAG.length), sink);
  }

  function remember(text: string): void {
    unsureLength += text.length;
    if (unsureLength <= MAX_REMEMBERED) unsure?.push(text);
    else unsure = undefined;
  }

  function takeBetween(text: string, sink: ThoughtSink): void {
    const answer = text.trimStart();
    state = answer === "" ? "between" : "answer";
    if (answer !== "") sink.answer(answer);
  }

  return {
    take(text, sink) {
      if (state === "beginning") takeBeginning(text, sink);
      else if (state === "reasoning") takeReasoning(text, sink);
      else if (state === "between") takeBetween(text, sink);
      else sink.answer(text);
    },
    expectTag() {
      isTagExpected = true;
    },
    end(isProperEnd, sink) {
      if (state === "reasoning") giveReasoning(held, sink);
      else if (held !== "") sink.answer(held);
      held = "";
      if (isProperEnd && state === "reasoning" && unsure !== undefined) sink.answer(unsure.join(""));
    },
    isInAnswer() {
      return state === "answer";
    },
  };
}

/** The length of the longest end of `text` with which the closing tag begins. */
function openEndLength(text: string): number {
  for (let length = Math.min(CLOSE_TAG.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(CLOSE_TAG.slice(0, length))) return length;
  }
  return 0;
}
