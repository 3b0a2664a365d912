/**
 * `npm run dev` and `npm run emulator`: wrangler with an offline configuration; further arguments are wrangler's own.
 *
 * A script and not a command line because two things have no portable spelling there: the environment, and an end when
 * npm is told to stop. npm's shell does not pass the signal on, and wrangler would live on and keep the port.
 */
import { spawn } from "node:child_process";

const PARENT_CHECK_MS = 500;

/** wrangler gives a Worker no variable of the shell; the emulator's are worth a command line without a file. */
const emulatorVariables = Object.entries(process.env).flatMap(([name, value]) =>
  name.startsWith("EMULATOR_") && value !== undefined ? ["--var", `${name}:${value}`] : [],
);

const wrangler = spawn(
  process.execPath,
  ["node_modules/wrangler/bin/wrangler.js", "dev", ...process.argv.slice(2), ...emulatorVariables],
  {
    stdio: "inherit",
    env: {
      ...process.env,
      WRANGLER_SEND_METRICS: "false",
      // The banner asks the npm registry for a newer version, and `Request.cf` would come from workers.cloudflare.com.
      WRANGLER_HIDE_BANNER: "true",
      CLOUDFLARE_CF_FETCH_ENABLED: "false",
    },
  },
);

// A terminal sends Ctrl-C to all of its processes, wrangler included: this one only has to outlive it.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => wrangler.kill("SIGTERM"));
process.on("SIGHUP", () => wrangler.kill("SIGTERM"));

const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) wrangler.kill("SIGTERM");
}, PARENT_CHECK_MS).unref();

wrangler.on("exit", (code) => {
  process.exitCode = code ?? 0;
});
