import type { TestBed } from "./bed.ts";
import { createClient } from "./client.ts";
import { check, toRequestBody } from "./slot.ts";
import { toSpread } from "./statistics.ts";
import { FIRST_BYTE } from "./workloads.ts";
import type { Variant } from "./workloads.ts";

/** Milliseconds to the first byte of a stream over one connection, and what a variant adds to the pass-through's. */
export interface FirstByteFigures {
  readonly variant: Variant;
  readonly medianMs: number;
  readonly addedMs: number;
}

export async function measureFirstByte(bed: TestBed, requests: number): Promise<readonly FirstByteFigures[]> {
  const truth = await bed.prepare(FIRST_BYTE);
  const { variants } = FIRST_BYTE;
  const body = toRequestBody(FIRST_BYTE);
  const clients = new Map(variants.map((variant) => [variant, createClient(1)]));
  const times = new Map<Variant, number[]>(variants.map((variant) => [variant, []]));
  for (let index = 0; index < requests; index += 1) {
    for (const position of variants.keys()) {
      const variant = variants[(position + index) % variants.length] ?? "pass-through";
      const client = clients.get(variant);
      if (client === undefined) continue;
      const answer = await client.send({ port: bed.workers[variant].port, path: "/v1/chat/completions", body });
      check(answer, variant, FIRST_BYTE, truth);
      times.get(variant)?.push(answer.firstByteMs);
    }
  }
  for (const client of clients.values()) client.close();
  const bare = times.get("pass-through") ?? [];
  return variants.map((variant) => {
    const own = times.get(variant) ?? [];
    return {
      variant,
      medianMs: toSpread(own)?.median ?? 0,
      // Paired: the requests of one turn met the same machine.
      addedMs: toSpread(own.map((time, index) => time - (bare[index] ?? 0)))?.median ?? 0,
    };
  });
}
