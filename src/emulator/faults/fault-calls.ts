import type { ToolCall } from "../answer/plan.ts";
import { decideToolCalls } from "../tools/decide.ts";
import { lastUserTurn } from "../answer/conversation.ts";
import type { FaultCall } from "./fault.ts";

const WITHOUT_TOOLS: ToolCall = { name: "get_weather", arguments: { city: "Paris" } };

/**
 * What a misshapen tool call is about: the calls that the request leads to, or one of the first tool, or of a weather
 * tool where none is offered. None once there are results: an agent's loop ends here too.
 */
export function callsOf(call: FaultCall): readonly ToolCall[] {
  const { task } = call.context();
  if (lastUserTurn(task.conversation).after.some(({ role }) => role === "tool")) return [];
  const decided = decideToolCalls(task);
  if (decided.length > 0) return decided;
  const first = decideToolCalls({ ...task, toolChoice: { type: "required" } });
  return first.length > 0 ? first : [WITHOUT_TOOLS];
}
