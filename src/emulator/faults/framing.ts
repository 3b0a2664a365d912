import { encodeSseData, SSE_DONE } from "../../stream/sse-encoder.ts";
import type { StreamStep } from "../stream-body.ts";
import { soundStream, type Fault, type FaultCall } from "./fault.ts";

type Rewrite = (record: string, position: number) => StreamStep | readonly StreamStep[];

/** The sound stream with each record written in another way. */
function rewritten(rewrite: Rewrite): (call: FaultCall) => Generator<StreamStep, void> {
  return function* (call) {
    let position = 0;
    for (const record of soundStream(call)) yield* [rewrite(record, position++)].flat();
  };
}

/** The sound stream in pieces of so many bytes, whatever stands in them. */
function inPieces(size: number, steps: (call: FaultCall) => Iterable<string> = (call) => soundStream(call)) {
  return function* (call: FaultCall): Generator<Uint8Array, void> {
    const encoder = new TextEncoder();
    for (const record of steps(call)) {
      const bytes = encoder.encode(record);
      for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
    }
  };
}

function nativeFrame(response: unknown, more: object = {}): string {
  return encodeSseData(JSON.stringify({ response, ...more }));
}

function* manyEvents(count: number): Generator<string, void> {
  for (let event = 0; event < count; event++) yield nativeFrame(` ${event % 10}`);
  yield nativeFrame("", { usage: { prompt_tokens: 1, completion_tokens: count, total_tokens: count + 1 } });
  yield SSE_DONE;
}

function fixed(...texts: readonly string[]): () => readonly string[] {
  const usage = { prompt_tokens: 1, completion_tokens: texts.length, total_tokens: texts.length + 1 };
  return () => [...texts.map((text) => nativeFrame(text)), nativeFrame("", { usage }), SSE_DONE];
}

function* endlessLine(): Generator<string, void> {
  yield 'data: {"response":"';
  for (;;) yield "x".repeat(1024);
}

function escapeUnicode(record: string): string {
  return record.replaceAll(
    /[\u0080-\uffff]/g,
    (character) => String.raw`\u` + character.charCodeAt(0).toString(16).padStart(4, "0"),
  );
}

const MEGABYTE = "0123456789abcdef".repeat(65_536);
const INJECTION = [
  "a\n\ndata: [DONE]\n\n",
  'b"}]}',
  "c\u2028d\u2029e",
  "f\u0000g",
  '\r\ndata: {"response":"no"}\r\n\r\n',
];
const BROKEN_ESCAPE = String.raw`{"response":"a \q escape"}`;

/** The streams that say the right thing in an unusual form. Their text is sound unless the description says otherwise. */
export const framing: readonly Fault[] = [
  {
    id: "@emulator/crlf-frames",
    description: "Lines that end with CR LF.",
    stream: rewritten((record) => record.replaceAll("\n", "\r\n")),
  },
  {
    id: "@emulator/cr-frames",
    description: "Lines that end with CR.",
    stream: rewritten((record) => record.replaceAll("\n", "\r")),
  },
  {
    id: "@emulator/mixed-line-ends",
    description: "Every kind of line end in turn.",
    stream: rewritten((record, position) => record.replaceAll("\n", ["\n", "\r\n", "\r"][position % 3] ?? "\n")),
  },
  {
    id: "@emulator/no-space",
    description: "No space after the colon of `data:`.",
    stream: rewritten((record) => record.replace(/^data: /, "data:")),
  },
  {
    id: "@emulator/two-data-lines",
    description: "Events whose JSON goes over two data lines.",
    stream: rewritten((record) =>
      record === SSE_DONE ? record : record.replace('","', '",\ndata: "').replace('":[', '":\ndata: ['),
    ),
  },
  {
    id: "@emulator/comments",
    description: "Comments between the events.",
    stream: rewritten((record) => [": keep-alive\n\n", record]),
  },
  {
    id: "@emulator/other-fields",
    description: "Events with id, event and retry fields.",
    stream: rewritten((record, position) => `id: ${position}\nevent: message\nretry: 10\n${record}`),
  },
  {
    id: "@emulator/bom",
    description: "A byte order mark before the first event.",
    stream: rewritten((record, position) => (position === 0 ? `\uFEFF${record}` : record)),
  },
  {
    id: "@emulator/keep-alives",
    description: "Blank lines and empty data between the events.",
    stream: rewritten((record) => ["\n\n", "data:\n\n", record]),
  },
  {
    id: "@emulator/bare-done",
    description: "[DONE] on a line of its own, without `data:`.",
    stream: rewritten((record) => (record === SSE_DONE ? "[DONE]\n\n" : record)),
  },
  {
    id: "@emulator/split-utf8",
    description: "Network chunks of three bytes, which cut characters in two.",
    stream: inPieces(3),
  },
  { id: "@emulator/one-byte-chunks", description: "Network chunks of one byte.", stream: inPieces(1) },
  {
    id: "@emulator/one-chunk",
    description: "The whole stream in one network chunk.",
    stream: (call) => [[...soundStream(call)].join("")],
  },
  {
    id: "@emulator/escaped-unicode",
    description: "Every character beyond ASCII as an escape, in pieces of five bytes.",
    stream: inPieces(5, function* (call) {
      for (const record of soundStream(call)) yield escapeUnicode(record);
    }),
  },
  {
    id: "@emulator/huge-frame",
    description: "One event of a megabyte in pieces of 64 bytes: 65536 times 0123456789abcdef.",
    stream: inPieces(64, fixed(MEGABYTE)),
  },
  { id: "@emulator/endless-line", description: "A line that never ends.", stream: endlessLine },
  { id: "@emulator/many-events", description: "2048 events of one token each.", stream: () => manyEvents(2048) },
  {
    id: "@emulator/very-many-events",
    description: "100000 events of one token each.",
    stream: () => manyEvents(100_000),
  },
  {
    id: "@emulator/injection",
    description: "Texts that look like the framing: blank lines, data: [DONE], separators, NUL.",
    stream: fixed(...INJECTION),
    body: () => ({ response: INJECTION.join(""), tool_calls: [] }),
  },
  {
    id: "@emulator/bad-escape",
    description: "An event with an escape that JSON does not know.",
    stream: () => [
      nativeFrame("Hello"),
      encodeSseData(BROKEN_ESCAPE),
      nativeFrame("", { usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } }),
      SSE_DONE,
    ],
  },
  {
    id: "@emulator/raw-control",
    description: "An event with a raw tab inside a string.",
    stream: () => [
      nativeFrame("Hello"),
      encodeSseData('{"response":" wor\tld"}'),
      nativeFrame("", { usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } }),
      SSE_DONE,
    ],
  },
  {
    id: "@emulator/odd-padding",
    description: "Padding with quotes, backslashes and separators in it.",
    stream: () => [
      nativeFrame("Hello", { p: '"\\\u2028\u0007é' }),
      nativeFrame(" there", { p: "" }),
      nativeFrame("", { usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } }),
      SSE_DONE,
    ],
  },
];
