import { answerShapes } from "./answer-shapes.ts";
import type { Fault } from "./fault.ts";
import { framing } from "./framing.ts";
import { leakedCalls } from "./leaked-calls.ts";
import { refusals } from "./refusals.ts";
import { streamBreaks } from "./stream-breaks.ts";
import { throwing } from "./throws.ts";
import { timing } from "./timing.ts";
import { toolCallShapes } from "./tool-call-shapes.ts";
import { usageShapes } from "./usage-shapes.ts";

const SECTIONS: readonly (readonly [string, readonly Fault[]])[] = [
  ["Refusals before the first byte", refusals],
  ["Errors that are thrown (over HTTP they are a 500)", throwing],
  ["Time", timing],
  ["Streams that break", streamBreaks],
  ["Framing", framing],
  ["Shapes of an answer", answerShapes],
  ["Usage", usageShapes],
  ["Shapes of tool calls", toolCallShapes],
  ["Tool calls in the text", leakedCalls],
];

/** Every fault on demand, as tables for the documents. */
export function toFaultMarkdown(): string {
  return SECTIONS.map(([title, faults]) => {
    const rows = faults.map(({ id, description }) => `| \`${id}\` | ${description.replaceAll("|", "\\|")} |`);
    return [`### ${title}`, "", "| model | what happens |", "| --- | --- |", ...rows].join("\n");
  }).join("\n\n");
}
