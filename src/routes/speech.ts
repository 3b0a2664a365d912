import type { GatewayContext } from "../env.ts";
import { GatewayError } from "../errors.ts";
import { meterBody } from "../gateway/meter-body.ts";
import { speechRequest } from "../openai/speech-request.ts";
import type { SpeechFormat } from "../openai/speech-request.ts";
import { toBody } from "../stream/byte-source.ts";
import { toSpeechCalls } from "../translate/speech-calls.ts";
import { toAnswerHeaders } from "./answer.ts";
import { parseBody } from "./json-body.ts";
import { toCaller } from "./order.ts";
import { runTaskOrder } from "./task.ts";

const contentTypes: Readonly<Record<SpeechFormat, string>> = {
  mp3: "audio/mpeg",
  opus: "audio/ogg",
  aac: "audio/aac",
  flac: "audio/flac",
  wav: "audio/wav",
  pcm: "audio/pcm",
};

const RIFF = [0x52, 0x49, 0x46, 0x46];

/** `POST /v1/audio/speech`: the sound is given on as it comes. */
export async function speech(c: GatewayContext): Promise<Response> {
  const request = await parseBody(c, speechRequest);
  const answer = await runTaskOrder(toCaller(c), {
    models: [request.model],
    toCalls: (entry) => toSpeechCalls(request, entry),
    isStreamed: true,
  });
  const [spoken] = answer.results;
  if (spoken === undefined) throw new GatewayError("internal", "A text that was not spoken.");
  // A model that sends WAV where it documents MP3 is not made to lie by the header.
  const isWav = RIFF.every((byte, index) => spoken.head[index] === byte);
  return c.body(toBody(meterBody(spoken.body, answer.meter)), 200, {
    ...toAnswerHeaders(c, answer),
    "content-type": isWav ? contentTypes.wav : contentTypes[request.response_format ?? "mp3"],
  });
}
