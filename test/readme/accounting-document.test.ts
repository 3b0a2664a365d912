import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { toColumnMarkdown } from "../../src/gateway/analytics-document.ts";
import { toDataPoint } from "../../src/gateway/analytics.ts";
import type { Outcome } from "../../src/gateway/outcome.ts";
import { readCodeBlocks, readProjectFile } from "./code-blocks.ts";

/**
 * The queries of `docs/accounting.md`, run on a table with the columns of an Analytics Engine dataset. SQLite lacks two
 * things of its SQL: functions with two pairs of parentheses, and intervals; both are rewritten, and the functions that
 * it does not have are given to it.
 */

const document = readProjectFile("docs/accounting.md");
const queries = readCodeBlocks(document)
  .filter(({ language }) => language === "sql")
  .map(({ code }) => code);

const NOW = Date.UTC(2026, 10, 26, 12) / 1000;
const DAY = 86_400;
const seconds: Readonly<Record<string, number>> = { HOUR: 3600, DAY };

function toSqlite(query: string): string {
  return query
    .replaceAll(/quantileExactWeighted\(([\d.]+)\)\(/g, "quantileExactWeighted($1, ")
    .replaceAll(/INTERVAL '(\d+)' (HOUR|DAY)/g, (_, count: string, unit: string) =>
      String(Number(count) * (seconds[unit] ?? Number.NaN)),
    )
    .replaceAll(/\bif\(/g, "iif(");
}

/** The least value that, with all below it, has the share of the weight. The rows so far are held as JSON text. */
function quantile(text: unknown): number | null {
  const rows = readRows(text).toSorted(([, first], [, second]) => first - second);
  const total = rows.reduce((sum, [, , weight]) => sum + weight, 0);
  let passed = 0;
  for (const [level, value, weight] of rows) {
    passed += weight;
    if (passed >= level * total) return value;
  }
  return null;
}

function readRows(text: unknown): readonly (readonly [level: number, value: number, weight: number])[] {
  return z.array(z.tuple([z.number(), z.number(), z.number()])).parse(JSON.parse(z.string().parse(text)));
}

const database = new DatabaseSync(":memory:");

const usual: Outcome = {
  requestId: "req_1",
  route: "/v1/chat/completions",
  key: "ci",
  isStreamed: true,
  model: "@cf/vendor/small",
  ending: "complete",
  error: undefined,
  attempts: 1,
  startedAt: 0,
  firstEventMs: 100,
  totalMs: 1000,
  usage: {
    promptTokens: 100,
    completionTokens: 10,
    totalTokens: 110,
    cachedTokens: 40,
    reasoningTokens: undefined,
    neurons: undefined,
  },
  units: {},
  isEstimated: false,
  cost: { dollars: 0.001, neurons: 90 },
};

interface Row extends Partial<Outcome> {
  /** Seconds before now. */
  readonly ago: number;
  readonly weight?: number;
}

const rows: readonly Row[] = [
  { ago: 60 },
  { ago: 120, firstEventMs: 300, totalMs: 3000, weight: 3 },
  { ago: 2 * DAY, key: "web", model: "@cf/vendor/large", cost: { dollars: 0.5, neurons: 45_000 }, attempts: 2 },
  { ago: 60, key: undefined, isEstimated: true, ending: "left", cost: undefined, isStreamed: false },
  {
    ago: 90,
    model: undefined,
    ending: "failed",
    error: "out_of_capacity",
    attempts: 3,
    firstEventMs: undefined,
    usage: undefined,
    cost: { dollars: 0, neurons: 0 },
  },
  { ago: 40 * DAY, cost: { dollars: 1000, neurons: 1 } },
];

beforeAll(() => {
  const columns = [
    "timestamp",
    "_sample_interval",
    "index1",
    ...Array.from({ length: 20 }, (_, position) => `blob${position + 1}`),
    ...Array.from({ length: 20 }, (_, position) => `double${position + 1}`),
  ];
  database.exec(`CREATE TABLE flaregate (${columns.join(", ")})`);
  const insert = database.prepare(`INSERT INTO flaregate VALUES (${columns.map(() => "?").join(", ")})`);
  for (const { ago, weight = 1, ...outcome } of rows) {
    const { indexes, blobs, doubles } = toDataPoint({ ...usual, ...outcome });
    const padded = [
      ...Array.from({ length: 20 }, (_, at) => blobs[at] ?? ""),
      ...Array.from({ length: 20 }, (_, at) => doubles[at] ?? 0),
    ];
    insert.run(NOW - ago, weight, indexes[0] ?? "", ...padded);
  }
  database.function("NOW", () => NOW);
  database.function("toStartOfDay", (time) => Math.floor(Number(time) / DAY) * DAY);
  database.aggregate("quantileExactWeighted", {
    start: "[]",
    varargs: true,
    step: (text, ...row) => JSON.stringify([...readRows(text), row]),
    result: quantile,
  });
});

afterAll(() => database.close());

const small = "@cf/vendor/small";
const large = "@cf/vendor/large";

/** What each query is about, in their order, and what it has to find in the rows above. */
const answers: readonly (readonly [about: string, rows: readonly object[]])[] = [
  [
    "what each key spent",
    [
      { key: "web", requests: 1, prompt_tokens: 100, completion_tokens: 10, dollars: 0.5 },
      { key: "ci", requests: 5, prompt_tokens: 400, completion_tokens: 40, dollars: 0.004 },
      { key: "", requests: 1, prompt_tokens: 100, completion_tokens: 10, dollars: 0 },
    ],
  ],
  [
    "cost by day and model",
    [
      { day: NOW - 2.5 * DAY, model: large, dollars: 0.5, neurons: 45_000 },
      { day: NOW - 0.5 * DAY, model: small, dollars: 0.004, neurons: 360 },
    ],
  ],
  ["times of streams", [{ model: small, first_event_p50: 300, first_event_p95: 300, total_p95: 3000 }]],
  [
    "endings",
    [
      { ending: "complete", error: "", status: 200, requests: 4 },
      { ending: "failed", error: "out_of_capacity", status: 429, requests: 1 },
      { ending: "left", error: "", status: 200, requests: 1 },
    ],
  ],
  [
    "the cached share",
    [
      { key: "", cached_share: 0.4 },
      { key: "ci", cached_share: 0.4 },
    ],
  ],
  [
    "repeated requests",
    [
      { model: "", repeated: 1, answered: 0 },
      { model: large, repeated: 1, answered: 1 },
    ],
  ],
  [
    "uncertain costs",
    [
      { model: small, without_price: 1, estimated: 1, requests: 5 },
      { model: "", without_price: 0, estimated: 0, requests: 1 },
      { model: large, without_price: 0, estimated: 0, requests: 1 },
    ],
  ],
];

function meaningOf(column: string): string {
  return new RegExp(`\\| \`${column}\` \\| (.*) \\|`).exec(document)?.[1] ?? "";
}

/** In any order: some queries leave it open. */
function texts(list: readonly object[]): readonly string[] {
  return list.map((row) => JSON.stringify(row)).toSorted();
}

describe("docs/accounting.md", () => {
  it("has the columns that are written", () => {
    expect(document).toContain(toColumnMarkdown());
  });

  it("names a column by its place in the data point", () => {
    const { blobs, doubles } = toDataPoint(usual);
    expect([meaningOf("blob1"), blobs[0]]).toEqual([expect.stringContaining("model"), small]);
    expect([meaningOf("blob4"), blobs[3]]).toEqual([expect.stringContaining("ending"), "complete"]);
    expect([meaningOf("double5"), doubles[4]]).toEqual([expect.stringContaining("prompt tokens"), 100]);
    expect([meaningOf("double9"), doubles[8]]).toEqual([expect.stringContaining("dollars"), 0.001]);
    expect(blobs.length).toBeLessThanOrEqual(20);
    expect(doubles.length).toBeLessThanOrEqual(20);
  });

  it.each(answers.map(([about, expected], position) => ({ about, expected, position })))(
    "has a query that runs: $about",
    ({ expected, position }) => {
      const found = database.prepare(toSqlite(queries[position] ?? "")).all();
      expect(texts(found)).toEqual(texts(expected));
    },
  );

  it("has no query that is not run here", () => {
    expect(queries).toHaveLength(answers.length);
  });
});
