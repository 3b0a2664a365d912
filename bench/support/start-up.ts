import type { TestBed } from "./bed.ts";
import { createClient } from "./client.ts";
import { readCpuNanoseconds } from "./process-figures.ts";
import { toRequestBody } from "./slot.ts";
import { toSpread } from "./statistics.ts";
import type { Spread } from "./statistics.ts";
import { SMALL_JSON } from "./workloads.ts";

/** CPU milliseconds of a fresh process until its first answer, over the same of a Worker that does nothing. */
export interface StartUpFigures {
  readonly what:
    | "gateway, first answer of /healthz"
    | "gateway, first completion"
    | "straightforward, first completion";
  readonly addedMs: Spread;
}

export async function measureStartUp(bed: TestBed, rounds: number): Promise<readonly StartUpFigures[]> {
  await bed.prepare(SMALL_JSON);
  const completion = { path: "/v1/chat/completions", body: toRequestBody(SMALL_JSON) };
  const kinds = [
    ["gateway, first answer of /healthz", "gateway", { path: "/healthz", body: Buffer.alloc(0), method: "GET" }],
    ["gateway, first completion", "gateway", completion],
    ["straightforward, first completion", "straightforward", completion],
  ] as const;
  const added = new Map<string, number[]>();
  for (let round = 0; round < rounds; round += 1) {
    const empty = await startAndAsk(bed, "empty", { path: "/", body: Buffer.alloc(0), method: "GET" });
    for (const [what, name, message] of kinds) {
      const cpu = await startAndAsk(bed, name, message);
      if (cpu === undefined || empty === undefined) return [];
      added.set(what, [...(added.get(what) ?? []), (cpu - empty) / 1e6]);
    }
  }
  return kinds.flatMap(([what]) => {
    const spread = toSpread(added.get(what) ?? []);
    return spread === undefined ? [] : [{ what, addedMs: spread }];
  });
}

async function startAndAsk(
  bed: TestBed,
  name: "empty" | "gateway" | "straightforward",
  message: { readonly path: string; readonly body: Buffer; readonly method?: "GET" },
): Promise<number | undefined> {
  const worker = await bed.start(name);
  const client = createClient(1);
  try {
    const { status } = await client.send({ port: worker.port, ...message });
    if (status !== 200) throw new Error(`${name} answered its first request with ${status}.`);
    return readCpuNanoseconds(worker.processId);
  } finally {
    client.close();
    await worker.stop();
  }
}
