import { GatewayError } from "../errors.ts";
import { createBracketDepth } from "./bracket-depth.ts";
import type { BracketDepth } from "./bracket-depth.ts";
import type { CompletionEvent } from "./event.ts";

/** What one upstream frame says of one tool call. Everything may be missing: the readers pass on what they find. */
export interface ToolCallFragment {
  readonly index: number | undefined;
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly argumentsText: string | undefined;
  /** The fragment is a whole call: nothing more of it follows. */
  readonly whole: boolean;
}

/**
 * Turns fragments of tool calls into events in OpenAI's order: one call after another, an id and a name that are said
 * once, and arguments that are one JSON document.
 *
 * Quirk(openai, kimi-k2 and others, 2026-07): upstream ids repeat between turns and between parallel calls
 * (`functions.f:0`), and clients use them as keys; none is passed on. A minted id is unique, and comes back from the
 * client on both sides of the history; fixture openai-tool-repeated-ids.sse.
 */
export interface ToolCallTracker {
  /** Takes one fragment and adds the events it causes to `events`. */
  add(fragment: ToolCallFragment, events: CompletionEvent[]): void;
  /** Ends what is open and releases what was held back. Throws a `GatewayError` where a call was never named. */
  end(events: CompletionEvent[]): void;
  /** Calls that have been opened so far. */
  count(): number;
}

interface ToolCall {
  readonly upstreamIndex: number | undefined;
  readonly upstreamId: string | undefined;
  name: string;
  /**
   * Arguments that are not sent yet: another call is being sent, they are encoded twice, or the name is unknown.
   * Quirk(native, some models, 2026-07): the arguments come in front of the name; they wait for it; fixture
   * native-tool-arguments-first.sse.
   */
  held: string;
  depth: BracketDepth;
  /** Arguments are an object; a text that begins with a quote is that object's JSON, encoded once more. */
  encoding: "unknown" | "once" | "twice";
  /** So far the call only says again what another one has said: it is a call of its own once arguments come. */
  isEcho: boolean;
  whole: boolean;
  /** The position among the calls that the client sees, once the call is being sent. */
  sentIndex: number | undefined;
  sentArguments: boolean;
}

export function createToolCallTracker(mintId: () => string): ToolCallTracker {
  /** Calls that are not ended yet, oldest first. Only the first may have been sent in part. */
  const open: ToolCall[] = [];
  const ended: ToolCall[] = [];
  let count = 0;

  function send(call: ToolCall, events: CompletionEvent[]): void {
    if (call.name === "" || call.isEcho) return;
    if (call.sentIndex === undefined) {
      call.sentIndex = count;
      count += 1;
      events.push({ type: "tool-call-start", index: call.sentIndex, id: mintId(), name: call.name });
    }
    if (call.encoding !== "once" || call.held === "") return;
    events.push({ type: "tool-call-delta", index: call.sentIndex, argumentsDelta: call.held });
    call.held = "";
    call.sentArguments = true;
  }

  function close(call: ToolCall, events: CompletionEvent[]): void {
    // A call without a name cannot be made, and cannot be left out in silence either.
    if (call.name === "" && call.encoding !== "unknown" && !ended.some((other) => hasSameKey(other, call))) {
      throw new GatewayError("upstream_failed", "The model called a tool without naming it.", { retryable: true });
    }
    if (call.encoding === "twice") call.held = decodeTwice(call.held);
    call.encoding = "once";
    // A call without parameters: clients parse the arguments, and the empty string is not JSON.
    if (!call.sentArguments && call.held.trim() === "") call.held = "{}";
    send(call, events);
    if (call.sentIndex !== undefined) events.push({ type: "tool-call-end", index: call.sentIndex });
    ended.push(call);
  }

  /** Sends the oldest call; each that is complete while another waits behind it makes room for that one. */
  function advance(events: CompletionEvent[]): void {
    let [call] = open;
    while (call !== undefined) {
      send(call, events);
      const isComplete =
        call.whole || (open.length > 1 && call.name !== "" && (call.depth.isComplete() || call.isEcho));
      if (!isComplete) return;
      close(call, events);
      open.shift();
      [call] = open;
    }
  }

  function openCall(fragment: ToolCallFragment, isEcho: boolean): ToolCall {
    const call: ToolCall = {
      upstreamIndex: fragment.index,
      upstreamId: fragment.id,
      name: "",
      held: "",
      depth: createBracketDepth(),
      encoding: "unknown",
      isEcho,
      whole: false,
      sentIndex: undefined,
      sentArguments: false,
    };
    open.push(call);
    return call;
  }

  return {
    add(fragment, events) {
      // Quirk(native, all, 2026-07): a fragment of nothing but nulls closes a call. It says nothing and is not passed
      // on; fixture native-tool-fragments.sse.
      if (fragment.name === undefined && fragment.id === undefined && !fragment.argumentsText) return;
      let call = findCall(open, fragment);
      if (call === undefined) {
        const isEcho = !fragment.whole && [...open, ...ended].some((other) => isEchoOf(other, fragment));
        if (isEcho && fragment.name === undefined) return;
        call = openCall(fragment, isEcho);
      }
      if (call.name === "" && fragment.name !== undefined) call.name = fragment.name;
      if (fragment.argumentsText !== undefined) takeArguments(call, fragment.argumentsText);
      if (fragment.whole) call.whole = true;
      advance(events);
    },
    end(events) {
      for (const call of open) close(call, events);
      open.length = 0;
    },
    count() {
      return count;
    },
  };
}

