declare global {
  interface ImportMeta {
    /** Vite's: the files that match, in the test's bundle. */
    glob(pattern: string, options: { query: "?raw"; import: "default"; eager: true }): Readonly<Record<string, string>>;
  }
}

const FOLDER = "../fixtures/workers-ai/";
const files = import.meta.glob("../fixtures/workers-ai/*.{sse,json}", {
  query: "?raw",
  import: "default",
  eager: true,
});

export const fixtureNames: readonly string[] = Object.keys(files).map((path) => path.slice(FOLDER.length));

/** The bytes of a body as received, by the name of its file. */
export function fixture(name: string): Uint8Array {
  const text = files[FOLDER + name];
  if (text === undefined) throw new Error(`no fixture ${name}`);
  return new TextEncoder().encode(text);
}
