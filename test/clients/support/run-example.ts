import { execFile } from "node:child_process";
import { projectDirectory } from "../../readme/code-blocks.ts";

/** Runs the example of a document that contains this text; there is exactly one. `origin` serves in place of `npm run dev`. */
export function runExampleAt(blocks: readonly { code: string }[], mark: string, origin: string): Promise<string> {
  const [only, ...others] = blocks.filter(({ code }) => code.includes(mark));
  if (only === undefined || others.length > 0) throw new Error(`Not one example contains ${mark}.`);
  const code = only.code.replaceAll("http://localhost:8787", origin);
  // A proxy must not come between the test and this machine; no key of the machine's may help an example.
  const { OPENAI_API_KEY: _key, OPENAI_BASE_URL: _url, ...inherited } = process.env;
  const env = { ...inherited, NO_PROXY: "*", no_proxy: "*" };
  return new Promise((resolve, reject) => {
    const options = { cwd: projectDirectory, env, timeout: 25_000 };
    // This process is the project's own Node, which strips types; from its standard input it resolves imports here.
    const child = execFile(
      process.execPath,
      ["--input-type=module-typescript", "-"],
      options,
      (error, stdout, stderr) => {
        if (error === null && stderr === "") resolve(stdout);
        else reject(new Error(`${error?.message ?? "It wrote to its error output."}\n${stdout}\n${stderr}`));
      },
    );
    child.stdin?.end(code);
  });
}
