import type { BilledUnit } from "./consumption.ts";

/** What the gateway knows of a model. The catalogue is data of this shape; translation is decided from it alone. */
export interface ModelEntry {
  /** The id that Workers AI knows: `@cf/meta/llama-3.3-70b-instruct-fp8-fast`. */
  readonly id: string;
  readonly task: ModelTask;
  /** Of a model that `catalogue/details.ts` does not hold. */
  readonly details?: ModelDetails;
  /** The vendor's part of the id: `meta`. */
  readonly ownedBy: string;
  /** Tokens of prompt and answer together (of the text, for an embedding model); `undefined` where nothing is published. */
  readonly contextWindow: number | undefined;
  /** The most tokens of one answer, where the model has a limit below its window. */
  readonly maxOutputTokens: number | undefined;
  /** How the inputs of a text model are written. What an answer looks like is read from the answer. */
  readonly wireFormat: WireFormat;
  readonly abilities: ModelAbilities;
  readonly price: ModelPrice | undefined;
  readonly retired: Retirement | undefined;
  /** The day, as `2027-01-31`, on which Workers AI has announced to retire the model. */
  readonly plannedShutdown: string | undefined;
}

/** What is told of a model, and decides nothing. */
export interface ModelDetails {
  /** What it is, in a sentence, as the model's page says it. */
  readonly description: string;
  /** Unix seconds of the day on which Workers AI published the model; 0 where no day is known. */
  readonly created: number;
}

/** What a model is called for; `models/task.ts` says where. */
export type ModelTask =
  | "text-generation"
  | "text-embeddings"
  | "moderation"
  | "reranking"
  | "text-to-image"
  | "automatic-speech-recognition"
  | "text-to-speech";

/**
 * `native`: the flat Prompt or Messages inputs of the older catalogue, string content only.
 * `openai`: OpenAI's own chat completion fields.
 * `common`: nothing is known of the model; only what both of the others accept is sent.
 */
export type WireFormat = "native" | "openai" | "common";

export interface ModelAbilities {
  readonly tools: boolean;
  /** It calls tools only where `tool_choice` says so, although its inputs do not declare that. */
  readonly needsToolChoice: boolean;
  /**
   * How a JSON schema is written in `response_format.json_schema`: alone or in OpenAI's envelope. `none` where the model
   * refuses one, and where nobody has shown that it keeps to one: input schemas declare the field for models that answer 5025.
   */
  readonly jsonSchema: "bare" | "envelope" | "none";
  readonly vision: boolean;
  readonly reasoning: ReasoningAbility | undefined;
  readonly lora: boolean;
  /** The chat template takes a system message only as the first one. */
  readonly systemFirst: boolean;
  /** How the model is asked for the text between a prompt and a suffix; `undefined` where it has not learnt it. */
  readonly fillIn: FillInMarkers | undefined;
  /** What is known of the vectors; `undefined` for models of other tasks, and where nothing is known. */
  readonly embedding: EmbeddingAbility | undefined;
  /** How images are asked for; `undefined` for models of other tasks, and where nothing is known. */
  readonly image: ImageAbility | undefined;
  /** How speech is sent to be written down; `undefined` as above. */
  readonly hearing: HearingAbility | undefined;
  /** How speech is asked for; `undefined` as above. */
  readonly speech: SpeechAbility | undefined;
}

export interface ImageAbility {
  /** The inputs are JSON, or a form, which the binding takes as a stream. */
  readonly inputs: "json" | "form";
  /** Pixels of the side of a square image, where the caller names no size. */
  readonly side: number;
  /** Pixels that a side may have; `undefined` where all images have one size. */
  readonly sides: { readonly least: number; readonly most: number } | undefined;
  /** Diffusion steps; `undefined` where they cannot be chosen. */
  readonly steps: StepAbility | undefined;
  readonly seed: boolean;
  readonly negativePrompt: boolean;
  /** How closely the prompt is followed; `undefined` where that cannot be said. */
  readonly guidance: { readonly least: number; readonly most: number } | undefined;
}

export interface StepAbility {
  readonly name: "steps" | "num_steps";
  /** What the model does unasked; `undefined` where that is not published. */
  readonly usual: number | undefined;
  readonly most: number;
}

export interface HearingAbility {
  /** The audio is base64 in the inputs, or a list of its bytes. */
  readonly audio: "base64" | "bytes";
  /** It takes a task (so that it can translate into English), the language, and a prompt. */
  readonly takesDirections: boolean;
}

export interface SpeechAbility {
  /** Deepgram's inputs with encodings and containers, or MeloTTS's with a language. */
  readonly inputs: "deepgram" | "melo";
  /** The names that `voice` may have; the first one speaks where the caller asks for a voice of OpenAI's. */
  readonly voices: readonly [string, ...string[]];
}

export interface EmbeddingAbility {
  /** The length of a vector. */
  readonly dimensions: number;
  /** Ranges of shorter lengths, both ends included, at which a vector may be cut off: the model was trained for them. */
  readonly shorter: readonly (readonly [least: number, most: number])[];
  /** The most texts that one call takes. */
  readonly textsPerCall: number;
}

/** The tokens that stand before the prompt, before the suffix, and before the text that is to be written. */
export interface FillInMarkers {
  readonly prefix: string;
  readonly suffix: string;
  readonly middle: string;
}

export interface ReasoningAbility {
  /** The values of `reasoning_effort` that the model itself knows; empty where it reasons without levels. */
  readonly levels: readonly ReasoningLevel[];
  /** OpenAI's level to the model's own, for those that differ. */
  readonly mapped: Partial<Readonly<Record<ReasoningLevel, ReasoningLevel>>>;
  /** `chat_template_kwargs.enable_thinking: false` turns the reasoning off. */
  readonly switchable: boolean;
  /** The reasoning stands in the text, at times without the tag that opens it. */
  readonly inText: boolean;
}

export type ReasoningLevel = "none" | "minimal" | "low" | "medium" | "high" | "xhigh" | "max";

/** US dollars for what a model is billed by; `undefined` for what it is not billed by, or what nobody publishes. */
export interface ModelPrice {
  /** A million tokens of a prompt, or of a text that is embedded. */
  readonly input: number | undefined;
  /** A million tokens of an answer. */
  readonly output: number | undefined;
  /** A million tokens of a prompt that were cached; `input` where this is undefined. */
  readonly cachedInput: number | undefined;
  /** One of each of these. All of them are billed, so a cost is known only where all of them were counted. */
  readonly units?: Readonly<Partial<Record<BilledUnit, number>>>;
}

export interface Retirement {
  /** The day, as `2026-05-30`, from which Workers AI refuses the model. */
  readonly date: string;
  /** The id that answers in its place. */
  readonly successor: string;
}
