import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toBase64 } from "../../src/stream/base64.ts";
import { readMedia } from "../../src/workers-ai/read-media.ts";
import { chunkedAnswer, failureReport, jsonAnswer, reportedFailure, textAnswer, unusable } from "./task-answer.ts";

const image = Uint8Array.from({ length: 40 }, (_, index) => 255 - index);

describe("media", () => {
  it("are the bytes of an answer", async () => {
    const media = await readMedia(chunkedAnswer([image.subarray(0, 3), image.subarray(3)]), "image");
    expect(media.head).toEqual(image.subarray(0, 16));
    expect(media.toBytes()).toEqual(image);
    expect(media.toBase64()).toBe(toBase64(image));
  });

  it.each(["image", "audio"] as const)("are the base64 of an object's member %s", async (member) => {
    for (const answer of [{ [member]: toBase64(image) }, { result: { [member]: toBase64(image) }, success: true }]) {
      const media = await readMedia(jsonAnswer(answer, [1, 7]), member);
      expect(media.head).toEqual(image.subarray(0, 16));
      expect(media.toBytes()).toEqual(image);
      expect(media.toBase64()).toBe(toBase64(image));
    }
  });

  it("are the same in both forms, however long they are", async () => {
    // A first byte of 0x7b begins JSON.
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 64 }).filter(([first]) => first !== 0x7b);
    const property = fc.asyncProperty(bytes, async (whole) => {
      const plain = await readMedia(chunkedAnswer([whole]), "audio");
      const wrapped = await readMedia(jsonAnswer({ audio: toBase64(whole) }), "audio");
      expect(wrapped.head).toEqual(plain.head);
      expect(wrapped.toBytes()).toEqual(plain.toBytes());
      expect(wrapped.toBase64()).toBe(plain.toBase64());
    });
    await expect(fc.assert(property, { seed: 6, numRuns: 200 })).resolves.toBeUndefined();
  });

  it.each([
    ["empty", ""],
    ["JSON that breaks off", '{"image":"AAAA'],
    ["an object of another member", '{"audio":"AAAA"}'],
    ["an object with an empty text", '{"image":""}'],
    ["an object with no text", '{"image":[1,2]}'],
    ["an envelope around nothing", '{"image":"AAAA","result":{}}'],
    ["text that is no base64 from its beginning", '{"image":"****"}'],
  ])("cannot be had of an answer that is %s", async (_, text) => {
    await expect(readMedia(textAnswer(text), "image")).rejects.toMatchObject(unusable);
  });

  it("fail where the base64 goes wrong behind its beginning, once their bytes are asked for", async () => {
    const base64 = `${toBase64(image.subarray(0, 18))}****`;
    const media = await readMedia(jsonAnswer({ image: base64 }), "image");
    expect(media.head).toEqual(image.subarray(0, 16));
    expect(media.toBase64()).toBe(base64);
    expect(() => media.toBytes()).toThrow(unusable.message);
  });

  it("give way to the failure that the answer reports", async () => {
    await expect(readMedia(jsonAnswer(failureReport), "image")).rejects.toMatchObject(reportedFailure);
  });
});
