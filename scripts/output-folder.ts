import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Makes a folder hold these files and no others. One that is the same is left alone: a development server starts anew when
 * one of its files is written.
 */
export async function fillFolder(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, contents] of files) await writeIfChanged(join(folder, name), contents);
  for (const name of await readdir(folder)) if (!files.has(name)) await rm(join(folder, name));
}

async function writeIfChanged(path: string, contents: Uint8Array): Promise<void> {
  const present = await readFile(path).catch(() => undefined);
  if (present === undefined || !present.equals(contents)) await writeFile(path, contents);
}
