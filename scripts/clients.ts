/**
 * `npm run clients`: installs programs that are clients of OpenAI's API, in their newest versions, and runs each with the
 * settings and lines of `docs/programs.md` and `docs/clients.md` against `npm run dev` in another terminal. It prints a
 * line for each as it ends, and exits with 1 where one failed. Needs the npm registry, bash, git, and time: they are some
 * hundred megabytes each. Agents carry out what the emulator tells them, with the rights of whoever runs this: run it
 * where a wrong command does no harm.
 *
 *     npm run clients -- codex opencode
 *     npm run clients -- --url http://localhost:8912
 */
import { parseArgs } from "node:util";
import { programs } from "./clients/program.ts";
import { runProgram } from "./clients/run-program.ts";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { url: { type: "string", default: "http://localhost:8787" } },
});

const unknown = positionals.filter((name) => !programs.some((program) => program.name === name));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(", ")}; there are ${programs.map(({ name }) => name).join(", ")}.`);
  process.exit(2);
}
const selected = programs.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
for (const program of selected) {
  console.log(`${program.name}: installing ${program.packages.join(" ")}`);
  const { version, verdict, output } = await runProgram(program, options.url.replace(/\/+$/, ""));
  console.log(`${program.name} ${version}: ${verdict}`);
  if (verdict === "ok") continue;
  console.log(output.split("\n").slice(-40).join("\n"));
  process.exitCode = 1;
}
