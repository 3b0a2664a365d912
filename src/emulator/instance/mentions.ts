import { identifierWords } from "../language/words.ts";
import type { Evidence } from "./evidence.ts";

export function findEnumMember(members: readonly unknown[], evidence: Evidence): unknown {
  return members.find((member) => says(evidence.text, String(member)));
}

export function findBoolean(name: string, evidence: Evidence): boolean | undefined {
  // `turn the light off` says something of `on`.
  const off = /\b(?:off|disable|deactivate)\b/i.test(evidence.text);
  if (off && /^(?:on|power|active|enabled?|state)$/i.test(name)) return false;
  const words = identifierWords(name).filter(
    (word) => !["is", "has", "use", "include", "enable", "enabled", "with"].includes(word),
  );
  const word = words.at(-1);
  if (word === undefined || !says(evidence.text, word)) return undefined;
  return !new RegExp(
    String.raw`\b(?:no|not|without|don't|do not|never|disable|exclude)\b[^.!?]{0,24}\b${escape(word)}|\b${escape(word)}\S*(?: is| =|:|=)? ?(?:false|off|disabled)\b`,
    "iu",
  ).test(evidence.text);
}

export function mentions(name: string, evidence: Evidence): boolean {
  return identifierWords(name).some((word) => says(evidence.text, singular(word)));
}

export function says(text: string, words: string): boolean {
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${escape(words).replaceAll(/[_-]/g, "[ _-]")}`, "iu").test(text);
}

export function singular(name: string): string {
  return name.length > 3 && name.endsWith("s") && !name.endsWith("ss") ? name.slice(0, -1) : name;
}
function escape(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
