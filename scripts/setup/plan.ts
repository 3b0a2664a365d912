import { parseStaticKeyNames } from "./keys.ts";

/** What a deployment is to be, once everything has been asked. */
export interface Plan {
  /** Settings that are kept as secrets of the Worker: later deployments leave them as they are. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Keys that were made now, by the name of their secret; they are shown once. */
  readonly made: Readonly<Partial<Record<"API_KEYS" | "ADMIN_KEY", string>>>;
  readonly domain: string | undefined;
}

/** What the command line or the answers say. `undefined` is what nobody said: the default holds. */
export interface Answers {
  readonly apiKeys?: string | undefined;
  readonly adminKey?: string | undefined;
  readonly fallbacks?: string | undefined;
  readonly gatewayId?: string | undefined;
  readonly domain?: string | undefined;
}

/** A model id of Workers AI or an alias. */
const MODEL = /^@?[\w./-]{1,200}$/;
const GATEWAY_ID = /^[a-z0-9_-]{1,64}$/i;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;

/**
 * Turns answers into a plan. A secret that the Worker has already is kept unless the answers replace it; one that it
 * lacks is made. Throws an error that names the answer that is wrong, before anything is deployed.
 */
export function toPlan(answers: Answers, present: ReadonlySet<string>, makeKey: () => string): Plan {
  const secrets: Record<string, string> = {};
  const made: Partial<Record<"API_KEYS" | "ADMIN_KEY", string>> = {};
  const decide = (name: "API_KEYS" | "ADMIN_KEY", given: string | undefined, make: () => string): void => {
    if (given !== undefined && given !== "") secrets[name] = given;
    else if (!present.has(name)) secrets[name] = make();
    if (secrets[name] !== undefined && secrets[name] !== given) made[name] = secrets[name];
  };
  if (answers.apiKeys !== undefined && answers.apiKeys !== "") parseStaticKeyNames(answers.apiKeys);
  decide("API_KEYS", answers.apiKeys, () => `first:${makeKey()}`);
  decide("ADMIN_KEY", answers.adminKey, makeKey);
  if (answers.fallbacks !== undefined && answers.fallbacks !== "") {
    secrets["MODEL_FALLBACKS"] = JSON.stringify(toFallbacks(answers.fallbacks));
  }
  if (answers.gatewayId !== undefined && answers.gatewayId !== "") {
    if (!GATEWAY_ID.test(answers.gatewayId)) throw new Error(`'${answers.gatewayId}' is no id of an AI Gateway.`);
    secrets["AI_GATEWAY_ID"] = answers.gatewayId;
  }
  const domain = answers.domain === "" ? undefined : answers.domain;
  if (domain !== undefined && !DOMAIN.test(domain)) throw new Error(`'${domain}' is no domain, like ai.example.com.`);
  return { secrets, made, domain };
}

/** `first=second,third; other=fourth`: a model and those that are tried after it. */
function toFallbacks(text: string): Record<string, readonly string[]> {
  const entries = text
    .split(";")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  return Object.fromEntries(
    entries.map((entry) => {
      const [model = "", list = ""] = entry.split("=").map((part) => part.trim());
      const models = list
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== "");
      if (models.length === 0 || ![model, ...models].every((name) => MODEL.test(name)))
        throw new Error(`'${entry}' is no fallback; write model=second,third.`);
      return [model, models];
    }),
  );
}
