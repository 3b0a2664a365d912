import type { Check, Kept } from "./checks.ts";

export interface Target {
  /** Where the gateway is: `https://flaregate.you.workers.dev`, without a slash at the end. */
  readonly origin: string;
  readonly key: string;
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

/** Asks one question and judges the answer. Never throws: no answer is a verdict too. */
export async function runCheck(check: Check, { origin, key, limitMs }: Target, kept: Kept): Promise<CheckResult> {
  const path = check.path
    .replace("{response}", kept.response ?? "none")
    .replace("{conversation}", kept.conversation ?? "none");
  const startedAt = performance.now();
  const result = (verdict: Verdict, note: string, status?: number): CheckResult => ({
    name: check.name,
    request: `${check.method} ${check.path}`,
    verdict,
    status,
    milliseconds: Math.round(performance.now() - startedAt),
    note,
  });
  try {
    const response = await fetch(origin + path, {
      method: check.method,
      signal: AbortSignal.timeout(limitMs),
      ...toContent(check, key, kept),
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const answer = { headers: response.headers, bytes, text: new TextDecoder().decode(bytes) };
    const { status } = response;
    if (status !== (check.status ?? 200)) {
      const isMissing = check.needs !== undefined && (status === 400 || status === 404 || status === 501);
      return isMissing
        ? result("not there", `needs ${check.needs}`, status)
        : result("failed", readMessage(answer.text), status);
    }
    const wrong = check.verify(answer);
    if (wrong === undefined) check.keep?.(answer, kept);
    return result(wrong === undefined ? "ok" : "failed", wrong ?? "", status);
  } catch (error) {
    return result("failed", error instanceof Error ? describe(error) : String(error));
  }
}

function toContent({ body, headers }: Check, key: string, kept: Kept): { headers: Headers; body?: string | FormData } {
  const sent = new Headers({ authorization: `Bearer ${key}`, ...headers });
  if (body === undefined) return { headers: sent };
  // The boundary of a form is its body's own to say.
  if (typeof body === "function") return { headers: sent, body: body(kept) };
  sent.set("content-type", "application/json");
  return { headers: sent, body: JSON.stringify(body) };
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
