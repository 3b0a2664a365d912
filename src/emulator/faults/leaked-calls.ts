import { encodeSseData, SSE_DONE } from "../../stream/sse-encoder.ts";
import type { ToolCall } from "../answer/plan.ts";
import { tokenize } from "../language/tokenizer.ts";
import { callsOf } from "./fault-calls.ts";
import { soundBody, soundStream, type Fault } from "./fault.ts";

type Write = (call: ToolCall) => string;

/** A tool call that the model wrote as text, streamed token by token. */
function leaks(id: string, description: string, write: Write): Fault {
  return {
    id: `@emulator/${id}`,
    description,
    stream: function* (call) {
      const [first] = callsOf(call);
      if (first === undefined) {
        yield* soundStream(call, "native");
        return;
      }
      const tokens = [...tokenize(write(first))];
      for (const token of tokens) yield encodeSseData(JSON.stringify({ response: token, tool_calls: [], p: "abc" }));
      yield encodeSseData(JSON.stringify({ response: "", usage: usageOf(tokens.length) }));
      yield SSE_DONE;
    },
    body: (call) => {
      const [first] = callsOf(call);
      if (first === undefined) return soundBody(call, "native");
      return { response: write(first), tool_calls: [], usage: usageOf([...tokenize(write(first))].length) };
    },
  };
}

function usageOf(completion: number): object {
  return { prompt_tokens: 12, completion_tokens: completion, total_tokens: 12 + completion };
}

const json = (value: unknown) => JSON.stringify(value);
const list = (call: ToolCall) =>
  Object.entries(call.arguments)
    .map(([name, value]) => `${name}=${json(value)}`)
    .join(", ");

export const leakedCalls: readonly Fault[] = [
  leaks("leaked-json", "A call as bare JSON with name and arguments.", (call) => json(call)),
  leaks("leaked-parameters", "A call as bare JSON with name and parameters.", (call) =>
    json({ name: call.name, parameters: call.arguments }),
  ),
  leaks("leaked-function-type", "A call as bare JSON with a type.", (call) =>
    json({ type: "function", name: call.name, parameters: call.arguments }),
  ),
  leaks("leaked-flat-arguments", "A call as bare JSON with the arguments beside the name.", (call) =>
    json({ name: call.name, ...call.arguments }),
  ),
  leaks("leaked-array", "Calls as a bare JSON array.", (call) => json([call])),
  leaks("leaked-fence", "A call as JSON in a fenced block.", (call) => `\`\`\`json\n${json(call)}\n\`\`\``),
  leaks("leaked-tools-tag", "A call in a tools tag.", (call) => `<tools>\n${json(call)}\n</tools>`),
  leaks("leaked-tool-call-tag", "A call in a tool_call tag.", (call) => `<tool_call>\n${json(call)}\n</tool_call>`),
  leaks(
    "leaked-function-tag",
    "A call in a tag that names the function.",
    (call) => `<function=${call.name}>${json(call.arguments)}</function>`,
  ),
  leaks(
    "leaked-name-tag",
    "A call in a tag that is the function's name.",
    (call) => `<${call.name}>${json(call.arguments)}</${call.name}>`,
  ),
  leaks(
    "leaked-python-tag",
    "A call after a python tag.",
    (call) => `<|python_tag|>${json({ name: call.name, parameters: call.arguments })}`,
  ),
  leaks("leaked-pythonic", "A call as a list of Python calls.", (call) => `[${call.name}(${list(call)})]`),
  leaks("leaked-call", "A call as one Python call.", (call) => `${call.name}(${list(call)})`),
  leaks(
    "leaked-in-prose",
    "JSON of a call in the middle of a sentence: it is text.",
    (call) => `You could send ${json(call)} to the tool.`,
  ),
  leaks("leaked-unknown", "Bare JSON that names a tool nobody offered: it is text.", (call) =>
    json({ name: "no_such_tool", arguments: call.arguments }),
  ),
];
