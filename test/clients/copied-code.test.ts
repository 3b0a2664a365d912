import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { languages } from "../../src/playground/code/code.ts";
import { abridge, type CodeSubject } from "../../src/playground/code/subject.ts";
import { type RecordingServer, startRecordingServer } from "./support/recording-server.ts";

/** The code that the playground copies, run as it stands: what arrives is the request that was made. */

const projectDirectory = join(import.meta.dirname, "../..");
const KEY = 'sk-page\'s "key"';

/** Stands for the official client of Python, which is not installed here: it prints what it is called with. */
const PYTHON_CLIENT = `
import json
class Create:
    def __init__(self, client): self.client = client
    def create(self, **settings):
        print(json.dumps({"client": self.client, "settings": settings}))
        raise SystemExit(0)
class OpenAI:
    def __init__(self, **client):
        self.chat = type("Chat", (), {"completions": Create(client)})()
`;

const odd = `It's "odd": \\n \\ $HOME \`id\` \${x} %s \t é 👋 </script> \u2028 true null\n\nEnd'`;

const bodies: Readonly<Record<string, CodeSubject["request"]["body"]>> = {
  plain: { model: "@cf/meta/llama", messages: [{ role: "user", content: "Hello" }], usage: { include: true } },
  odd: {
    model: "m",
    messages: [
      { role: "system", content: odd },
      {
        role: "user",
        content: [
          { type: "text", text: odd },
          { type: "image_url", image_url: { url: "data:image/png;base64,AA==" } },
        ],
      },
    ],
    temperature: 0,
    top_k: 5,
    repetition_penalty: 1.1,
    stop: ["'", '"', "\\", "\n"],
    tools: [
      {
        type: "function",
        function: {
          name: "f",
          parameters: { type: "object", "odd name": { default: null, const: true }, required: [] },
        },
      },
    ],
    usage: { include: true },
  },
  streamed: {
    model: "m",
    messages: [{ role: "user", content: "Hello" }],
    response_format: { type: "json_schema", json_schema: { name: "answer", strict: true, schema: { type: "object" } } },
    stream: true,
    stream_options: { include_usage: true },
  },
};
const headers = { "x-flaregate-strict": "true" };

let server: RecordingServer;
let pythonPath: string;
beforeAll(async () => {
  server = await startRecordingServer();
  pythonPath = await mkdtemp(join(tmpdir(), "flaregate-python-"));
  await writeFile(join(pythonPath, "openai.py"), PYTHON_CLIENT);
});
afterAll(async () => {
  await server.close();
  await rm(pythonPath, { recursive: true, force: true });
});

function toCode(language: string, body: CodeSubject["request"]["body"], key: CodeSubject["key"]): string {
  const found = languages.find(({ name }) => name === language);
  const request = { url: `${server.origin}/v1/chat/completions`, headers, body };
  return found?.render({ request, key }) ?? "";
}

function run(command: string, args: readonly string[], input: string): Promise<string> {
  const env = { ...process.env, FLAREGATE_API_KEY: KEY, PYTHONPATH: pythonPath, NO_PROXY: "*", no_proxy: "*" };
  return new Promise((resolve, reject) => {
    const child = execFile(command, args, { cwd: projectDirectory, env, timeout: 20_000 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${error.message}\n${stdout}\n${stderr}`));
    });
    child.stdin?.end(input);
  });
}

const keys: readonly (readonly [string, CodeSubject["key"], string | undefined])[] = [
  ["from the environment", { kind: "variable" }, `Bearer ${KEY}`],
  ["in the code", { kind: "text", text: KEY }, `Bearer ${KEY}`],
  ["none", { kind: "none" }, undefined],
];

function hasProgram(name: string): boolean {
  return spawnSync(name, ["--version"]).status === 0;
}

describe.each(Object.keys(bodies))("the code of a request, %s", (name) => {
  const body = bodies[name] ?? {};

  describe.each(keys)("with the key %s", (_where, key, authorization) => {
    it.runIf(hasProgram("curl") && hasProgram("bash"))("is a command line that makes it again", async () => {
      await run("bash", ["-euo", "pipefail", "-s"], `${toCode("curl", body, key)} --silent --show-error\n`);
      const { headers: sent, body: received, path } = server.last();
      expect([path, JSON.parse(received)]).toEqual(["/v1/chat/completions", body]);
      expect(sent).toMatchObject({ "content-type": "application/json", ...headers });
      expect(sent.authorization).toBe(authorization);
    });

    it("is a program with the official client for TypeScript that makes it again", async () => {
      await run(process.execPath, ["--input-type=module-typescript", "-"], toCode("typescript", body, key));
      const { headers: sent, body: received, path } = server.last();
      expect([path, JSON.parse(received)]).toEqual(["/v1/chat/completions", body]);
      expect(sent).toMatchObject(headers);
      expect(sent.authorization).toBe(authorization);
    });

    it.runIf(hasProgram("python3"))("is a program that calls the client for Python with it", async () => {
      const output = await run("python3", ["-"], toCode("python", body, key));
      const { client, settings } = JSON.parse(output) as { client: object; settings: Record<string, unknown> };
      const { extra_body: extra, extra_headers: sentHeaders, ...known } = settings;
      expect({ ...known, ...(extra as object) }).toEqual(body);
      expect(sentHeaders).toEqual(headers);
      expect(client).toEqual({ base_url: `${server.origin}/v1`, api_key: authorization === undefined ? "" : KEY });
    });
  });
});

it("for the eye images are told by their beginning, and nothing else is", () => {
  const image = `data:image/png;base64,${"A".repeat(4096)}`;
  expect(abridge(`{"url": "${image}"}`)).toMatch(/^\{"url": "data:image\/png;base64,A{24}… \(3 KiB\)"\}$/);
  expect(abridge(JSON.stringify(bodies["odd"]))).toBe(JSON.stringify(bodies["odd"]));
});
