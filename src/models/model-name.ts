const maxIdLength = 200;
const maxShownLength = 100;

/** Each part starts with a letter or digit, so that `..` is no part: the id travels in a header and may end in a URL. */
const idPattern = /^@(?:cf|hf)\/[A-Za-z0-9][A-Za-z0-9._-]*\/[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Whether Workers AI could have a model of this id: `@cf/vendor/name` or `@hf/vendor/name`, at most 200 characters. */
export function isWorkersAiModelId(name: string): boolean {
  return name.length <= maxIdLength && idPattern.test(name);
}

/**
 * A client's model name as a message may show it: at most 100 characters, and nothing that a terminal or a log would
 * obey or hide (control and format characters, line separators, halves of surrogate pairs).
 */
export function printableName(name: string): string {
  const shown = name.length > maxShownLength ? `${name.slice(0, maxShownLength)}…` : name;
  return shown.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "\u{fffd}");
}
