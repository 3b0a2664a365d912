import { isRecord, parseJson } from "../../src/json.ts";
import type { JsonRecord } from "../../src/json.ts";

/** One question to a deployed gateway, and what its answer has to be. */
export interface Check {
  readonly name: string;
  /** `SOCKET` is `GET` with an upgrade, over which the body goes as a message. */
  readonly method: "GET" | "POST" | "DELETE" | "SOCKET";
  /** `{response}` stands for what an earlier check has kept under this name. */
  readonly path: string;
  readonly body?: JsonRecord | ((kept: Kept) => FormData);
  readonly headers?: Readonly<Record<string, string>>;
  /** Whose key goes along; the client's unless it says so. `made` is the key that an earlier check has made. */
  readonly as?: "client" | "admin" | "made" | "nobody";
  /** The status that is right; 200 unless it says so. */
  readonly status?: number;
  /** Says what is wrong with the answer; `undefined` where nothing is. */
  readonly verify: (answer: Answer) => string | undefined;
  /** What later checks need of this answer, by name. */
  readonly keep?: (answer: Answer) => Kept;
  /** Errors that are no fault of the gateway's: the deployment does not have what this needs. */
  readonly needs?: string;
}

export interface Answer {
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  readonly text: string;
}

/** What checks leave for those behind them: ids, keys, paths, and sound. */
export type Kept = Readonly<Record<string, string | Uint8Array>>;

export const MODEL = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
/** Enough for a greeting, and little enough for a test that costs next to nothing. */
export const FEW_TOKENS = 20;
export const STORAGE = "storage (STORE_RESPONSES and the Durable Objects)";

type Verify = (value: JsonRecord) => string | undefined;
/** Of a check with JSON in both directions, what is not the same in all. */
type Options = Partial<Omit<Check, "name" | "method" | "path" | "body" | "verify">>;

export function get(name: string, path: string, verify: Verify, options: Options = {}): Check {
  return { ...options, name, method: "GET", path, verify: verifyJson(verify) };
}

export function post(name: string, path: string, body: JsonRecord, verify: Verify, options: Options = {}): Check {
  return { ...options, name, method: "POST", path, body, verify: verifyJson(verify) };
}

/** OpenAI's form of a deletion. */
export function remove(name: string, path: string, options: Options = {}): Check {
  return { ...options, name, method: "DELETE", path, verify: verifyJson(is(true, "deleted")) };
}

export function verifyJson(verify: Verify): Check["verify"] {
  return ({ text }) => {
    const value = parseJson(text);
    return isRecord(value) ? verify(value) : "no JSON object";
  };
}

/** What stands at the end of a path; `undefined` where the path ends before it. */
export function readPath(value: unknown, path: readonly (string | number)[]): unknown {
  let current = value;
  for (const key of path) {
    if (Array.isArray(current) && typeof key === "number") current = current[key];
    else if (isRecord(current) && typeof key === "string") current = current[key];
    else return undefined;
  }
  return current;
}

/** Something has to stand there; what is false or 0 is something. */
export function has(...path: readonly (string | number)[]): Verify {
  return (value) => {
    const found = readPath(value, path);
    const isNothing = found === undefined || found === null || found === "";
    return isNothing || (Array.isArray(found) && found.length === 0) ? `no ${path.join(".")}` : undefined;
  };
}

/** Exactly this has to stand there. */
export function is(expected: unknown, ...path: readonly (string | number)[]): Verify {
  return (value) => {
    const found = readPath(value, path);
    return found === expected ? undefined : `${path.join(".")} is ${JSON.stringify(found) ?? "not there"}`;
  };
}

/** Keeps texts of a JSON answer, each from its path. */
export function keeping(paths: Readonly<Record<string, readonly (string | number)[]>>): NonNullable<Check["keep"]> {
  return ({ text }) => {
    const value = parseJson(text);
    const found = Object.entries(paths).map(([name, path]) => [name, readPath(value, path)] as const);
    return Object.fromEntries(found.flatMap(([name, part]) => (typeof part === "string" ? [[name, part]] : [])));
  };
}
