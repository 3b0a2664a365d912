import type { RawMessageStreamEvent } from "@anthropic-ai/sdk/resources/messages";
import { readNamedEvents } from "../../support/named-events.ts";

/** What the events of a stream of the Messages API add up to. */
export interface MessageReport {
  readonly problems: readonly string[];
  readonly blocks: readonly ReportedBlock[];
  readonly stopReason: string | null | undefined;
  readonly outputTokens: number | undefined;
}

export interface ReportedBlock {
  readonly type: string;
  readonly name?: string;
  text: string;
}

const deltaTypes: Readonly<Record<string, readonly string[]>> = {
  text: ["text_delta"],
  thinking: ["thinking_delta", "signature_delta"],
  tool_use: ["input_json_delta"],
};

/** Holds a whole stream against Anthropic's order: blocks one after another, each begun once and ended once. */
export function checkMessageStream(text: string): MessageReport {
  const problems: string[] = [];
  const blocks: ReportedBlock[] = [];
  let isOpen = false;
  let stopReason: string | null | undefined;
  let outputTokens: number | undefined;
  const events = readNamedEvents(text);
  const names = events.map(({ name }) => name);
  if (names[0] !== "message_start" || names.lastIndexOf("message_start") !== 0) problems.push("no one start");
  if (names.at(-2) !== "message_delta" || names.at(-1) !== "message_stop") problems.push("no end");
  for (const { name, data } of events) {
    const event = data as RawMessageStreamEvent;
    if (event.type !== name) problems.push(`${name} is of type ${event.type}`);
    switch (event.type) {
      case "content_block_start":
        if (isOpen || event.index !== blocks.length) problems.push(`block ${event.index} begins at a wrong place`);
        isOpen = true;
        blocks.push({
          type: event.content_block.type,
          text: "",
          ...("name" in event.content_block && { name: event.content_block.name }),
        });
        break;
      case "content_block_delta": {
        const block = blocks.at(-1);
        if (block === undefined || !isOpen || event.index !== blocks.length - 1)
          problems.push("a delta outside of its block");
        else if (deltaTypes[block.type]?.includes(event.delta.type) !== true)
          problems.push(`${event.delta.type} in ${block.type}`);
        else block.text += textOf(event.delta);
        break;
      }
      case "content_block_stop":
        if (!isOpen || event.index !== blocks.length - 1) problems.push(`block ${event.index} ends at a wrong place`);
        isOpen = false;
        break;
      case "message_delta":
        if (isOpen || stopReason !== undefined) problems.push("an end at a wrong place");
        stopReason = event.delta.stop_reason;
        outputTokens = event.usage.output_tokens;
        break;
      case "message_start":
      case "message_stop":
        break;
      default:
        problems.push(`an event that is none: ${name}`);
    }
  }
  return { problems, blocks, stopReason, outputTokens };
}

function textOf(delta: Extract<RawMessageStreamEvent, { type: "content_block_delta" }>["delta"]): string {
  if (delta.type === "text_delta") return delta.text;
  if (delta.type === "thinking_delta") return delta.thinking;
  return delta.type === "input_json_delta" ? delta.partial_json : "";
}
