import { askSocket } from "./ask-socket.ts";
import type { Answer, Check, Kept } from "./check.ts";

export interface Target {
  /** Where the gateway is: `https://flaregate.you.workers.dev`, without a slash at the end. */
  readonly origin: string;
  readonly key: string;
  /** The admin key, or why there is none. */
  readonly admin: { readonly key: string } | { readonly missing: string };
  /** Milliseconds for one answer. */
  readonly limitMs: number;
}

export type Verdict = "ok" | "failed" | "not there";

export interface CheckResult {
  readonly name: string;
  readonly request: string;
  readonly verdict: Verdict;
  /** `undefined` where there was no answer. */
  readonly status: number | undefined;
  readonly milliseconds: number;
  /** What is wrong, or what is missing; empty where nothing is. */
  readonly note: string;
}

export interface CheckRun {
  readonly result: CheckResult;
  /** What the answer leaves for later checks. */
  readonly kept: Kept;
}

interface StatusAnswer extends Answer {
  readonly status: number;
}

/** Asks one question and judges the answer. Never throws: no answer is a verdict too. */
export async function runCheck(check: Check, target: Target, kept: Kept): Promise<CheckRun> {
  const startedAt = performance.now();
  const result = (verdict: Verdict, note: string, answer?: StatusAnswer): CheckRun => ({
    result: {
      name: check.name,
      request: toRequestText(check),
      verdict,
      status: answer?.status,
      milliseconds: Math.round(performance.now() - startedAt),
      note,
    },
    kept: verdict === "ok" && answer !== undefined ? (check.keep?.(answer) ?? {}) : {},
  });
  if (check.as === "admin" && "missing" in target.admin) return result("not there", target.admin.missing);
  // Without the admin key there is no key that was made.
  if (check.as === "made" && kept["key"] === undefined) return result("not there", "needs a key that was made");
  try {
    const answer = await ask(check, target, kept);
    const { status } = answer;
    if (status !== (check.status ?? 200)) {
      const isMissing = check.needs !== undefined && (status === 400 || status === 404 || status === 501);
      return isMissing
        ? result("not there", `needs ${check.needs}`, answer)
        : result("failed", readMessage(answer.text), answer);
    }
    const wrong = check.verify(answer);
    return result(wrong === undefined ? "ok" : "failed", wrong ?? "", answer);
  } catch (error) {
    return result("failed", error instanceof Error ? describe(error) : String(error));
  }
}

export function toRequestText({ method, path }: Pick<Check, "method" | "path">): string {
  return `${method === "SOCKET" ? "GET" : method} ${path}`;
}

async function ask(check: Check, target: Target, kept: Kept): Promise<StatusAnswer> {
  const path = check.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(kept[name] ?? "none"));
  const { headers, body } = toContent(check, target, kept);
  const signal = AbortSignal.timeout(target.limitMs);
  if (check.method === "SOCKET") {
    const text = await askSocket(target.origin + path, headers, typeof body === "string" ? body : "", signal);
    return { status: 101, headers: new Headers(), bytes: new TextEncoder().encode(text), text };
  }
  const { method } = check;
  const response = await fetch(target.origin + path, { method, signal, headers, ...(body !== undefined && { body }) });
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, bytes, text: new TextDecoder().decode(bytes) };
}

function toContent(check: Check, target: Target, kept: Kept): { headers: Headers; body?: string | FormData } {
  const headers = new Headers(check.headers);
  const key = toKey(check.as, target, kept);
  if (key !== undefined && !headers.has("authorization")) headers.set("authorization", `Bearer ${key}`);
  const { body } = check;
  if (body === undefined) return { headers };
  // The boundary of a form is its body's own to say.
  if (typeof body === "function") return { headers, body: body(kept) };
  headers.set("content-type", "application/json");
  return { headers, body: JSON.stringify(body) };
}

function toKey(as: Check["as"], { key, admin }: Target, kept: Kept): string | undefined {
  switch (as) {
    case undefined:
    case "client":
      return key;
    case "admin":
      return "key" in admin ? admin.key : undefined;
    case "made":
      return String(kept["key"]);
    case "nobody":
      return undefined;
    default:
      return as satisfies never;
  }
}

/** The message of an error answer, on one line. */
function readMessage(text: string): string {
  const message = /"message":\s*"((?:[^"\\]|\\.){0,200})/.exec(text)?.[1] ?? text.slice(0, 100);
  return message.replaceAll(/\s+/g, " ");
}

function describe(error: Error): string {
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : "";
  return error.message + cause;
}
