/** A complaint of Workers AI's validator, fit for a caller: what is wrong, and the request field that is at fault. */
export interface ValidationComplaint {
  readonly message: string;
  /** In OpenAI's notation (`messages[1].content`); absent where the complaint is about the whole request. */
  readonly param: string | undefined;
}

const TYPE_MISMATCH = /Type mismatch of '([^']{1,200})', '([^']{1,100})' not in '([^']{1,100})'/g;
const MISSING = /required properties at '([^']{1,200})' are '([^']{1,200})'/g;
const OUT_OF_RANGE = /'([^']{1,200})' must be ([<>]=? -?[0-9.e+]{1,30})/g;

/**
 * Finds the true cause in a message such as
 * `oneOf at '/' not met, 0 matches: required properties at '/' are 'prompt', Type mismatch of '/messages/1/content', 'string' not in 'null'`.
 *
 * The validator tries every arm of a union and reports all of them: a Messages input also fails the Prompt arm, and a
 * string content also fails the parts arm. Those lines are noise; with them taken out the rest names the cause.
 */
export function describeValidation(description: string): ValidationComplaint {
  const mismatch = [...description.matchAll(TYPE_MISMATCH)].find(
    ([, , expected, actual]) => !isUnionNoise(expected, actual),
  );
  if (mismatch !== undefined) {
    const [, path = "", expected, actual] = mismatch;
    const param = toParam(path);
    return { message: `Workers AI refused '${param}': it has to be ${expected}, and it is ${actual}.`, param };
  }
  const range = description.matchAll(OUT_OF_RANGE).next().value;
  if (range !== undefined) {
    const param = toParam(range[1] ?? "");
    return { message: `Workers AI refused '${param}': it must be ${range[2]}.`, param };
  }
  const missing = [...description.matchAll(MISSING)].find(([, path]) => path !== "/");
  if (missing !== undefined) {
    const param = toParam(missing[1] ?? "");
    return { message: `Workers AI refused '${param}': it needs ${missing[2]?.split(",").join(" and ")}.`, param };
  }
  return { message: `Workers AI refused the request: ${description}`, param: undefined };
}

/** `/messages/0/content` is `messages[0].content`. */
function toParam(path: string): string {
  return path
    .split("/")
    .filter((segment) => segment !== "")
    .map((segment, position) => (/^\d+$/.test(segment) ? `[${segment}]` : position === 0 ? segment : `.${segment}`))
    .join("");
}

/** A plain string that fails the array arm of `content: string | parts[]` is fine: the string arm took it. */
function isUnionNoise(expected: string | undefined, actual: string | undefined): boolean {
  return expected === "array" && actual === "string";
}
