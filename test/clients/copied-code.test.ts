import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { languages } from "../../src/playground/code/code.ts";
import { abridge, clientMethods, type CodeSubject } from "../../src/playground/code/subject.ts";
import { type RecordingServer, startRecordingServer } from "./support/recording-server.ts";

/** The code that the playground copies, run as it stands: what arrives is the request that was made. */

const KEY = 'sk-page\'s "key"';

/** Stands for the official client of Python, which is not installed here: it prints what it is called with. */
const PYTHON_CLIENT = `
import json
class Method:
    def __init__(self, client, name): self.client, self.name = client, name
    def __getattr__(self, name): return Method(self.client, (self.name + "." + name).strip("."))
    def __call__(self, *path, cast_to=None, **settings):
        print(json.dumps({"client": self.client, "method": self.name, "path": path, "settings": settings}, default=lambda file: file.name))
        raise SystemExit(0)
def OpenAI(**client): return Method(client, "")
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
  "for an image": { model: "m", prompt: odd },
  "for speech": { model: "m", input: odd, voice: "alloy" },
  "for an embedding": { model: "m", input: odd, encoding_format: "float" },
  "for a ranking": { model: "m", query: odd, documents: [odd, "b"] },
};
/** Where those go that are no chat completions. */
const paths: Readonly<Record<string, CodeSubject["request"]["path"]>> = {
  "for an image": "/images/generations",
  "for speech": "/audio/speech",
  "for an embedding": "/embeddings",
  "for a ranking": "/rerank",
  "with a recording": "/audio/transcriptions",
};
const headers = { "x-flaregate-strict": "true" };

interface PythonCall {
  readonly client: Record<string, unknown>;
  readonly method: string;
  readonly path: readonly string[];
  readonly settings: Record<string, unknown>;
}

let server: RecordingServer;
/** Where the programs run, and write what they make: with the project's packages, and the client for Python. */
let folder: string;
beforeAll(async () => {
  server = await startRecordingServer();
  folder = await mkdtemp(join(tmpdir(), "flaregate-copied-"));
  await writeFile(join(folder, "openai.py"), PYTHON_CLIENT);
  await symlink(join(import.meta.dirname, "../../node_modules"), join(folder, "node_modules"));
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

function toCode(name: string, language: string, body: CodeSubject["request"]["body"], key: CodeSubject["key"]): string {
  const found = languages.find((candidate) => candidate.name === language);
  const request = { baseUrl: `${server.origin}/v1`, path: paths[name] ?? "/chat/completions", headers, body };
  return found?.render({ request, key }) ?? "";
}

function run(command: string, args: readonly string[], input: string): Promise<string> {
  const env = { ...process.env, FLAREGATE_API_KEY: KEY, PYTHONPATH: folder, NO_PROXY: "*", no_proxy: "*" };
  return new Promise((resolve, reject) => {
    const child = execFile(command, args, { cwd: folder, env, timeout: 20_000 }, (error, stdout, stderr) => {
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
  const path = paths[name] ?? "/chat/completions";
  const wanted = `/v1${path}`;

  describe.each(keys)("with the key %s", (_where, key, authorization) => {
    it.runIf(hasProgram("curl") && hasProgram("bash"))("is a command line that makes it again", async () => {
      await run("bash", ["-euo", "pipefail", "-s"], `${toCode(name, "curl", body, key)} --silent --show-error\n`);
      const { headers: sent, body: received, path: asked } = server.last();
      expect([asked, JSON.parse(received)]).toEqual([wanted, body]);
      expect(sent).toMatchObject({ "content-type": "application/json", ...headers });
      expect(sent.authorization).toBe(authorization);
    });

    it("is a program with the official client for TypeScript that makes it again", async () => {
      await run(process.execPath, ["--input-type=module-typescript", "-"], toCode(name, "typescript", body, key));
      const { headers: sent, body: received, path: asked } = server.last();
      expect([asked, JSON.parse(received)]).toEqual([wanted, body]);
      expect(sent).toMatchObject(headers);
      expect(sent.authorization).toBe(authorization);
    });

    it.runIf(hasProgram("python3"))("is a program that calls the client for Python with it", async () => {
      const output = await run("python3", ["-"], toCode(name, "python", body, key));
      const { client, method, path: posted, settings } = JSON.parse(output) as PythonCall;
      const { extra_body: extra, extra_headers: sentHeaders, body: postedBody, ...known } = settings;
      const { default_headers: defaultHeaders, ...access } = client;
      expect(postedBody ?? { ...known, ...(extra as object) }).toEqual(body);
      expect(sentHeaders ?? defaultHeaders).toEqual(headers);
      expect(access).toEqual({ base_url: `${server.origin}/v1`, api_key: authorization === undefined ? "" : KEY });
      expect([method, posted]).toEqual([clientMethods[path] ?? "post", path === "/rerank" ? [path] : []]);
    });
  });
});

/** The form that has arrived, as the browser would read it. */
async function readForm() {
  const { path, headers: sent, body: received } = server.last();
  const form = await new Response(received, { headers: { "content-type": sent["content-type"] ?? "" } }).formData();
  const file = form.get("file");
  if (!(file instanceof File)) throw new Error("no file has arrived");
  return { path, model: form.get("model"), prompt: form.get("prompt"), fileName: file.name, file: await file.text() };
}

describe("the code of a request with a recording", () => {
  const body = { model: "m", prompt: odd, file: `data:audio/wav;base64,${btoa("RIFF and so on")}` };
  const name = "with a recording";

  beforeAll(() => writeFile(join(folder, "recording.wav"), "RIFF and so on"));

  const expected = { path: "/v1/audio/transcriptions", model: "m", fileName: "recording.wav", file: "RIFF and so on" };
  // A form ends its lines in both characters.
  const prompt = expect.stringMatching(/^It's "odd": [^]* true null\r?\n\r?\nEnd'$/);

  it.runIf(hasProgram("curl") && hasProgram("bash"))("is a command line that sends the file", async () => {
    await run("bash", ["-euo", "pipefail", "-s"], `${toCode(name, "curl", body, { kind: "none" })} --silent\n`);
    expect(await readForm()).toEqual({ ...expected, prompt });
  });

  it("is a program with the official client for TypeScript that sends the file", async () => {
    const code = toCode(name, "typescript", body, { kind: "variable" });
    await run(process.execPath, ["--input-type=module-typescript", "-"], code);
    expect(await readForm()).toEqual({ ...expected, prompt });
  });

  it.runIf(hasProgram("python3"))("is a program that gives the file to the client for Python", async () => {
    const output = await run("python3", ["-"], toCode(name, "python", body, { kind: "variable" }));
    expect(JSON.parse(output)).toMatchObject({
      method: "audio.transcriptions.create",
      settings: { model: "m", prompt: odd, file: "recording.wav" },
    });
  });
});

it("for the eye images are told by their beginning, and nothing else is", () => {
  const image = `data:image/png;base64,${"A".repeat(4096)}`;
  expect(abridge(`{"url": "${image}"}`)).toMatch(/^\{"url": "data:image\/png;base64,A{24}… \(3 KiB\)"\}$/);
  expect(abridge(JSON.stringify(bodies["odd"]))).toBe(JSON.stringify(bodies["odd"]));
});
