import { createBracketDepth } from "./bracket-depth.ts";
import type { BracketDepth } from "./bracket-depth.ts";
import { isBetweenCalls, parseLeakedArguments, parseLeakedCalls, parseLeakedItem, QUOTES } from "./leaked-call.ts";
import type { LeakedCall, OfferedTool } from "./leaked-call.ts";
import { canOpen, matchOpening } from "./leaked-call-opening.ts";
import type { Opening } from "./leaked-call-opening.ts";
import { createLineTracker } from "./line-tracker.ts";
import { createTextMatcher } from "./text-matcher.ts";
import type { TextMatcher } from "./text-matcher.ts";

export interface LeakedCallSink {
  text(text: string): void;
  call(call: LeakedCall): void;
}

/** A text that is held for longer is given as text, whatever it may still become. In UTF-16 units. */
const MAX_HELD = 256 * 1024;

type TagOpening = Extract<Opening, { readonly type: "wrapped" }>;

type State =
  /** In white space, at the beginning of the answer or behind a call in a tag. */
  | { readonly type: "blank" }
  | { readonly type: "text" }
  /** In text that may open a call. */
  | { readonly type: "opening" }
  /** In a call without a tag around it, or in a list of such calls, `skip` characters behind the opening. */
  | { readonly type: "item"; readonly skip: number; readonly depth: BracketDepth }
  /** Behind such a call: the answer goes on with another one, or none of it was a call. */
  | { readonly type: "between" }
  /** In a tag, up to the one that closes it. */
  | { readonly type: "tag"; readonly opening: TagOpening; readonly closing: TextMatcher };

/**
 * Finds tool calls in text that arrives in pieces. What it gives depends on the text alone and not on its pieces, and
 * each character is looked at a bounded number of times.
 */
export class LeakedCallScanner {
  private readonly tools: readonly OfferedTool[];
  private readonly lines = createLineTracker();
  private state: State = { type: "blank" };
  /** Text that is not given yet, up to the call that is open; and from there on. */
  private held = "";
  private pending = "";
  /** Calls that count if nothing but calls follows. */
  private calls: LeakedCall[] = [];
  /** Nothing has been given: the whole answer may still be calls. */
  private isWhole = true;

  constructor(tools: readonly OfferedTool[]) {
    this.tools = tools;
  }

  take(text: string, sink: LeakedCallSink): void {
    for (let rest = text; rest !== "";) {
      const room = MAX_HELD - this.held.length - this.pending.length;
      if (room === 0) this.release(sink);
      else rest = rest.slice(this.step(rest.slice(0, room), sink));
    }
  }

  /** Nothing follows: gives what is held, as calls where that is what it is. */
  end(sink: LeakedCallSink): void {
    // A closing tag may be the token that ended the answer, and not be part of its text.
    const found = this.state.type === "tag" ? this.readTag(this.state.opening, this.pending.length) : undefined;
    if (found !== undefined) this.give(found, sink);
    else if (this.state.type === "between") this.give(this.calls, sink);
    else this.release(sink);
  }

  /** Gives what is held as text. */
  release(sink: LeakedCallSink): void {
    const text = this.held + this.pending;
    if (text !== "") sink.text(text);
    this.lines.read(text);
    this.begin({ type: "text" });
  }

  private give(calls: readonly LeakedCall[], sink: LeakedCallSink): void {
    for (const call of calls) sink.call(call);
    this.begin({ type: "blank" });
  }

  /** Begins anew, with nothing held. */
  private begin(state: State): void {
    this.held = "";
    this.pending = "";
    this.calls = [];
    this.isWhole = false;
    this.state = state;
  }

  /** Takes a part of the text, as much as one state can. The length of that part. */
  private step(text: string, sink: LeakedCallSink): number {
    const { state } = this;
    switch (state.type) {
      case "blank":
        return this.takeBlank(text.charAt(0), /\s/.test(text.charAt(0)), sink);
      case "between":
        return this.takeBlank(text.charAt(0), isBetweenCalls(text.charAt(0)), sink);
      case "text":
        return this.takeText(text, sink);
      case "opening":
        return this.takeOpening(text.charAt(0), sink);
      case "item":
        return this.takeItem(state, text, sink);
      case "tag":
        return this.takeTag(state, text, sink);
      default:
        return state satisfies never;
    }
  }

  /** Calls without a tag may begin here. */
  private get acceptsItems(): boolean {
    return this.isWhole || this.calls.length > 0;
  }

  private takeBlank(character: string, isBlank: boolean, sink: LeakedCallSink): number {
    if (isBlank) {
      this.held += character;
      return 1;
    }
    if (canOpen(character, this.tools, this.acceptsItems)) this.state = { type: "opening" };
    else this.release(sink);
    return 0;
  }

  private takeText(text: string, sink: LeakedCallSink): number {
    const tag = this.lines.readToTag(text);
    if (tag > 0) sink.text(text.slice(0, tag));
    if (tag < text.length) this.state = { type: "opening" };
    return tag;
  }

  private takeOpening(character: string, sink: LeakedCallSink): number {
    const text = this.pending + character;
    const opening = matchOpening(text, this.tools, this.acceptsItems);
    if (opening.type === "text") {
      this.release(sink);
      return 0;
    }
    this.pending = text;
    if (opening.type === "items") {
      const depth = createBracketDepth(QUOTES);
      depth.feed(text, opening.skip);
      this.state = { type: "item", skip: opening.skip, depth };
    } else if (opening.type === "wrapped") {
      const closing = createTextMatcher([opening.closing]);
      this.state = { type: "tag", opening, closing };
      // An empty tag is known by its closing one, which has been read then.
      if (closing.feed(text.slice(opening.skip)) !== undefined) this.closeTag(opening, sink);
    }
    return 1;
  }

  private takeItem({ skip, depth }: Extract<State, { type: "item" }>, text: string, sink: LeakedCallSink): number {
    const end = depth.feed(text);
    this.pending += text.slice(0, end);
    if (end === undefined) return text.length;
    const found = parseLeakedItem(this.pending.slice(skip), this.tools);
    if (found === undefined) this.release(sink);
    else {
      this.calls.push(...found);
      this.held += this.pending;
      this.pending = "";
      this.state = { type: "between" };
    }
    return end;
  }

  private takeTag({ opening, closing }: Extract<State, { type: "tag" }>, text: string, sink: LeakedCallSink): number {
    const end = closing.feed(text)?.end;
    this.pending += text.slice(0, end);
    if (end !== undefined) this.closeTag(opening, sink);
    return end ?? text.length;
  }

  private closeTag(opening: TagOpening, sink: LeakedCallSink): void {
    const found = this.readTag(opening, this.pending.length - opening.closing.length);
    if (found === undefined) this.release(sink);
    else this.give(found, sink);
  }

  private readTag({ skip, tool }: TagOpening, end: number): readonly LeakedCall[] | undefined {
    const body = this.pending.slice(skip, end);
    // A tag that was opened again instead of being closed.
    if (tool === undefined) return parseLeakedCalls(body.replaceAll(/<tool_call>|<tools>/g, ";"), this.tools);
    const call = parseLeakedArguments(body, tool);
    return call === undefined ? undefined : [call];
  }
}
