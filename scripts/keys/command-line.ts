import { parseArgs } from "node:util";

export const help = `npm run keys -- COMMAND [options]

  create --name NAME [settings]   makes a key and prints it, once
  list                            all keys
  get KEY                         one of them, by its id or, where no other has it, its name
  update KEY [settings]           changes what is named; "none" takes a limit away
  rotate KEY [--grace-period 1h]  gives the key another secret; the old one works for the grace period
  block KEY, unblock KEY          stops a key, and lets it go on
  delete KEY                      forgets the key and what it used
  usage [KEY] [--start 2026-11-01] [--end 2026-11-30]
                                  by day and model, of one key or of all; the last 30 days unless days are named

settings
  --name ci                       what tables and logs call the key
  --models "@cf/meta/*"           models that it may use: ids, aliases, patterns; several with commas
  --rpm 60                        requests a minute
  --tpm 100000                    tokens a minute
  --max-parallel-requests 4       requests at one time
  --max-budget 10                 US dollars
  --budget-duration 30d           after which the budget begins anew
  --expires 2027-01-31            or how far from now: 90d
  --metadata team=a               several with commas

everywhere
  --url https://…                 the gateway; the development server unless named
  --json                          the answers of the API, to be read by programs (with npm run --silent keys)

FLAREGATE_ADMIN_KEY holds the gateway's admin key. The development server's own is known.`;

/** A command line that says nothing that can be done. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

interface Everywhere {
  readonly url: string | undefined;
  readonly isJson: boolean;
}

/** Members of a key, as the admin API takes them. */
export type Settings = Readonly<Record<string, unknown>>;

export type Command = Everywhere &
  (
    | { readonly name: "help" | "list" }
    | { readonly name: "create"; readonly settings: Settings }
    | { readonly name: "update"; readonly key: string; readonly settings: Settings }
    | { readonly name: "get" | "block" | "unblock" | "delete"; readonly key: string }
    | { readonly name: "rotate"; readonly key: string; readonly gracePeriod: string | undefined }
    | { readonly name: "usage"; readonly key: string | undefined; readonly period: Readonly<Record<string, string>> }
  );

const text = { type: "string" } as const;

/** The options of the settings, and how the text of each becomes a member. */
const settingOptions = {
  name: (value: string) => ({ name: value }),
  models: (value: string) => ({ models: splitList(value) }),
  rpm: (value: string) => ({ rpm: toNumber("rpm", value) }),
  tpm: (value: string) => ({ tpm: toNumber("tpm", value) }),
  "max-parallel-requests": (value: string) => ({ max_parallel_requests: toNumber("max-parallel-requests", value) }),
  "max-budget": (value: string) => ({ max_budget: toNumber("max-budget", value) }),
  "budget-duration": (value: string) => ({ budget_duration: value }),
  expires: (value: string) => ({ expires: value }),
  metadata: (value: string) => ({ metadata: Object.fromEntries(splitList(value).map(toPair)) }),
} as const;

const otherOptions = {
  url: text,
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  "grace-period": text,
  start: text,
  end: text,
} as const;

/** What a command line asks for. Throws a `UsageError` that says what is wrong with it. */
export function readCommand(words: readonly string[]): Command {
  const { values, positionals } = parse(words);
  const everywhere = { url: values.url, isJson: values.json === true };
  const [name, key, ...rest] = positionals;
  if (values.help === true || name === undefined || name === "help") return { ...everywhere, name: "help" };
  if (rest.length > 0) throw new UsageError(`There is no place for '${rest.join(" ")}'.`);
  const settings = toSettings(values);
  switch (name) {
    case "create":
      if (settings["name"] === undefined) throw new UsageError("A key needs a name: --name ci");
      return { ...everywhere, name, settings };
    case "list":
      return { ...everywhere, name };
    case "update":
      if (Object.keys(settings).length === 0) throw new UsageError("Nothing is to be changed; see --help.");
      return { ...everywhere, name, key: need(key), settings };
    case "get":
    case "block":
    case "unblock":
    case "delete":
      return { ...everywhere, name, key: need(key) };
    case "rotate":
      return { ...everywhere, name, key: need(key), gracePeriod: values["grace-period"] };
    case "usage": {
      const { start, end } = values;
      return { ...everywhere, name, key, period: { ...(start && { start }), ...(end && { end }) } };
    }
    default:
      throw new UsageError(`There is no command '${name}'; see --help.`);
  }
}

function parse(words: readonly string[]) {
  const options = {
    ...otherOptions,
    name: text,
    models: text,
    rpm: text,
    tpm: text,
    "max-parallel-requests": text,
    "max-budget": text,
    "budget-duration": text,
    expires: text,
    metadata: text,
  } as const;
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function toSettings(values: Readonly<Record<string, string | boolean | undefined>>): Settings {
  let settings: Settings = {};
  for (const [option, toMember] of Object.entries(settingOptions)) {
    const value = values[option];
    if (typeof value !== "string") continue;
    const member = toMember(value);
    settings = { ...settings, ...(value === "none" ? withNull(member) : member) };
  }
  return settings;
}

function withNull(member: object): Settings {
  return Object.fromEntries(Object.keys(member).map((name) => [name, null]));
}

function splitList(value: string): readonly string[] {
  return value
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function toPair(part: string): readonly [string, string] {
  const position = part.indexOf("=");
  return position === -1 ? [part, ""] : [part.slice(0, position), part.slice(position + 1)];
}

/** What is no number goes to nobody: the API would only say so of a text. */
function toNumber(option: string, value: string): number {
  const number = value === "none" ? 0 : Number(value);
  if (value.trim() === "" || Number.isNaN(number)) throw new UsageError(`--${option} needs a number, not '${value}'.`);
  return number;
}

function need(key: string | undefined): string {
  if (key === undefined) throw new UsageError("Which key? Name its id or its name; `list` shows them.");
  return key;
}
