import { isRecord, parseJson } from "../../src/json.ts";

const SERVICE = "https://deploy.workers.cloudflare.com";

/**
 * Cloudflare's deploy button, for the public repository that `package.json` names; nothing where it names none. Cloudflare
 * clones the repository from that address, so a copy has a button of its own.
 */
export function toButtonMarkdown(manifest: string): string {
  const parsed = parseJson(manifest);
  const repository = isRecord(parsed) ? parsed["repository"] : undefined;
  const named = isRecord(repository) ? repository["url"] : repository;
  if (typeof named !== "string") return "";
  const address = named.replace(/^git\+/, "").replace(/\.git$/, "");
  return `[![Deploy to Cloudflare](${SERVICE}/button)](${SERVICE}/?url=${encodeURI(address)})`;
}
