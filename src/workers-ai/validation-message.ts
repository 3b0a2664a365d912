/** A complaint of Workers AI's validator, fit for a caller: what is wrong, and the request field that is at fault. */
export interface ValidationComplaint {
  readonly message: string;
  /** In OpenAI's notation (`messages[1].content`); absent where the complaint is about the whole request. */
  readonly param: string | undefined;
}

/** One line of the validator's report. */
interface Finding {
  readonly path: string;
  /** Goes on after "Workers AI refused 'x': ". */
  readonly reason: string;
  /** True of every request of that form, whatever is wrong with it: the line says nothing. */
  readonly isNoise?: boolean;
}

type Reader = (...groups: readonly string[]) => Finding;

/** The validator's sentences, the telling ones first. The bounds keep a hostile text from costing time. */
const SENTENCES: readonly (readonly [RegExp, Reader])[] = [
  [/Type mismatch of '([^']{1,200})', '([^']{1,100})' not in ((?:'[^']{1,100}',?){1,8})/g, readTypeMismatch],
  [
    /Length of '([^']{1,200})' must be ([<>]=? [0-9.e+]{1,30})/g,
    (path = "", bound = "") => ({ path, reason: `its length must be ${bound}` }),
  ],
  [
    /'([^']{1,200})' must be ([<>]=? -?[0-9.e+-]{1,30})/g,
    (path = "", bound = "") => ({ path, reason: `it must be ${bound}` }),
  ],
  [
    /required properties at '([^']{1,200})' are '([^']{1,200})'/g,
    (path = "", names = "") => ({ path, reason: `it needs ${names.split(",").join(" and ")}`, isNoise: path === "/" }),
  ],
  [
    /enum ([^\n]{1,60}?) not in ([A-Za-z0-9_,-]{1,200})/g,
    (value = "", values = "") => ({ path: "", reason: `'${value}' is none of ${values.split(",").join(", ")}` }),
  ],
];

/**
 * Finds the true cause in a message such as
 * `oneOf at '/' not met, 0 matches: required properties at '/' are 'prompt', Type mismatch of '/messages/1/content', 'string' not in 'null'`.
 *
 * Quirk(native, all with a published schema, 2026-10): the validator tries every arm of a union and reports all of
 * them: a Messages input also fails the Prompt arm, and a string content also fails the parts arm. Those lines are
 * noise; with them taken out the rest names the cause; test "names the field that is at fault".
 */
export function describeValidation(description: string): ValidationComplaint {
  for (const [pattern, read] of SENTENCES) {
    for (const [, ...groups] of description.matchAll(pattern)) {
      const { path, reason, isNoise } = read(...groups);
      if (isNoise === true) continue;
      const param = toParam(path);
      return param === ""
        ? { message: `Workers AI refused the request: ${reason}.`, param: undefined }
        : { message: `Workers AI refused '${param}': ${reason}.`, param };
    }
  }
  return { message: `Workers AI refused the request: ${description}`, param: undefined };
}

function readTypeMismatch(path = "", expected = "", actual = ""): Finding {
  const [first = ""] = actual.split(",");
  const found = first.replaceAll("'", "");
  // A plain string that fails the array arm of `content: string | parts[]` is fine: the string arm took it.
  const isNoise = expected === "array" && found === "string" && path.startsWith("/messages/");
  return { path, reason: `it has to be ${expected}, and it is ${found}`, isNoise };
}

/** `/messages/0/content` is `messages[0].content`. */
function toParam(path: string): string {
  return path
    .split("/")
    .filter((segment) => segment !== "")
    .map((segment, position) => (/^\d+$/.test(segment) ? `[${segment}]` : position === 0 ? segment : `.${segment}`))
    .join("");
}
