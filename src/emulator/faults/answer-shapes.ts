import { encodeSseData, SSE_DONE } from "../../stream/sse-encoder.ts";
import { objectOf, without, type JsonObject } from "../json-value.ts";
import { changeChoice, changed, changedBody } from "./change-frames.ts";
import { soundBody, soundStream, type Fault, type FaultCall } from "./fault.ts";

function response(id: string, description: string, value: unknown): Fault {
  const replaced = (body: JsonObject): JsonObject =>
    value === undefined ? without(body, "response") : { ...body, response: value };
  return { id: `@emulator/${id}`, description, dialect: "native", body: changedBody(replaced, "native") };
}

function toJson(call: FaultCall, contentType: string | undefined): Response {
  const result = new Response(new TextEncoder().encode(JSON.stringify(soundBody(call, "native"))));
  result.headers.delete("content-type");
  if (contentType !== undefined) result.headers.set("content-type", contentType);
  return result;
}

/** A body of 128 MB that is made as it is read. */
function* hugeJson(): Generator<string, void> {
  yield '{"response":"';
  for (let kilobyte = 0; kilobyte < 128 * 1024; kilobyte++) yield "x".repeat(1024);
  yield '","tool_calls":[]}';
}

const reasoned = (name: string) =>
  changed((frame, position) =>
    position === 1
      ? [changeChoice(frame, (choice) => ({ ...choice, delta: { [name]: "Let me think." } })), frame]
      : frame,
  );

