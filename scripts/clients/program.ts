/** A program that is a client of the gateway, and how its part of the documents is followed. */
export interface Program {
  readonly name: string;
  /** What npm installs. */
  readonly packages: readonly string[];
  readonly document: string;
  /** Of the section whose snippets are followed. */
  readonly heading: string;
  /** Where the section's settings are written, by the language of the snippet. */
  readonly files: Readonly<Record<string, string>>;
  /** What has to stand in what it prints. */
  readonly expected: RegExp;
}

/** The file that an agent is told to find, in a directory that is otherwise empty. */
export const FILE_NAME = "notes.txt";

const document = "docs/programs.md";
const expected = new RegExp(`\\b${FILE_NAME.replace(".", "\\.")}\\b`);

/** Paths begin with `home/` or `work/`: the home directory of the program, and the one that it works in. */
export const programs: readonly Program[] = [
  {
    name: "codex",
    packages: ["@openai/codex"],
    document,
    heading: "Codex",
    files: { toml: "home/.codex/config.toml" },
    expected,
  },
  {
    name: "opencode",
    packages: ["opencode-ai"],
    document,
    heading: "opencode",
    files: { json: "work/opencode.json" },
    expected,
  },
  { name: "cline", packages: ["cline"], document, heading: "Cline", files: {}, expected },
  {
    name: "continue",
    packages: ["@continuedev/cli"],
    document,
    heading: "Continue",
    files: { yaml: "home/.continue/config.yaml" },
    expected,
  },
  {
    name: "llamaindex",
    packages: ["llamaindex", "@llamaindex/openai", "@llamaindex/workflow", "zod"],
    document: "docs/clients.md",
    heading: "LlamaIndex",
    files: { ts: "work/example.ts" },
    expected: /\b42\b/,
  },
];
