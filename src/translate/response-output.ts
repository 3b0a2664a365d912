import type { ResponseOutputItem } from "openai/resources/responses/responses";
import type { CompletionEvent, FinishReason, ToolCallStart, Usage } from "../completion/event.ts";
import type { ResponseEvents } from "./response-events.ts";
import { openCustomCall, openFunctionCall, openMessage, openReasoning } from "./response-items.ts";
import type { OpenCall, OpenText } from "./response-items.ts";
import type { ToolName } from "./tool-namespaces.ts";

export interface OutputOptions {
  /** Tools of type `custom`, whose calls carry a text in place of arguments. */
  readonly customTools: ReadonlySet<string>;
  /** Tools in namespaces, by the names under which the model knows them. */
  readonly namespacedTools: ReadonlyMap<string, ToolName>;
  readonly includeObfuscation: boolean;
}

/** The output of a response while it is written: items in the order in which the model made them. */
export interface ResponseOutput {
  add(event: CompletionEvent): void;
  /** Ends the last item. `isCut` says that the answer ended in the middle of it. */
  end(isCut: boolean): void;
  /** The items, with the one that has not come to its end. */
  items(): ResponseOutputItem[];
  usage(): Usage | undefined;
  finishReason(): FinishReason;
}

export function createResponseOutput(events: ResponseEvents, options: OutputOptions): ResponseOutput {
  const closed: ResponseOutputItem[] = [];
  let open: OpenText | OpenCall | undefined;
  let usage: Usage | undefined;
  let finishReason: FinishReason = "stop";

  function close(isCut = false): void {
    if (open !== undefined) closed.push(open.close(isCut));
    open = undefined;
  }

  function next<Item extends OpenText | OpenCall>(create: (index: number) => Item): Item {
    close();
    const item = create(closed.length);
    open = item;
    return item;
  }

  function nextText(kind: OpenText["kind"]): OpenText {
    return next((index) =>
      kind === "message" ? openMessage(events, index, options.includeObfuscation) : openReasoning(events, index),
    );
  }

  function addText(kind: OpenText["kind"], delta: Parameters<OpenText["add"]>[0]): void {
    // An empty piece opens nothing: many streams begin with one, whatever follows.
    if (delta.text === "" && open?.kind !== kind) return;
    const item = open?.kind === kind ? open : nextText(kind);
    item.add(delta);
  }

  function openCall({ id, name }: ToolCallStart): void {
    const call = { id, ...(options.namespacedTools.get(name) ?? { name }) };
    next((index) =>
      options.customTools.has(name) ? openCustomCall(events, index, call) : openFunctionCall(events, index, call),
    );
  }

  return {
    add(event) {
      switch (event.type) {
        case "text-delta":
          addText("message", event);
          break;
        case "reasoning-delta":
          addText("reasoning", event);
          break;
        case "tool-call-start":
          openCall(event);
          break;
        case "tool-call-delta":
          if (open?.kind === "call") open.add(event.argumentsDelta);
          break;
        case "tool-call-end":
          // What comes next closes the call: whether it was cut, the finish reason tells.
          break;
        case "usage":
          usage = event.usage;
          break;
        case "finish":
          finishReason = event.reason;
          break;
        default:
          event satisfies never;
      }
    },
    end(isCut) {
      // An answer that is empty is an empty text, and not the lack of one.
      const isSilent =
        (open === undefined || open.kind === "reasoning") && closed.every(({ type }) => type === "reasoning");
      if (isSilent && !isCut) nextText("message");
      close(isCut);
    },
    items() {
      return open === undefined ? [...closed] : [...closed, open.show("incomplete")];
    },
    usage() {
      return usage;
    },
    finishReason() {
      return finishReason;
    },
  };
}
