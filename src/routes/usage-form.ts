import type { Meter } from "../gateway/meter.ts";
import type { UsageForm } from "../translate/chunk-frames.ts";

interface UsageRequest {
  readonly stream_options: { readonly include_usage: boolean | undefined } | undefined;
  readonly usage: { readonly include: true } | undefined;
}

/** What a request wants to know of its usage: OpenAI's `stream_options`, and OpenRouter's `usage`, which adds the cost. */
export function toUsageForm({ stream_options: options, usage }: UsageRequest, meter: Meter): UsageForm {
  const wantsCost = usage !== undefined;
  return {
    includeUsage: wantsCost || options?.include_usage === true,
    readCost: wantsCost ? meter.toldCost : undefined,
  };
}
