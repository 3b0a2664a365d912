import { runRecognition } from "./audio/run-recognition.ts";
import { runSpeech } from "./audio/run-speech.ts";
import { errorResponse, type WorkersAiError } from "./error-body.ts";
import { runImage } from "./images/run-image.ts";
import type { JsonObject } from "./json-value.ts";
import type { Random } from "./language/random.ts";
import type { EmulatedModel } from "./model-table.ts";

/** Runs a model of images or of sound; `undefined` for models of other tasks. */
export async function runMedia(
  model: EmulatedModel,
  inputs: JsonObject,
  random: Random,
): Promise<Response | undefined> {
  switch (model.entry.task) {
    case "text-to-image":
      return runImage(model, inputs, random);
    case "text-to-speech":
      return runSpeech(model, inputs);
    case "automatic-speech-recognition": {
      const answer = runRecognition(model, inputs);
      return isError(answer) ? errorResponse(answer, random) : Response.json(answer);
    }
    default:
      return undefined;
  }
}

function isError(answer: object): answer is WorkersAiError {
  return "code" in answer && "description" in answer;
}
