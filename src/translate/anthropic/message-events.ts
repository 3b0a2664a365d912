import type {
  MessageDeltaUsage,
  RawContentBlockStartEvent,
  RawMessageDeltaEvent,
  RawMessageStreamEvent,
} from "@anthropic-ai/sdk/resources/messages";
import { toErrorBody } from "../../anthropic/error-body.ts";
import type { CompletionEvent, FinishEvent, Usage } from "../../completion/event.ts";
import { encodeSseEvent } from "../../stream/sse-encoder.ts";
import type { AnswerIdentity } from "../answer-identity.ts";
import type { StreamRenderer } from "../stream-renderer.ts";
import { NO_SIGNATURE, toEmptyMessage, toStop, toToolUseId, toUsage } from "./message.ts";
import type { MessageForm } from "./message.ts";

type Block = RawContentBlockStartEvent["content_block"];
type BlockType = "text" | "thinking" | "tool_use";

/**
 * Writes an answer as the events of the Messages API: the empty message; its content, one block after another, each
 * begun, added to and ended; how it ended, with the usage; and that it is over. The upstream may tell usage behind its
 * finish, so both are held until the end.
 */
export function createMessageRenderer(identity: AnswerIdentity, form: MessageForm, requestId: string): StreamRenderer {
  let hasBegun = false;
  let blocks = 0;
  let open: BlockType | undefined;
  /** What stands before and after the text of a delta of the open block: the same for each of its tokens. */
  let delta: readonly [string, string] = ["", ""];
  let finish: FinishEvent | undefined;
  let usage: Usage | undefined;

  function begin(): string {
    if (hasBegun) return "";
    hasBegun = true;
    return toRecord({ type: "message_start", message: toEmptyMessage(identity) });
  }

  function openBlock(type: BlockType, block: Block): string {
    const text = closeBlock();
    open = type;
    delta = toDeltaFrame(blocks, type);
    return text + toRecord({ type: "content_block_start", index: blocks, content_block: block });
  }

  function closeBlock(): string {
    if (open === undefined) return "";
    const index = blocks;
    const signature =
      open === "thinking"
        ? toRecord({ type: "content_block_delta", index, delta: { type: "signature_delta", signature: NO_SIGNATURE } })
        : "";
    open = undefined;
    blocks += 1;
    return signature + toRecord({ type: "content_block_stop", index });
  }

  function add(text: string): string {
    return delta[0] + JSON.stringify(text) + delta[1];
  }

  function renderEvent(event: CompletionEvent): string {
    switch (event.type) {
      case "text-delta": {
        const head = open === "text" ? "" : openBlock("text", { type: "text", text: "", citations: null });
        return head + add(event.text);
      }
      case "reasoning-delta": {
        if (form.thinking === "hidden") return "";
        const block: Block = { type: "thinking", thinking: "", signature: "" };
        const head = open === "thinking" ? "" : openBlock("thinking", block);
        return form.thinking === "shown" ? head + add(event.text) : head;
      }
      case "tool-call-start": {
        const { id, name } = event;
        const caller = { type: "direct" } as const;
        return openBlock("tool_use", { type: "tool_use", id: toToolUseId(id), name, input: {}, caller });
      }
      case "tool-call-delta":
        return add(event.argumentsDelta);
      case "tool-call-end":
        return closeBlock();
      case "usage":
        usage = event.usage;
        return "";
      case "finish":
        finish = event;
        return "";
      default:
        return event satisfies never;
    }
  }

  return {
    render({ events }) {
      let text = begin();
      for (const event of events) text += renderEvent(event);
      return text;
    },
    end() {
      const text = begin() + closeBlock();
      if (finish === undefined) return text;
      return text + toRecord(toEnd(finish, usage, form)) + toRecord({ type: "message_stop" });
    },
    fail: (error) => encodeSseEvent("error", JSON.stringify(toErrorBody(error, requestId))),
  };
}

function toRecord(event: RawMessageStreamEvent): string {
  return encodeSseEvent(event.type, JSON.stringify(event));
}

function toEnd(finish: FinishEvent, usage: Usage | undefined, form: MessageForm): RawMessageDeltaEvent {
  return {
    type: "message_delta",
    delta: { ...toStop(finish.reason, finish.stopSequence, form), container: null },
    usage: toDeltaUsage(usage),
  };
}

function toDeltaUsage(usage: Usage | undefined): MessageDeltaUsage {
  const {
    cache_creation: _creation,
    service_tier: _tier,
    inference_geo: _geo,
    speed: _speed,
    ...counts
  } = toUsage(usage);
  return counts;
}

const deltaMembers = {
  text: ["text_delta", "text"],
  thinking: ["thinking_delta", "thinking"],
  tool_use: ["input_json_delta", "partial_json"],
} as const;

function toDeltaFrame(index: number, type: BlockType): readonly [string, string] {
  const [deltaType, member] = deltaMembers[type];
  // A character that JSON text never holds as such marks the place.
  const json = `{"type":"content_block_delta","index":${index},"delta":{"type":"${deltaType}","${member}":\u0000}}`;
  const [before = "", after = ""] = encodeSseEvent("content_block_delta", json).split("\u0000");
  return [before, after];
}
