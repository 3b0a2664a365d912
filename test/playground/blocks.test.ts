import { expect, it } from "vitest";
import { toBlocks } from "../../src/playground/chat/blocks.ts";

it("code between fences is apart from the words", () => {
  expect(toBlocks("Look:\n\n```ts\nconst a = 1;\n\nconst b = 2;\n```\n\nThat is all.")).toEqual([
    { kind: "words", text: "Look:" },
    { kind: "code", text: "const a = 1;\n\nconst b = 2;" },
    { kind: "words", text: "That is all." },
  ]);
});

it("a fence that is still open reaches to the end", () => {
  expect(toBlocks("```\na\n")).toEqual([{ kind: "code", text: "a\n" }]);
  expect(toBlocks("``` js")).toEqual([]);
});

it("a text without fences is one block, and no text is none", () => {
  expect(toBlocks("a `b` c\n\nd")).toEqual([{ kind: "words", text: "a `b` c\n\nd" }]);
  expect(toBlocks("")).toEqual([]);
  expect(toBlocks("\n\n")).toEqual([]);
});
