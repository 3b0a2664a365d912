/**
 * `npm run keys`: managed keys of a gateway, through its admin API. `npm run keys -- --help` says how.
 *
 * Exits with 1 where the gateway refuses, and with 2 where the command line is wrong.
 */
import { createAdminClient } from "./keys/admin-client.ts";
import { help, readCommand, UsageError } from "./keys/command-line.ts";
import { describeKey, describeKeys, describeUsage } from "./keys/describe.ts";
import { findKey } from "./keys/find-key.ts";
import { readTarget } from "./keys/target.ts";

try {
  console.log(await run(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

async function run(words: readonly string[]): Promise<string> {
  const command = readCommand(words);
  if (command.name === "help") return help;
  const client = createAdminClient(readTarget(command.url, process.env));
  const find = (key: string): Promise<string> => findKey(client, key);
  const show = <Answer>(answer: Answer, describe: (answer: Answer) => string): string =>
    command.isJson ? JSON.stringify(answer, null, 2) : describe(answer);
  switch (command.name) {
    case "create":
      return show(await client.create(command.settings), describeKey);
    case "list":
      return show(await client.list(), describeKeys);
    case "get":
      return show(await client.get(await find(command.key)), describeKey);
    case "update":
      return show(await client.update(await find(command.key), command.settings), describeKey);
    case "rotate":
      return show(await client.rotate(await find(command.key), command.gracePeriod), describeKey);
    case "block":
    case "unblock":
      return show(await client.post(await find(command.key), command.name), describeKey);
    case "delete":
      return show(await client.remove(await find(command.key)), ({ id }) => `Key ${id} is deleted.`);
    case "usage":
      return show(await client.usage(command.key && (await find(command.key)), command.period), describeUsage);
    default:
      return command.name satisfies never;
  }
}
