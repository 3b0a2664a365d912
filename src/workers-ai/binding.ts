/**
 * The port through which the gateway reaches Workers AI: the part of the `AI` binding that it uses. The runtime's own
 * `Ai` class satisfies it, and so does the emulator.
 */
export interface AiBinding {
  run(model: string, inputs: RunInputs, options: RunOptions): Promise<Response>;
  /** Workers AI's list of its models, in a form that is not documented. Absent where a substitute has none. */
  models?(search?: ModelSearch): Promise<unknown>;
}

/** What the list of models may be narrowed by. */
export interface ModelSearch {
  readonly author?: string;
  readonly hide_experimental?: boolean;
  readonly page?: number;
  readonly per_page?: number;
  readonly search?: string;
  readonly source?: number;
  readonly task?: string;
}

/** The `inputs` of a run, as the model's published schema describes them. */
export type RunInputs = Readonly<Record<string, unknown>>;

export interface RunOptions {
  /**
   * Always true. The binding keeps the options of a call on an object that all requests of an isolate share and reads
   * them again after its fetch: with both modes in use, concurrent calls receive each other's kind of result.
   */
  readonly returnRawResponse: true;
  readonly signal: AbortSignal;
  readonly extraHeaders?: Readonly<Record<string, string>>;
  readonly gateway?: AiGatewayOptions;
  /** Answer 3040 at once instead of waiting for capacity. */
  readonly rejectIfBusy?: boolean;
}

/** Sends a call through an AI Gateway of the account, for its cache and its logs. */
export interface AiGatewayOptions {
  readonly id: string;
  /** Seconds for which the answer may be given again to an equal request; 0 for not at all. */
  readonly cacheTtl?: number;
  readonly skipCache?: boolean;
  /** What makes requests equal, in place of their content. */
  readonly cacheKey?: string;
  /** Up to five values that its log shows. */
  readonly metadata?: Readonly<Record<string, string | number | boolean>>;
}
