import type { CompletionEvent } from "./event.ts";
import { createJsonDepth } from "./json-depth.ts";
import type { JsonDepth } from "./json-depth.ts";

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
 * Upstream ids are not passed on. They repeat between turns and between parallel calls (`functions.f:0`), and clients
 * use them as keys; a minted id is unique, and comes back from the client on both sides of the history.
 */
export interface ToolCallTracker {
  /** Takes one fragment and adds the events it causes to `events`. */
  add(fragment: ToolCallFragment, events: CompletionEvent[]): void;
  /** Ends what is open and releases what was held back. */
  end(events: CompletionEvent[]): void;
  /** Calls that have been opened so far. */
  readonly count: number;
}

interface OpenCall {
  readonly upstreamIndex: number | undefined;
  readonly upstreamId: string | undefined;
  name: string;
  /** Arguments that are not sent yet: the name is unknown, another call is being sent, or they may be encoded twice. */
  held: string;
  depth: JsonDepth;
  whole: boolean;
  /** The position among the calls that the client sees, once the call is being sent. */
  sentIndex: number | undefined;
  sentArguments: boolean;
}

export function createToolCallTracker(mintId: () => string): ToolCallTracker {
  /** Calls that are not ended yet, oldest first. Only the first may have been sent in part. */
  const open: OpenCall[] = [];
  let count = 0;

  function find(fragment: ToolCallFragment): OpenCall | undefined {
    // A whole call has no further pieces, so it never continues one.
    if (fragment.whole && fragment.name !== undefined) return undefined;
    const last = open.at(-1);
    if (fragment.index !== undefined) {
      const call = open.findLast((candidate) => candidate.upstreamIndex === fragment.index);
      return call !== undefined && isSameCall(call, fragment) ? call : undefined;
    }
    if (fragment.id !== undefined) {
      const call = open.findLast((candidate) => candidate.upstreamId === fragment.id);
      if (call !== undefined) return isSameCall(call, fragment) ? call : undefined;
      return last?.upstreamId === undefined && last?.name === "" ? last : undefined;
    }
    return last !== undefined && isSameCall(last, fragment) ? last : undefined;
  }

  function send(call: OpenCall, events: CompletionEvent[]): void {
    if (call.name === "") return;
    if (call.sentIndex === undefined) {
      call.sentIndex = count;
      count += 1;
      events.push({ type: "tool-call-start", index: call.sentIndex, id: mintId(), name: call.name });
    }
    if (call.held === "" || mayBeEncodedTwice(call.held)) return;
    events.push({ type: "tool-call-delta", index: call.sentIndex, argumentsDelta: call.held });
    call.held = "";
    call.sentArguments = true;
  }

  function close(call: OpenCall, events: CompletionEvent[]): void {
    call.held = decodeTwice(call.held);
    // A call without parameters: clients parse the arguments, and the empty string is not JSON.
    if (call.held === "" && !call.sentArguments) call.held = "{}";
    send(call, events);
    if (call.sentIndex !== undefined) events.push({ type: "tool-call-end", index: call.sentIndex });
  }

  /** Sends the oldest call; each that is complete while another waits behind it makes room for that one. */
  function advance(events: CompletionEvent[]): void {
    let [call] = open;
    while (call !== undefined) {
      send(call, events);
      const complete = call.whole || (open.length > 1 && call.name !== "" && call.depth.isComplete);
      if (!complete) return;
      close(call, events);
      open.shift();
      [call] = open;
    }
  }

  return {
    add(fragment, events) {
      // The null finalisation of native streams says nothing; a call may also be only announced by its index.
      if (fragment.name === undefined && fragment.id === undefined && !fragment.argumentsText) return;
      let call = find(fragment);
      if (call === undefined) {
        call = {
          upstreamIndex: fragment.index,
          upstreamId: fragment.id,
          name: "",
          held: "",
          depth: createJsonDepth(),
          whole: false,
          sentIndex: undefined,
          sentArguments: false,
        };
        open.push(call);
      }
      if (call.sentIndex === undefined && call.name === "" && fragment.name !== undefined) call.name = fragment.name;
      if (fragment.argumentsText !== undefined) {
        call.held += fragment.argumentsText;
        call.depth.feed(fragment.argumentsText);
      }
      if (fragment.whole) call.whole = true;
      advance(events);
    },
    end(events) {
      for (const call of open) close(call, events);
      open.length = 0;
    },
    get count() {
      return count;
    },
  };
}

/**
 * Some backends number all parallel calls 0, repeat one id for them, or repeat the name in every piece. A name that
 * comes again opens another call only where the rest of the fragment cannot belong to the call that we have.
 */
function isSameCall(call: OpenCall, fragment: ToolCallFragment): boolean {
  if (fragment.name === undefined || call.name === "") return true;
  const otherId = fragment.id !== undefined && call.upstreamId !== undefined && fragment.id !== call.upstreamId;
  const restarts = call.depth.isComplete && Boolean(fragment.argumentsText);
  return !otherId && fragment.name === call.name && !restarts;
}

/** Arguments are an object; text that begins with a quote is that object's JSON, encoded once more. */
function mayBeEncodedTwice(argumentsText: string): boolean {
  return argumentsText.trimStart().startsWith('"');
}

function decodeTwice(argumentsText: string): string {
  if (!mayBeEncodedTwice(argumentsText)) return argumentsText;
  try {
    const inner: unknown = JSON.parse(argumentsText);
    if (typeof inner !== "string") return argumentsText;
    JSON.parse(inner);
    return inner;
  } catch {
    return argumentsText;
  }
}
