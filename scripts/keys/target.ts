import { readFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "./command-line.ts";

/** A gateway, and the key to its admin API. */
export interface Target {
  readonly origin: string;
  readonly adminKey: string;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/**
 * The gateway that a command is for: the one that is named, else the development server, whose own admin key is no
 * secret. Any other needs `FLAREGATE_ADMIN_KEY`, which never goes over a network in plain text.
 */
export function readTarget(url: string | undefined, environment: NodeJS.ProcessEnv): Target {
  const development = readDevelopment();
  const text = url ?? `http://localhost:${development.port}`;
  if (!URL.canParse(text))
    throw new UsageError(`--url needs a URL such as https://flaregate.example.com, not '${text}'.`);
  const { origin, protocol, hostname } = new URL(text);
  const isLocal = LOOPBACK.test(hostname);
  if (protocol !== "https:" && !(protocol === "http:" && isLocal)) {
    throw new UsageError(`The admin key is sent over https only, and '${text}' is not.`);
  }
  const { FLAREGATE_ADMIN_KEY: given = "" } = environment;
  const adminKey = given === "" && isLocal ? development.adminKey : given;
  if (adminKey === "") throw new UsageError(`The admin key of ${origin} is missing: set FLAREGATE_ADMIN_KEY.`);
  return { origin, adminKey };
}

/** Two lines of the development configuration; wrangler's own reader of it takes a second to load. */
function readDevelopment(): { readonly port: string; readonly adminKey: string } {
  const config = readFileSync(join(import.meta.dirname, "../../wrangler.dev.toml"), "utf8");
  const port = /^port = (\d+)$/m.exec(config)?.[1];
  const adminKey = /^ADMIN_KEY = "([^"]+)"$/m.exec(config)?.[1];
  if (port === undefined || adminKey === undefined) throw new Error("wrangler.dev.toml names no port or no ADMIN_KEY.");
  return { port, adminKey };
}