/** The answers in a shape that nobody asked for. */
export const answerShapes: readonly Fault[] = [
  {
    id: "@emulator/not-streamed",
    description: "JSON, although a stream was asked for.",
    respond: (call) => Response.json(soundBody(call, "native")),
  },
  {
    id: "@emulator/not-streamed-openai",
    description: "A chat completion as JSON, although a stream was asked for.",
    respond: (call) => Response.json(soundBody(call)),
  },
  {
    id: "@emulator/streamed",
    description: "A stream, although JSON was asked for.",
    respond: (call) => call.streamResponse(soundStream(call)),
  },
  {
    id: "@emulator/charset-json",
    description: "JSON as `application/json; charset=utf-8`.",
    respond: (call) => (call.stream ? undefined : toJson(call, "application/json; charset=utf-8")),
  },
  {
    id: "@emulator/upper-case-json",
    description: "JSON as `Application/JSON`.",
    respond: (call) => (call.stream ? undefined : toJson(call, "Application/JSON")),
  },
  {
    id: "@emulator/no-content-type",
    description: "An answer without a content type.",
    respond: (call) =>
      call.stream ? call.streamResponse(soundStream(call), { "content-type": "" }) : toJson(call, undefined),
  },
  {
    id: "@emulator/cut-json",
    description: "JSON that ends in the middle.",
    respond: (call) =>
      call.stream
        ? undefined
        : new Response(JSON.stringify(soundBody(call)).slice(0, 60), {
            headers: { "content-type": "application/json" },
          }),
  },
  {
    id: "@emulator/text-body",
    description: "200 with text that is no JSON.",
    respond: (call) =>
      call.stream ? undefined : new Response("All is well.", { headers: { "content-type": "application/json" } }),
  },
  {
    id: "@emulator/huge-json",
    description: "JSON of 128 megabytes.",
    respond: (call) =>
      call.stream ? undefined : call.streamResponse(hugeJson(), { "content-type": "application/json" }),
  },
  {
    id: "@emulator/dual-copies",
    description: "Everything twice, in OpenAI's fields and in the native ones.",
    dialect: "dual",
    body: (call) => ({ ...soundBody(call, "native"), ...soundBody(call, "dual") }),
  },
  {
    id: "@emulator/late-copies",
    description: "Empty native copies first, then full ones beside the choices.",
    stream: changed((frame, position) => ({
      ...frame,
      response:
        position < 2
          ? ""
          : (objectOf(objectOf(Array.isArray(frame.choices) ? frame.choices[0] : {}).delta).content ?? ""),
    })),
  },
  {
    id: "@emulator/mixed-frames",
    description: "Native frames between OpenAI-shaped ones.",
    stream: changed((frame, position) => {
      const { content } = objectOf(objectOf(Array.isArray(frame.choices) ? frame.choices[0] : {}).delta);
      return position % 2 === 1 && typeof content === "string" ? { response: content, p: "abc" } : frame;
    }),
  },
  {
    id: "@emulator/numbers-as-text",
    description: "Digits arrive as JSON numbers, in both copies.",
    stream: changed((frame) =>
      changeChoice(frame, (choice) => {
        const { content } = objectOf(choice.delta);
        return typeof content === "string" && /^\d+$/.test(content) && String(Number(content)) === content
          ? { ...choice, delta: { content: Number(content) } }
          : choice;
      }),
    ),
  },
  response("response-null", "`response` is null.", null),
  response("response-missing", "There is no `response`.", undefined),
  response("response-number", "`response` is the number 42.", 42),
  response("response-boolean", "`response` is true.", true),
  response("response-object", "`response` is an object.", { answer: 42 }),
  response("response-array", "`response` is an array.", [1, "two"]),
  {
    id: "@emulator/no-choices",
    description: "A chat completion with an empty list of choices.",
    body: changedBody((body) => ({ ...body, choices: [] })),
  },
  {
    id: "@emulator/null-content",
    description: "A chat completion whose content is null.",
    body: changedBody((body) =>
      changeChoice(body, (choice) => ({ ...choice, message: { role: "assistant", content: null } })),
    ),
  },
  {
    id: "@emulator/no-choice-index",
    description: "Choices without an index.",
    stream: changed((frame) => changeChoice(frame, (choice) => without(choice, "index"))),
  },
  {
    id: "@emulator/many-roles",
    description: "The role in every chunk.",
    stream: changed((frame) =>
      changeChoice(frame, (choice) => ({ ...choice, delta: { role: "assistant", ...objectOf(choice.delta) } })),
    ),
  },
  {
    id: "@emulator/two-finishes",
    description: "The finish reason twice.",
    stream: changed((frame) => (/"finish_reason":"/.test(JSON.stringify(frame)) ? [frame, frame] : frame)),
  },
  {
    id: "@emulator/no-finish",
    description: "No finish reason, but usage and [DONE].",
    stream: changed((frame) => changeChoice(frame, (choice) => ({ ...choice, finish_reason: null }))),
    body: changedBody((body) => changeChoice(body, (choice) => ({ ...choice, finish_reason: null }))),
  },
  {
    id: "@emulator/filtered",
    description: "The finish reason content_filter.",
    stream: changed((frame) =>
      changeChoice(frame, (choice) =>
        choice.finish_reason === "stop" ? { ...choice, finish_reason: "content_filter" } : choice,
      ),
    ),
    body: changedBody((body) => changeChoice(body, (choice) => ({ ...choice, finish_reason: "content_filter" }))),
  },
  {
    id: "@emulator/odd-finish",
    description: "A finish reason that OpenAI does not know.",
    stream: changed((frame) =>
      changeChoice(frame, (choice) =>
        choice.finish_reason === "stop" ? { ...choice, finish_reason: "eos_token" } : choice,
      ),
    ),
    body: changedBody((body) => changeChoice(body, (choice) => ({ ...choice, finish_reason: "eos_token" }))),
  },
  {
    id: "@emulator/reasoning",
    description: "`Let me think.` in the field reasoning.",
    stream: reasoned("reasoning"),
    body: changedBody((body) =>
      changeChoice(body, (choice) => ({
        ...choice,
        message: { ...objectOf(choice.message), reasoning: "Let me think." },
      })),
    ),
  },
  {
    id: "@emulator/reasoning-twice",
    description: "`Let me think.` in reasoning and, equally, in reasoning_content.",
    stream: changed((frame, position) =>
      position === 1
        ? [
            changeChoice(frame, (choice) => ({
              ...choice,
              delta: { reasoning: "Let me think.", reasoning_content: "Let me think." },
            })),
            frame,
          ]
        : frame,
    ),
    body: changedBody((body) =>
      changeChoice(body, (choice) => ({
        ...choice,
        message: { ...objectOf(choice.message), reasoning: "Let me think.", reasoning_content: "Let me think." },
      })),
    ),
  },
  {
    id: "@emulator/think-tags",
    description: "`<think>Let me think.</think>` before the text, cut into small pieces.",
    ...prefixed("<think>", "\nLet me", " think.\n</thi", "nk>\n\n"),
  },
  {
    id: "@emulator/think-unopened",
    description: "`Let me think.</think>` before the text, without the opening tag.",
    ...prefixed("Let me", " think.\n</thi", "nk>\n\n"),
  },
  {
    id: "@emulator/ready-done",
    description: "Empty texts, and nothing else, before [DONE].",
    stream: () => [
      encodeSseData('{"response":""}'),
      encodeSseData('{"response":"","usage":{"prompt_tokens":3,"completion_tokens":0,"total_tokens":3}}'),
      SSE_DONE,
    ],
    body: () => ({ response: "", tool_calls: [], usage: { prompt_tokens: 3, completion_tokens: 0, total_tokens: 3 } }),
  },
];

/** The sound native answer with texts before it. */
function prefixed(...texts: readonly string[]): Pick<Fault, "dialect" | "stream" | "body"> {
  return {
    dialect: "native",
    stream: changed(
      (frame, position) => (position === 0 ? [...texts.map((text) => ({ response: text, p: "ab" })), frame] : frame),
      "native",
    ),
    body: changedBody((body) => ({ ...body, response: `${texts.join("")}${String(body.response)}` }), "native"),
  };
}
