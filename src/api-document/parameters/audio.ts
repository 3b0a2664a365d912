import { unservedByTranscriptions } from "../../translate/unserved-audio.ts";
import { withUnserved } from "./parameter-row.ts";
import type { ParameterRow } from "./parameter-row.ts";

/** The fields of the forms of `POST /v1/audio/transcriptions` and `/translations`. */
export const transcriptionParameters = withUnserved(
  [
    [["file"], "passed on whole: nothing is cut or converted"],
    [["model"], "catalogue id, alias, or any other Workers AI id"],
    [["language"], "passed on to `whisper-large-v3-turbo`; ignored by the others"],
    [["prompt"], "passed on to `whisper-large-v3-turbo`; ignored by the others"],
    [
      ["response_format"],
      "`json`, `text`, `srt`, `verbose_json`, `vtt`. Subtitles are the segments that the model made, else lines made of the times of its words. `verbose_json` leaves out what the model does not tell",
    ],
    [["timestamp_granularities"], "`segment`, which comes unasked, and `word`; ignored but for `verbose_json`"],
    [["stream"], "emulated with `json`: the text comes as one piece; ignored with the other formats"],
    [["temperature"], "ignored, unless it is 0"],
  ],
  unservedByTranscriptions,
);

/** The parameters of `POST /v1/audio/speech`. */
export const speechParameters: readonly ParameterRow[] = [
  [["input"], "passed on, up to 4,096 characters"],
  [["model"], "catalogue id, alias, or any other Workers AI id"],
  [
    ["voice"],
    "passed on. OpenAI's voices (`alloy`, …) are spoken by the model's first one: adjusted. An unknown name is refused, with those that there are",
  ],
  [
    ["response_format"],
    "`mp3`, `opus`, `aac`, `flac`, `wav`, `pcm` (24 kHz, 16 bits, one channel) with Deepgram's models; `melotts` speaks `mp3` alone",
  ],
  [["speed"], "ignored, unless it is 1"],
  [["instructions"], "ignored"],
  [["stream_format"], "`sse` is refused: the bytes come as they are made"],
];
