import { describe, expect, it } from "vitest";
import { toBase64 } from "../../src/stream/base64.ts";
import { collectBytes } from "../../src/stream/byte-source.ts";
import { readSpeech } from "../../src/workers-ai/read-speech.ts";
import { chunkedAnswer, failureReport, jsonAnswer, reportedFailure, textAnswer, unusable } from "./task-answer.ts";

const noise = Uint8Array.from({ length: 40 }, (_, index) => index);
const json = JSON.stringify({ audio: toBase64(noise) });

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

describe("sound", () => {
  it.each(["audio/mpeg", "Audio/wav", "application/octet-stream", "application/octet-stream; x=y"])(
    "is whatever says that it is: %s",
    async (type) => {
      for (const first of [noise, bytesOf("{not json}")]) {
        const speech = await readSpeech(chunkedAnswer([first, noise], type));
        expect(speech.head).toEqual(first);
        expect(await collectBytes(speech.body, 1000)).toEqual(Uint8Array.of(...first, ...noise));
      }
    },
  );

  it.each([
    ["WAV", "RIFF\x24\x00"],
    ["Ogg", "OggS\x00"],
    ["FLAC", "fLaC\x00"],
    ["MP3 with a tag", "ID3\x04"],
    ["MP3", "\xff\xfb\x90"],
    ["AAC", "\xff\xf1\x50"],
    ["MPEG audio with the least second byte", "\xff\xe0"],
  ])("is what begins as %s does, whatever its content type", async (_, beginning) => {
    for (const type of [undefined, "application/json"]) {
      const first = bytesOf(beginning);
      const speech = await readSpeech(chunkedAnswer([first, noise], type));
      expect(speech.head).toEqual(first);
      expect(await collectBytes(speech.body, 1000)).toEqual(Uint8Array.of(...first, ...noise));
    }
  });

  it.each(["\xff", "\xff\xdf", "\xfe\xfb", "\xfe\xe0", "\x00\xff\xfb", "RIF", "riff", "xID3", "ID", "\x00", "sound"])(
    "is not what begins with %j and does not say that it is sound",
    async (beginning) => {
      for (const type of [undefined, "text/plain", "text/audio/", "x-audio/mpeg"]) {
        await expect(readSpeech(chunkedAnswer([bytesOf(beginning)], type))).rejects.toMatchObject(unusable);
      }
    },
  );

  it.each([undefined, "application/json", "application/json; of=audio/mpeg"])(
    "is taken out of a JSON object (%s)",
    async (type) => {
      const { head, body } = await readSpeech(textAnswer(json, type));
      expect(head).toEqual(noise.subarray(0, 16));
      expect(await body.next()).toEqual(noise);
      expect(await body.next()).toBeUndefined();
      expect(() => body.cancel("gone")).not.toThrow();
    },
  );

  it.each(["", "{", '{"image":"AAAA"}', '{"audio":""}', `{"audio":"${toBase64(noise.subarray(0, 18))}****"}`])(
    "cannot be had of an answer without one: %j",
    async (text) => {
      await expect(readSpeech(textAnswer(text))).rejects.toMatchObject(unusable);
    },
  );

  it("gives way to the failure that the answer reports", async () => {
    await expect(readSpeech(jsonAnswer(failureReport))).rejects.toMatchObject(reportedFailure);
  });

  it("that nobody wants any more stops the answer", async () => {
    const reasons: unknown[] = [];
    const { headers, body } = chunkedAnswer([noise], "audio/mpeg");
    const speech = await readSpeech({
      headers,
      body: {
        ...body,
        cancel: (reason) => {
          reasons.push(reason);
        },
      },
    });
    speech.body.cancel("gone");
    expect(reasons).toEqual(["gone"]);
  });
});
