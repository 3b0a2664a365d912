import { GatewayError } from "../errors.ts";
import type { JsonRecord } from "../json.ts";
import { promptOnlyImage } from "../models/catalogue/media.ts";
import type { UnitCounts } from "../models/consumption.ts";
import type { ImageAbility, ModelEntry, StepAbility } from "../models/model.ts";
import { refuseOtherTasks } from "../models/task.ts";
import type { ImageRequest } from "../openai/image-request.ts";
import type { RawAnswer } from "../workers-ai/raw-answer.ts";
import { unusableAnswerError } from "../workers-ai/read-json.ts";
import { readMedia } from "../workers-ai/read-media.ts";
import type { Media } from "../workers-ai/read-media.ts";
import { toImageFormat } from "./image-format.ts";
import type { ImageFormat } from "./image-format.ts";
import { inOwnNames } from "./own-names.ts";
import type { ParameterTreatment } from "./parameter-report.ts";
import type { TaskCall } from "./task-call.ts";
import { applyUnserved } from "./unserved.ts";
import { unservedByImages } from "./unserved-images.ts";

export interface GeneratedImage extends Media {
  readonly format: ImageFormat;
}

/** Workers AI bills an image by the tiles of this side that cover it. */
const TILE = 512;

/** The names of inputs that are other than those of the parameters behind them. */
const ownNames = { width: "size", height: "size", num_steps: "steps" };

/** A request for images, as one call of a model for each. Throws a `GatewayError` that names what the model cannot do. */
export function toImageCalls(request: ImageRequest, entry: ModelEntry): readonly TaskCall<GeneratedImage>[] {
  refuseOtherTasks(entry, ["text-to-image"]);
  const parameters = new Map<string, ParameterTreatment>();
  applyUnserved(unservedByImages, request, entry, parameters);
  const ability = entry.abilities.image ?? promptOnlyImage;
  const isKnown = entry.abilities.image !== undefined;
  const { n = 1, seed } = request;
  if (n > 1) parameters.set("n", "emulated");
  if (!isKnown && request.size !== undefined) parameters.set("size", "ignored");
  const size = isKnown ? toSize(request, ability, entry) : undefined;
  const steps = toSteps(request, ability.steps, parameters);
  const common = {
    prompt: request.prompt,
    ...(ability.sides !== undefined && size),
    ...(ability.steps !== undefined && steps !== undefined && { [ability.steps.name]: steps }),
    ...toOwnInputs(request, ability, parameters),
  };
  const units = size === undefined ? { image: 1 } : toImageUnits(size, steps);
  return Array.from({ length: n }, (_, index): TaskCall<GeneratedImage> => {
    // With a seed every image gets its own, or all of them would be the same one.
    const members = seed === undefined || !ability.seed ? common : { ...common, seed: seed + index };
    return {
      // Made anew for each attempt: a form goes to the binding as a stream, which can be read once.
      get inputs() {
        return ability.inputs === "form" ? toFormInputs(members) : members;
      },
      read: readImage,
      expect: () => ({ units }),
      measure: () => ({ units }),
      explain: (error) => inOwnNames(error, ownNames),
      parameters,
    };
  });
}

async function readImage(answer: RawAnswer): Promise<GeneratedImage> {
  const media = await readMedia(answer, "image");
  const format = toImageFormat(media.head);
  if (format === undefined) throw unusableAnswerError();
  return { ...media, format };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function toSize({ size }: ImageRequest, { side, sides }: ImageAbility, { id }: ModelEntry): Size {
  if (size === undefined) return { width: side, height: side };
  const isOnlySize = size.width === side && size.height === side;
  const isInRange =
    sides !== undefined && [size.width, size.height].every((own) => own >= sides.least && own <= sides.most);
  if (isOnlySize || isInRange) return size;
  const range = sides === undefined ? `images of ${side}x${side}` : `sides from ${sides.least} to ${sides.most} pixels`;
  throw new GatewayError("invalid_value", `Invalid value for 'size': the model '${id}' makes ${range}.`, {
    param: "size",
  });
}

/** The caller's own number, or what comes nearest to the quality that is asked for. */
function toSteps(
  { steps, quality = "auto" }: ImageRequest,
  ability: StepAbility | undefined,
  report: Map<string, ParameterTreatment>,
): number | undefined {
  if (ability === undefined) {
    if (steps !== undefined) report.set("steps", "ignored");
    if (!isUsual(quality)) report.set("quality", "ignored");
    return undefined;
  }
  if (steps !== undefined) {
    if (steps > ability.most) report.set("steps", "adjusted");
    if (!isUsual(quality)) report.set("quality", "ignored");
    return Math.min(steps, ability.most);
  }
  if (isUsual(quality)) return ability.usual;
  if (quality !== "low") {
    report.set("quality", "emulated");
    return ability.most;
  }
  report.set("quality", ability.usual === undefined ? "ignored" : "emulated");
  return ability.usual === undefined ? undefined : Math.ceil(ability.usual / 2);
}

function isUsual(quality: NonNullable<ImageRequest["quality"]>): boolean {
  return quality === "auto" || quality === "medium" || quality === "standard";
}

/** Workers AI's own parameters, as far as the model has them. */
function toOwnInputs(
  request: ImageRequest,
  ability: ImageAbility,
  report: Map<string, ParameterTreatment>,
): JsonRecord {
  const inputs: JsonRecord = {};
  if (request.seed !== undefined && !ability.seed) report.set("seed", "ignored");
  if (request.negative_prompt !== undefined) {
    if (ability.negativePrompt) inputs["negative_prompt"] = request.negative_prompt;
    else report.set("negative_prompt", "ignored");
  }
  if (request.guidance !== undefined) {
    if (ability.guidance === undefined) report.set("guidance", "ignored");
    else {
      const { least, most } = ability.guidance;
      const guidance = Math.min(Math.max(request.guidance, least), most);
      if (guidance !== request.guidance) report.set("guidance", "adjusted");
      inputs["guidance"] = guidance;
    }
  }
  return inputs;
}

/** What is billed, where it is known: the steps of a model that is not asked for any are its own affair. */
export function toImageUnits({ width, height }: Size, steps: number | undefined): UnitCounts {
  const outputTile = Math.ceil(width / TILE) * Math.ceil(height / TILE);
  return { image: 1, outputTile, ...(steps !== undefined && { step: steps, outputTileStep: outputTile * steps }) };
}

function toFormInputs(members: JsonRecord): JsonRecord {
  const form = new FormData();
  for (const [name, value] of Object.entries(members)) form.append(name, String(value));
  // The runtime writes the form, and invents the boundary that the content type names.
  const encoded = new Response(form);
  return { multipart: { body: encoded.body, contentType: encoded.headers.get("content-type") ?? "" } };
}
