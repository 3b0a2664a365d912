const STOP_WORDS = new Set(
  `a about above after again all also am an and any anything are as at be because been before being below but by can
  cannot could did do does doing don down each every few for from further get give go had has have having he her here him his
  how i if in into is it its itself just kindly let like make many me more most much my need no nor not now of off on once one only or
  other our out over own please really s same say says she should so some someone something such t tell than that the their them then there these
  they thing things this those through to today too under until up us use used using very want was we were what whats when where which
  while who whom why will with would yes you your yours`.split(/\s+/),
);

/** Whether a lower-case word stands in nearly every text. */
export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}

/** The words that carry a text's meaning, lower case, in order, each once. */
export function contentWords(text: string): readonly string[] {
  const words = new Set<string>();
  for (const match of text.toLowerCase().matchAll(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu)) {
    if (!STOP_WORDS.has(match[0])) words.add(match[0]);
  }
  return [...words];
}

/** Cuts the endings that English puts on one and the same word, so that `booking` meets `book`. */
export function stem(word: string): string {
  if (word.length > 5 && word.endsWith("ing")) return undouble(word.slice(0, -3));
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && word.endsWith("ed")) return undouble(word.slice(0, -2));
  if (word.length > 4 && /(?:s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  if (word.length > 3 && word.endsWith("s") && !word.endsWith("ss")) return word.slice(0, -1);
  if (word.length > 4 && word.endsWith("e")) return word.slice(0, -1);
  return word;
}

function undouble(word: string): string {
  return /([bdfgmnprt])\1$/.test(word) ? word.slice(0, -1) : word.endsWith("e") ? word.slice(0, -1) : word;
}

/** The words of an identifier: `getWeather_for-City2` gives get, weather, for, city, 2. */
export function identifierWords(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z])([A-Z0-9])/g, "$1 $2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
