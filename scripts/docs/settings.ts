import type { Config } from "../../src/config/config.ts";
import { parseConfig } from "../../src/config/config.ts";
import type { Bindings } from "../../src/env.ts";
import { toMarkdownTable } from "./markdown.ts";

/** What each setting is, for `docs/configuration.md`. What is missing here or too much is an error of the compiler. */

interface WholeNumber {
  readonly least: number;
  readonly most: number;
}

export interface SettingNote {
  /** Whole numbers of a range, or words. */
  readonly values: WholeNumber | string;
  readonly effect: string;
}

const HOUR_MS = 3_600_000;
const flag = "`true`, `false`";
const milliseconds: WholeNumber = { least: 1, most: HOUR_MS };

type SecretName = "API_KEYS" | "ADMIN_KEY";

export const secretNotes: Readonly<Record<SecretName, SettingNote>> = {
  API_KEYS: {
    values: "entries `sk-…`, `name:sk-…` or `name:sha256:<hex>`, separated by commas or line breaks",
    effect:
      "the keys of clients. The name is what the log and the accounts call the key, else `key-1`, `key-2`, …; with the SHA-256 in place of a key the deployment holds none. These keys have no limits: see [keys.md](keys.md) for those that have",
  },
  ADMIN_KEY: {
    values: "16 to 256 printable characters without blanks",
    effect:
      "turns on the admin API, which makes keys with limits and budgets, and the usage page; see [keys.md](keys.md). No client's key",
  },
};

type VariableName = Exclude<keyof Config, SecretName>;

const subjects = ["Access", "Models", "Time and size", "Storage", "AI Gateway"] as const;

/** In the order of the document. */
export const variableNotes: Readonly<
  Record<VariableName, SettingNote & { readonly about: (typeof subjects)[number] }>
> = {
  ALLOW_ANONYMOUS: {
    about: "Access",
    values: flag,
    effect: "`true` serves requests without a key; a key that is sent and wrong is still refused",
  },
  CORS_ORIGINS: {
    about: "Access",
    values: "`*`, or origins separated by commas: `https://app.example.com`",
    effect: "web pages of these origins may call the API from a browser. Empty: none may",
  },
  PLAYGROUND: {
    about: "Access",
    values: flag,
    effect: "`false` serves no playground and no `/docs`: `/` is text for a browser too",
  },
  MODEL_ALIASES: {
    about: "Models",
    values: "JSON object of alias to model id",
    effect:
      "further names of models, beside the [built-in ones](models.md), which they may replace. An alias may name another alias, once",
  },
  MODEL_FALLBACKS: {
    about: "Models",
    values: "JSON object of model id or alias to a list of them",
    effect:
      "models that are tried in this order where the first fails before its first byte, for all but embeddings and Workers AI's own API",
  },
  STRICT_PARAMETERS: {
    about: "Models",
    values: flag,
    effect:
      "`true` refuses what could only be ignored, and retired models, in every request; `x-flaregate-strict: true` does so in one",
  },
  FIRST_TOKEN_TIMEOUT_MS: {
    about: "Time and size",
    values: milliseconds,
    effect: "until the first event of a streamed call of Workers AI",
  },
  RESPONSE_TIMEOUT_MS: {
    about: "Time and size",
    values: milliseconds,
    effect: "until the first event of a call that is not streamed, which brings its whole answer",
  },
  STALL_TIMEOUT_MS: { about: "Time and size", values: milliseconds, effect: "between two events of a stream" },
  REQUEST_TIMEOUT_MS: { about: "Time and size", values: milliseconds, effect: "the whole request, with all attempts" },
  MAX_ATTEMPTS: {
    about: "Time and size",
    values: { least: 1, most: 10 },
    effect: "rounds of calls for a request, over all models, before the first byte of the answer",
  },
  STREAM_WINDOW_MS: {
    about: "Time and size",
    values: { least: 0, most: 1000 },
    effect: "milliseconds for which the pieces of a fast stream are gathered into one write; `0` writes each at once",
  },
  MAX_BODY_BYTES: {
    about: "Time and size",
    values: { least: 1, most: 104_857_600 },
    effect: "the longest request body",
  },
  STORE_RESPONSES: { about: "Storage", values: flag, effect: "`false` keeps no responses and no conversations" },
  RESPONSE_LIFETIME_DAYS: {
    about: "Storage",
    values: { least: 1, most: 365 },
    effect: "days for which a response is kept, and a conversation after its last change",
  },
  AI_GATEWAY_ID: {
    about: "AI Gateway",
    values: "up to 64 letters, digits, dashes, underscores",
    effect:
      "the name of an [AI Gateway](https://developers.cloudflare.com/ai-gateway/) of the account, through which all calls go, for its logs and its cache. Empty: none",
  },
  AI_GATEWAY_CACHE_TTL: {
    about: "AI Gateway",
    values: { least: 0, most: 2_592_000 },
    effect:
      "seconds for which it may give an answer again to an equal request of the same key; `0`: as it is set itself",
  },
};

