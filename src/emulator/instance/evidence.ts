import { DATES, parseDate } from "./dates.ts";

/** What a message holds that may become a value. Values are taken, so that each is used once. */
export interface Evidence {
  readonly text: string;
  /** The text without quotations, addresses, days, codes and numbers. */
  readonly plain: string;
  readonly quoted: string[];
  readonly emails: string[];
  readonly urls: string[];
  readonly dates: string[];
  readonly times: string[];
  readonly numbers: number[];
  /** Capitalised names that do not merely begin a sentence. */
  readonly names: string[];
  /** Codes such as `AB-123` or `#42`. */
  readonly codes: string[];
  /** The calculation in the message: `12 * (3 + 4)`. */
  readonly expression: string | undefined;
}

const QUOTED = /"([^"]+)"|“([^”]+)”|`([^`]+)`|(?<![\p{L}\p{N}])'([^']+)'(?![\p{L}\p{N}])/gu;
const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const URL_TEXT = /\bhttps?:\/\/[^\s"'<>)]+[^\s"'<>).,;!?]/g;
const TIME = /\b(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?\b|\b(?:1[0-2]|[1-9]) ?(?:am|pm)\b/gi;
const CODE = /#\d+\b|\b[A-Z]{1,5}-?\d{2,}[A-Z0-9-]*\b/g;
const EXPRESSION =
  /(?:\(\s*)*-?\d+(?:\.\d+)?(?:\s*\)*\s*(?:\*\*|[-+*/^×÷%]|\bplus\b|\bminus\b|\btimes\b|\bdivided by\b)\s*(?:\(\s*)*-?\d+(?:\.\d+)?)+(?:\s*\))*/gi;
const NUMBER = /(?<![\p{L}\p{N}.])-?\d+(?:,\d{3})*(?:\.\d+)?(?![\p{N}])/gu;
// `San Francisco, CA` is one name.
const NAME =
  /\p{Lu}[\p{L}\p{M}'’-]+(?:(?: (?:de|da|del|la|le|of|the|von|van))? \p{Lu}[\p{L}\p{M}'’-]+)*(?:, \p{Lu}{2}\b)?/gu;
const NOT_A_NAME =
  /^(?:I(?:'m|'d|'ll|'ve)?|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)(?:day)?$|^(?:January|February|March|April|May|June|July|August|September|October|November|December|Celsius|Fahrenheit|Please|What|Who|Where|When|How|Why|Is|Are|Can|Could|Do|Does|And|Then|Also|The|A|An|Today|Tomorrow|JSON|API|HTML|SQL|XML|CSV|PDF|URL|OK)$/;

const NUMBER_WORDS = [
  "zero",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];

// In characters. The patterns below look around: their work grows with the square of the text.
const MOST_READ = 4000;

/** The part of a message that is searched for values and wishes. */
export function readable(message: string): string {
  return message.slice(0, MOST_READ);
}

export function gatherEvidence(message: string, nowMilliseconds: number): Evidence {
  const text = readable(message);
  const expression = text
    .match(EXPRESSION)
    ?.find((match) => !/^\d{4}-\d{2}/.test(match))
    ?.trim();
  let rest = text;
  const take = (pattern: RegExp): string[] => {
    const found: string[] = [];
    rest = rest.replaceAll(pattern, (match: string) => {
      found.push(match);
      return "\n";
    });
    return found;
  };
  const quoted = [...text.matchAll(QUOTED)].map((match) => match[1] ?? match[2] ?? match[3] ?? match[4] ?? "");
  take(QUOTED);
  const urls = take(URL_TEXT);
  const emails = take(EMAIL);
  const dates = take(DATES).map((date) => parseDate(date, nowMilliseconds));
  const times = take(TIME);
  const codes = take(CODE);
  const numbers = take(NUMBER).map((number) => Number(number.replaceAll(",", "")));
  const spelled = [...rest.toLowerCase().matchAll(/\b[a-z]+\b/g)]
    .map((match) => NUMBER_WORDS.indexOf(match[0]))
    .filter((number) => number > 1);
  return {
    text,
    plain: rest,
    quoted,
    emails,
    urls,
    dates,
    times,
    numbers: [...numbers, ...spelled],
    names: findNames(rest),
    codes,
    expression,
  };
}

/** Capitalised names; a name that begins a sentence counts only when there is no other. */
function findNames(text: string): string[] {
  const inside: string[] = [];
  const opening: string[] = [];
  for (const match of text.matchAll(NAME)) {
    const words = match[0].split(" ");
    const opens = /(?:^|[.!?\n]\s*)$/.test(text.slice(0, match.index));
    // "Book Rome" opens a sentence with a verb; what follows it is still a name.
    const name = (NOT_A_NAME.test(words[0] ?? "") || (opens && isVerbLike(words[0] ?? "")) ? words.slice(1) : words)
      .join(" ")
      .replace(/['’]s$/, "");
    if (name === "" || NOT_A_NAME.test(name)) continue;
    // Two capitals in a row are a name wherever they stand.
    (opens && words.length === 1 ? opening : inside).push(name);
  }
  return inside.length > 0 ? inside : opening.filter((name) => !isVerbLike(name));
}

/** A word that opens a request rather than names something. */
export function isVerbLike(word: string): boolean {
  return /^(?:Add|Book|Buy|Calculate|Call|Cancel|Check|Compare|Compute|Convert|Create|Delete|Describe|Draw|Email|Explain|Extract|Fetch|Find|Generate|Get|Give|Go|Hello|Hey|Hi|List|Look|Make|Multiply|Open|Order|Play|Read|Remove|Reply|Run|Save|Say|Schedule|Search|Send|Set|Show|Start|Stop|Subtract|Sum|Summarize|Summarise|Tell|Translate|Turn|Update|Use|Weather|Write)$/.test(
    word,
  );
}
