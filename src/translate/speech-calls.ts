import { GatewayError } from "../errors.ts";
import type { JsonRecord } from "../json.ts";
import type { ModelEntry, SpeechAbility } from "../models/model.ts";
import { refuseOtherTasks } from "../models/task.ts";
import type { SpeechFormat, SpeechRequest } from "../openai/speech-request.ts";
import { readSpeech } from "../workers-ai/read-speech.ts";
import type { Speech } from "../workers-ai/read-speech.ts";
import { inOwnNames } from "./own-names.ts";
import type { ParameterTreatment } from "./parameter-report.ts";
import type { TaskCall } from "./task-call.ts";

/** OpenAI's voices. Clients have one of them built in, so it stands for whichever voice the model has. */
const openaiVoices: ReadonlySet<string> = new Set(
  "alloy ash ballad cedar coral echo fable marin nova onyx sage shimmer verse".split(" "),
);

/** How Deepgram's models are asked for OpenAI's formats. PCM is OpenAI's: 24 kHz, 16 bits, one channel, no header. */
const encodings: Readonly<Record<SpeechFormat, JsonRecord>> = {
  mp3: { encoding: "mp3" },
  opus: { encoding: "opus", container: "ogg" },
  aac: { encoding: "aac" },
  flac: { encoding: "flac" },
  wav: { encoding: "linear16", container: "wav", sample_rate: 24_000 },
  pcm: { encoding: "linear16", container: "none", sample_rate: 24_000 },
};

/** The names of inputs that are other than those of the parameters behind them. */
const ownNames = { text: "input", prompt: "input", speaker: "voice", lang: "voice" };

/** A text to be spoken. Throws a `GatewayError` that names what the model cannot do. */
export function toSpeechCalls(request: SpeechRequest, entry: ModelEntry): readonly TaskCall<Speech>[] {
  refuseOtherTasks(entry, ["text-to-speech"]);
  const parameters = new Map<string, ParameterTreatment>();
  const { input, response_format: format = "mp3" } = request;
  if (request.stream_format === "sse") throw unsupported("stream_format", "speech comes as bytes, as they are made");
  if (request.speed !== undefined && request.speed !== 1) parameters.set("speed", "ignored");
  if (request.instructions !== undefined) parameters.set("instructions", "ignored");
  const ability = entry.abilities.speech;
  if (ability?.inputs === "melo" && format !== "mp3") {
    throw unsupported("response_format", `the model '${entry.id}' speaks MP3 only`);
  }
  const voice = toVoice(request, ability, entry, parameters);
  const inputs =
    ability?.inputs === "melo" ? { prompt: input, lang: voice } : { text: input, speaker: voice, ...encodings[format] };
  const characters = [...input].length;
  return [
    {
      inputs,
      read: readSpeech,
      expect: () => ({ units: { character: characters } }),
      measure: () => ({ units: { character: characters } }),
      explain: (error) => inOwnNames(error, ownNames),
      parameters,
    },
  ];
}

function toVoice(
  { voice }: SpeechRequest,
  ability: SpeechAbility | undefined,
  { id }: ModelEntry,
  report: Map<string, ParameterTreatment>,
): string {
  const name = typeof voice === "string" ? voice : voice.id;
  // What an unknown model can say only the upstream knows.
  if (ability === undefined || ability.voices.includes(name)) return name;
  if (openaiVoices.has(name)) {
    report.set("voice", "adjusted");
    return ability.voices[0];
  }
  const known = ability.voices.map((own) => `'${own}'`).join(", ");
  const message = `Invalid value for 'voice'. The model '${id}' has: ${known}.`;
  throw new GatewayError("invalid_value", message, { param: "voice" });
}

function unsupported(param: string, reason: string): GatewayError {
  return new GatewayError("unsupported_parameter", `Unsupported value for '${param}': ${reason}.`, { param });
}
