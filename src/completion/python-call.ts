import type { LeakedCall, OfferedTool } from "./leaked-call.ts";

/** Deeper literals are no arguments; the bound keeps a hostile text from using up the stack. */
const MAX_DEPTH = 32;

const WORDS: ReadonlyMap<string, string> = new Map([
  ["True", "true"],
  ["False", "false"],
  ["None", "null"],
  ["true", "true"],
  ["false", "false"],
  ["null", "null"],
]);

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
  ["/", "/"],
]);

/** The text is no call: it is caught in this file and becomes `undefined`. */
class NoCall extends Error {}

/**
 * Reads calls as Llama models write them: `[f(x=1, y="a"), g()]`, or one without the brackets. Values are Python or
 * JSON literals; anything else (a name, an operator, a nested call) is code and not a call. `undefined` for text that
 * is not calls of offered tools alone.
 */
export function parsePythonCalls(text: string, tools: readonly OfferedTool[]): readonly LeakedCall[] | undefined {
  try {
    return new PythonCallReader(text, tools).readAll();
  } catch (error) {
    if (error instanceof NoCall) return undefined;
    throw error;
  }
}

class PythonCallReader {
  private position = 0;
  private readonly text: string;
  private readonly tools: readonly OfferedTool[];

  constructor(text: string, tools: readonly OfferedTool[]) {
    this.text = text;
    this.tools = tools;
  }

  readAll(): readonly LeakedCall[] {
    const calls: LeakedCall[] = [];
    if (this.take("[")) this.readList("]", () => calls.push(this.readCall()));
    else calls.push(this.readCall());
    this.skipSpace();
    if (this.position < this.text.length || calls.length === 0) throw new NoCall();
    return calls;
  }

  private readCall(): LeakedCall {
    const name = this.match(/[A-Za-z_][\w.-]*/y);
    const tool = this.tools.find((candidate) => candidate.name === name);
    if (tool === undefined || !this.take("(")) throw new NoCall();
    const members = new Map<string, string>();
    this.readList(")", () => {
      const keyword = this.match(/[A-Za-z_]\w*(?=\s*=[^=])/y);
      if (keyword !== undefined) this.take("=");
      // Arguments without a name are those of the parameters in their order.
      const parameter = keyword ?? tool.parameterNames[members.size];
      if (parameter === undefined || members.has(parameter)) throw new NoCall();
      members.set(parameter, this.readValue(0));
    });
    return { name: tool.name, argumentsText: toObjectText(members) };
  }

  /** Reads a literal. Gives its JSON text, so that long numbers keep all their digits. */
  private readValue(depth: number): string {
    if (depth > MAX_DEPTH) throw new NoCall();
    if (this.take("[")) {
      const values: string[] = [];
      this.readList("]", () => values.push(this.readValue(depth + 1)));
      return `[${values.join(",")}]`;
    }
    if (this.take("{")) {
      const members = new Map<string, string>();
      this.readList("}", () => {
        const key = this.readString();
        if (key === undefined || !this.take(":")) throw new NoCall();
        members.set(key, this.readValue(depth + 1));
      });
      return toObjectText(members);
    }
    const string = this.readString();
    if (string !== undefined) return JSON.stringify(string);
    const number = this.match(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y);
    const value = number ?? WORDS.get(this.match(/[A-Za-z]+/y) ?? "");
    if (value === undefined) throw new NoCall();
    return value;
  }

  private readString(): string | undefined {
    const quote = this.match(/["']/y);
    if (quote === undefined) return undefined;
    let string = "";
    for (;;) {
      const character = this.text.charAt(this.position);
      this.position += 1;
      if (character === quote) return string;
      if (character === "" || character === "\n") throw new NoCall();
      string += character === "\\" ? this.readEscape() : character;
    }
  }

  private readEscape(): string {
    const code = this.matchHere(/u([0-9a-fA-F]{4})/y)?.slice(1);
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    const escaped = this.text.charAt(this.position);
    this.position += 1;
    return ESCAPES.get(escaped) ?? `\\${escaped}`;
  }

  /** Reads elements up to the closing bracket; a comma may stand in front of it. */
  private readList(closing: string, readElement: () => void): void {
    while (!this.take(closing)) {
      readElement();
      if (this.take(closing)) return;
      if (!this.take(",")) throw new NoCall();
    }
  }

  private take(character: string): boolean {
    this.skipSpace();
    if (this.text.charAt(this.position) !== character) return false;
    this.position += 1;
    return true;
  }

  private match(pattern: RegExp): string | undefined {
    this.skipSpace();
    return this.matchHere(pattern);
  }

  private matchHere(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.position += found.length;
    return found;
  }

  private skipSpace(): void {
    while (/\s/.test(this.text.charAt(this.position))) this.position += 1;
  }
}

/** Built as text: an object would give a member named `__proto__` its meaning. */
function toObjectText(members: ReadonlyMap<string, string>): string {
  return `{${[...members].map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(",")}}`;
}
