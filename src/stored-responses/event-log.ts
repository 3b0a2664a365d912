import type { Documents } from "./documents.ts";

/**
 * The records of a response's event stream, for readers who come late or come back. Each is one line `event`, one line
 * `data` and an empty line; the number of a record is its `sequence_number`.
 */
export interface EventLog {
  /** Takes whole records, any number of them. */
  append(records: string): void;
  /** Whole records behind the number, as many as were appended together; `undefined` where there are none yet. */
  read(after: number): { readonly records: string; readonly last: number } | undefined;
  /** How many records there are. */
  length(): number;
}

const PREFIX = "events:";
/** Follows every name with the prefix. */
const END = "events;";

/** A number's place among others does not depend on how many digits it has. */
const DIGITS = 12;

/** A document holds what was appended together, under the number of its last record. */
export function createEventLog(documents: Documents): EventLog {
  let length = countRecords(documents);
  return {
    append(records) {
      const count = splitRecords(records).length;
      if (count === 0) return;
      length += count;
      documents.write(nameOf(length - 1), records);
    },
    read(after) {
      const name = documents.nameAfter(nameOf(after), END);
      if (name === undefined) return undefined;
      const last = numberOf(name);
      const all = splitRecords(documents.read(name) ?? "");
      return { records: all.slice(Math.max(0, all.length - (last - after))).join(""), last };
    },
    length() {
      return length;
    },
  };
}

function countRecords(documents: Documents): number {
  const last = documents.nameBefore(END, PREFIX);
  return last === undefined ? 0 : numberOf(last) + 1;
}

/** -1, which is before the first record, is before every name. */
function nameOf(number: number): string {
  return number < 0 ? PREFIX : PREFIX + String(number).padStart(DIGITS, "0");
}

function numberOf(name: string): number {
  return Number(name.slice(PREFIX.length));
}

/** JSON text has no line breaks of its own, so an empty line ends a record and nothing else. */
function splitRecords(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n\n)/);
}