interface BindingNote {
  readonly kind: string;
  readonly effect: string;
  readonly without: string;
}

export const bindingNotes: Readonly<Record<keyof Bindings, BindingNote>> = {
  AI: { kind: "Workers AI", effect: "the models", without: "every request for a model is a 500" },
  ASSETS: {
    kind: "static assets",
    effect: "the files of the web pages",
    without: "there is no playground and no usage page",
  },
  RESPONSES: {
    kind: "Durable Object `StoredResponse`",
    effect: "stored responses, one object each",
    without: "no response and no conversation is stored",
  },
  CONVERSATIONS: {
    kind: "Durable Object `StoredConversation`",
    effect: "conversations, one object each",
    without: "the same",
  },
  KEYS: {
    kind: "Durable Object `ApiKey`",
    effect: "managed keys, their limits and what they used, one object each",
    without: "only `API_KEYS` are keys",
  },
  KEY_DIRECTORY: {
    kind: "Durable Object `ApiKeyDirectory`",
    effect: "which managed keys there are",
    without: "the same",
  },
  ADDRESS_LIMIT: {
    kind: "rate limiting",
    effect: "how often an address may ask without a valid key: 60 times a minute, as `wrangler.toml` says",
    without: "such requests are not limited",
  },
  ANALYTICS: {
    kind: "Analytics Engine dataset",
    effect: "one data point for each request for a model; see [accounting.md](accounting.md)",
    without: "outcomes stand in the log alone",
  },
  IMAGES: {
    kind: "R2 bucket",
    effect: "generated images under URLs, for an hour; see [images.md](images.md)",
    without: "images are given as base64 alone",
  },
};

/** A default as it would be written in the configuration. */
function toDefault(name: VariableName): string {
  const value = parseConfig({})[name];
  return Array.isArray(value) ? value.join(",") : JSON.stringify(value);
}

function isVariable(name: string): name is VariableName {
  return name in variableNotes;
}

function toValues(values: SettingNote["values"]): string {
  if (typeof values === "string") return values;
  return `whole number, ${values.least} to ${values.most}`;
}

export function toSecretMarkdown(): string {
  const rows = Object.entries(secretNotes).map(([name, { values, effect }]) => [
    `\`${name}\``,
    toValues(values),
    effect,
  ]);
  return toMarkdownTable(["secret", "values", "effect"], rows);
}

export function toVariableMarkdown(): string {
  const names = Object.keys(variableNotes).filter(isVariable);
  const sections = subjects.map((subject) => {
    const rows = names
      .filter((name) => variableNotes[name].about === subject)
      .map((name) => {
        const { values, effect } = variableNotes[name];
        return [`\`${name}\``, `\`${toDefault(name)}\``, toValues(values), effect];
      });
    return `### ${subject}\n\n${toMarkdownTable(["variable", "default", "values", "effect"], rows)}`;
  });
  return sections.join("\n\n");
}

export function toBindingMarkdown(): string {
  const rows = Object.entries(bindingNotes).map(([name, { kind, effect, without }]) => [
    `\`${name}\``,
    kind,
    effect,
    without,
  ]);
  return toMarkdownTable(["binding", "kind", "what it is for", "without it"], rows);
}
