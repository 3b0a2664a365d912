import type { UpstreamBody } from "./upstream-bodies.ts";

/**
 * What the upstream shall answer stands in the prompt, so that concurrent requests can each have an answer of their
 * own, and one that got another's is found out.
 */
const MARKER = /\[\[([a-z-]+) (\d+) (\d+) (\d+) (\d+)\]\]/;

const FORMS = ["native", "dual", "tool-calls", "json"] as const;

export function toMarker({ form, size, eventsPerChunk = 1, paceMs = 0, seed = 0 }: UpstreamBody): string {
  return `[[${form} ${size} ${eventsPerChunk} ${paceMs} ${seed}]]`;
}

export function readMarker(text: string): UpstreamBody | undefined {
  const [, name, ...numbers] = MARKER.exec(text) ?? [];
  const form = FORMS.find((known) => known === name);
  const [size = 0, eventsPerChunk = 1, paceMs = 0, seed = 0] = numbers.map(Number);
  return form === undefined ? undefined : { form, size, eventsPerChunk, paceMs, seed };
}

/** A model that nobody knows passes the gateway under its own name; the upstream takes it for a fault of the emulator. */
export const FAULT_MODEL_PREFIX = "@cf/emulator/";
