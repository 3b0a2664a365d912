import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMultipartParser, MultipartError } from "../../src/stream/multipart.ts";
import { slicings } from "../support/slices.ts";

interface Part {
  readonly headers: Readonly<Record<string, string>>;
  readonly content: string;
}

/** What the parser makes of a body, in these slices; contents as text with a character for each byte. */
function parse(boundary: string, chunks: readonly Uint8Array[]): Part[] {
  const parts: { headers: Record<string, string>; content: string; isOver: boolean }[] = [];
  function openPart() {
    const part = parts.at(-1);
    if (part === undefined || part.isOver) throw new Error("No part is open.");
    return part;
  }
  const parser = createMultipartParser(boundary, {
    begin: (headers) => void parts.push({ headers: Object.fromEntries(headers), content: "", isOver: false }),
    data(bytes) {
      expect(bytes).not.toHaveLength(0);
      openPart().content += String.fromCharCode(...bytes);
    },
    end() {
      openPart().isOver = true;
    },
  });
  for (const chunk of chunks) parser.feed(chunk);
  parser.end();
  expect(parts.every(({ isOver }) => isOver)).toBe(true);
  return parts.map(({ headers, content }) => ({ headers, content }));
}

function write(boundary: string, parts: readonly Part[]): Uint8Array {
  const text = parts
    .map(({ headers, content }) => {
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      return `--${boundary}\r\n${lines.join("")}\r\n${content}\r\n`;
    })
    .join("");
  return Uint8Array.from(`${text}--${boundary}--\r\n`, (character) => character.charCodeAt(0));
}

const contents = [
  "plain",
  "",
  "\r\n",
  "\r\n--x",
  "\r\r\n-\r\n--\r\n--boundar",
  "--boundary inside of a line",
  "line\r\nline\r\n\r\nline",
  "\u0000\u00ff\u0000",
];

describe("the parser of forms", () => {
  const parts = contents.map((content, index) => ({
    headers: { "content-disposition": `form-data; name="field ${index}"` },
    content,
  }));

  it.each(slicings(write("boundary", parts)))(
    "gives every part as it was written, whatever it looks like: $name",
    ({ chunks }) => {
      expect(parse("boundary", chunks)).toEqual(parts);
    },
  );

  it("reads what the runtime writes, and what stands in front of it or behind it", async () => {
    const form = new FormData();
    form.append("model", "whisper");
    form.append("file", new File(["\r\n--\r\nsound"], "a.wav"));
    const encoded = new Response(form);
    const boundary = /boundary=(.*)$/.exec(encoded.headers.get("content-type") ?? "")?.[1] ?? "";
    const bytes = new Uint8Array(await encoded.arrayBuffer());
    const around = [new TextEncoder().encode("preamble\r\n"), bytes, new TextEncoder().encode("epilogue\r\n--")];
    for (const chunks of [[bytes], around]) {
      expect(parse(boundary, chunks).map(({ content }) => content)).toEqual(["whisper", "\r\n--\r\nsound"]);
    }
  });

  it("takes a part without headers, and headers without a part's name", () => {
    const bare = [
      { headers: {}, content: "bare" },
      { headers: { "x-a": "1" }, content: "" },
    ];
    expect(parse("b", [write("b", bare)])).toEqual(bare);
  });

  it("reads names of headers in any case and with spaces around them, and skips a line that names none", () => {
    const text = "--b\r\nX-Name : value \r\n: nothing\r\nnothing\r\n\r\ntext\r\n--b--";
    expect(parse("b", [new TextEncoder().encode(text)])).toEqual([{ headers: { "x-name": "value" }, content: "text" }]);
  });

  it("takes the second dash of the last boundary for the end of the form, whatever comes behind it", () => {
    for (const end of ["", "\r\n", "more\r\n--b\r\n\r\nmore"]) {
      for (const { chunks } of slicings(new TextEncoder().encode(`--b\r\n\r\ntext\r\n--b--${end}`))) {
        expect(parse("b", chunks)).toEqual([{ headers: {}, content: "text" }]);
      }
    }
  });

  it("takes headers of 16 KiB", () => {
    const head = `\r\nx: ${"y".repeat(16 * 1024 - 5)}`;
    const chunks = [`--b${head}`, "\r\n\r\ntext\r\n--b--"].map((text) => new TextEncoder().encode(text));
    expect(parse("b", chunks).map(({ content }) => content)).toEqual(["text"]);
  });

  it.each([
    ["nothing", "", "is not complete"],
    ["no boundary", "text", "is not complete"],
    ["no end", "--b\r\n\r\ncontent", "is not complete"],
    ["no end of the last boundary", "--b\r\n\r\ncontent\r\n--b", "is not complete"],
    ["something behind a boundary", "--b\r\n\r\ncontent\r\n--bc\r\n", "followed by something else"],
    ["headers without an end", `--b\r\nx: ${"y".repeat(16 * 1024)}`, "too long"],
  ])("throws where the form is none: %s", (_case, text, message) => {
    const read = () => parse("b", [new TextEncoder().encode(text)]);
    expect(read).toThrow(MultipartError);
    expect(read).toThrow(message);
  });

  it("gives any parts in any slices", () => {
    const bytes = fc.string({ unit: fc.constantFrom("\r", "\n", "-", "b", "a", "\u00ff"), maxLength: 40 });
    fc.assert(
      fc.property(fc.array(bytes, { minLength: 1, maxLength: 4 }), fc.nat(), (written, seed) => {
        const boundary = "ba";
        fc.pre(written.every((content) => !`\r\n${content}\r\n`.includes("\r\n--ba")));
        const forms = written.map((content) => ({ headers: { a: "b" }, content }));
        for (const { chunks } of slicings(write(boundary, forms), seed)) expect(parse(boundary, chunks)).toEqual(forms);
      }),
      { seed: 20_261_126, numRuns: 200 },
    );
  });
});