/** The open call that the fragment goes on with: by its index, else by its id, else the last one. */
function findCall(open: readonly ToolCall[], fragment: ToolCallFragment): ToolCall | undefined {
  // A whole call has no further pieces, so it never continues one.
  if (fragment.whole && fragment.name !== undefined) return undefined;
  const last = open.at(-1);
  let call = last;
  if (fragment.index !== undefined) call = open.findLast((other) => other.upstreamIndex === fragment.index);
  else if (fragment.id !== undefined) {
    call = open.findLast((other) => other.upstreamId === fragment.id);
    if (call === undefined && last?.upstreamId === undefined && last?.name === "") return last;
  }
  return call !== undefined && isSameCall(call, fragment) ? call : undefined;
}

/**
 * Quirk(native and openai, several backends, 2026-07): all parallel calls have index 0, or one id, or none, or the name
 * comes with every piece. A name that comes again opens another call only where the rest of the fragment cannot belong
 * to the call that we have; fixtures native-tool-no-index.sse, openai-tool-repeated-ids.sse.
 */
function isSameCall(call: ToolCall, fragment: ToolCallFragment): boolean {
  if (fragment.name === undefined || call.name === "") return true;
  const isOtherId = fragment.id !== undefined && call.upstreamId !== undefined && fragment.id !== call.upstreamId;
  return !isOtherId && fragment.name === call.name && !call.depth.isComplete();
}

function isEchoOf(call: ToolCall, fragment: ToolCallFragment): boolean {
  if (fragment.argumentsText?.trim()) return false;
  if (fragment.name !== undefined && fragment.name !== call.name) return false;
  if (fragment.index !== undefined && fragment.index !== call.upstreamIndex) return false;
  return fragment.id === undefined || fragment.id === call.upstreamId;
}

function hasSameKey(first: ToolCall, second: ToolCall): boolean {
  return second.upstreamIndex === undefined
    ? second.upstreamId !== undefined && first.upstreamId === second.upstreamId
    : first.upstreamIndex === second.upstreamIndex;
}

function takeArguments(call: ToolCall, text: string): void {
  call.held += text;
  call.depth.feed(text);
  const begin = call.encoding === "unknown" ? text.trimStart() : "";
  if (begin === "") return;
  call.encoding = begin.startsWith('"') ? "twice" : "once";
  call.isEcho = false;
}

/**
 * Quirk(openai and native, granite-4.0-h-micro and others, 2026-07): the arguments are the JSON text of their own JSON
 * text. They are decoded once, where that gives JSON again; fixture native-arguments-encoded-twice.json.
 */
function decodeTwice(argumentsText: string): string {
  try {
    const inner: unknown = JSON.parse(argumentsText);
    if (typeof inner !== "string") return argumentsText;
    JSON.parse(inner);
    return inner;
  } catch {
    return argumentsText;
  }
}
