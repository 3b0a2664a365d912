import type { ShownKey, UsageRow } from "./admin-client.ts";
import { toTable } from "./table.ts";
import type { Cell } from "./table.ts";

/** One key, a line for each of its members that says something. */
export function describeKey(info: ShownKey): string {
  const rows: readonly (readonly [string, Cell])[] = [
    ["id", info.id],
    ["name", info.name],
    ["status", toStatus(info)],
    ["models", info.models.join(", ") || "all"],
    ["requests a minute", info.rpm],
    ["tokens a minute", info.tpm],
    ["requests at one time", info.max_parallel_requests],
    ["budget", toBudget(info)],
    ["spent", toDollars(info.spend)],
    ["budget begins anew", toTime(info.budget_reset_at)],
    ["expires", toTime(info.expires)],
    [
      "metadata",
      Object.entries(info.metadata)
        .map((pair) => pair.join("="))
        .join(", ") || null,
    ],
    ["made", toTime(info.created_at)],
    ["changed", toTime(info.updated_at)],
    ["last used", toTime(info.last_used_at)],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  const lines = rows.flatMap(([label, value]) => (value === null ? [] : [`${label.padEnd(width)}  ${value}`]));
  if (info.key === undefined) return lines.join("\n");
  return [...lines, "", info.key, "This is the key. It is not shown again."].join("\n");
}

export function describeKeys({ data }: { readonly data: readonly ShownKey[] }): string {
  if (data.length === 0) return "There are no keys. Make one: npm run keys -- create --name ci";
  const rows = data.map((info) => [
    info.id,
    info.name,
    toStatus(info),
    info.models.join(" ") || "all",
    info.rpm,
    info.tpm,
    info.max_parallel_requests,
    toDollars(info.spend),
    toBudget(info),
    toTime(info.last_used_at),
  ]);
  const columns = ["id", "name", "status", "models", "rpm>", "tpm>", "parallel>", "spent>", "budget>", "last used"];
  return toTable(columns, rows);
}

export function describeUsage({ data }: { readonly data: readonly UsageRow[] }): string {
  if (data.length === 0) return "Nothing was used in these days.";
  const hasKeys = data.some((row) => row.key_id !== undefined);
  const columns = ["day", "model", "requests>", "errors>", "prompt>", "cached>", "completion>", "cost>"];
  const rows = data.map((row) => [...(hasKeys ? [row.key_name ?? ""] : []), ...toCells(row.day, row.model, row)]);
  const total = [...(hasKeys ? [""] : []), ...toCells("total", "", addUp(data))];
  return toTable(hasKeys ? ["key", ...columns] : columns, [...rows, total]);
}

type Counts = Pick<UsageRow, "requests" | "errors" | "prompt_tokens" | "cached_tokens" | "completion_tokens" | "cost">;

function toCells(day: string, model: string, counts: Counts): readonly Cell[] {
  const { requests, errors, prompt_tokens: prompt, cached_tokens: cached, completion_tokens: completion } = counts;
  return [day, model, requests, errors, prompt, cached, completion, toDollars(counts.cost)];
}

function addUp(rows: readonly Counts[]): Counts {
  const sum = (member: keyof Counts): number => rows.reduce((total, row) => total + row[member], 0);
  return {
    requests: sum("requests"),
    errors: sum("errors"),
    prompt_tokens: sum("prompt_tokens"),
    cached_tokens: sum("cached_tokens"),
    completion_tokens: sum("completion_tokens"),
    cost: sum("cost"),
  };
}

function toStatus({ blocked, expires }: ShownKey): string {
  if (blocked) return "blocked";
  return expires !== null && Date.parse(expires) <= Date.now() ? "expired" : "active";
}

function toBudget({ max_budget: most, budget_duration: duration }: ShownKey): string | null {
  if (most === null) return null;
  return duration === null ? toDollars(most) : `${toDollars(most)} / ${duration}`;
}

/** Six places behind the point: a request costs millionths. */
function toDollars(amount: number): string {
  return `$${Number(amount.toFixed(6))}`;
}

function toTime(time: string | null): string | null {
  return time === null ? null : `${time.slice(0, 16).replace("T", " ")} UTC`;
}
