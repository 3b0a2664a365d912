import { parseJson } from "../../json.ts";
import type { Model } from "../api/model-list.ts";
import { isOver, type Answer } from "../chat/answer.ts";
import type { Medium } from "../chat/task-result.ts";
import { formatCount, formatDollars, formatMilliseconds, toCost, toSpeed } from "../chat/figures.ts";
import { button, copyButton } from "./button.ts";
import { element, fill } from "./element.ts";
import { failureView } from "./failure-view.ts";
import { updateProse } from "./prose.ts";
import { toolCallView } from "./tool-calls-view.ts";

export interface AnswerActions {
  readonly onAgain: () => void;
  readonly onCode: () => void;
}

export interface AnswerView {
  readonly root: HTMLElement;
  /** Shows the answer as far as it has come. Only the last one can be asked for again. */
  update(isLast: boolean): void;
}

export function createAnswerView(answer: Answer, model: Model, actions: AnswerActions): AnswerView {
  const reasoning = element("div", { class: "prose" });
  const thinking = element(
    "details",
    { class: "thinking", hidden: true },
    element("summary", {}, "Reasoning"),
    reasoning,
  );
  const prose = element("div", { class: "prose" });
  const calls = element("div", { class: "tool-calls" });
  const media = element("div", { class: "media" });
  const end = element("div", { class: "answer-end" });
  const root = element("div", { class: "answer" }, thinking, prose, media, calls, end);
  let shownCalls = "";
  let shownEnd = "";

  function updateCalls(): void {
    const text = JSON.stringify(answer.toolCalls);
    if (text === shownCalls) return;
    shownCalls = text;
    fill(calls, ...answer.toolCalls.map(toolCallView));
  }

  function updateEnd(isLast: boolean): void {
    const state = `${String(isOver(answer))} ${String(isLast)}`;
    if (state === shownEnd) return;
    shownEnd = state;
    if (!isOver(answer)) return fill(end);
    const again =
      isLast &&
      button(answer.state === "failed" ? "Try again" : "Regenerate", actions.onAgain, { icon: "again", kind: "quiet" });
    const code = button("Copy as code", actions.onCode, { icon: "code", kind: "quiet" });
    const copy = answer.text !== "" && copyButton("Copy", () => answer.text, { description: "Copy the answer" });
    fill(
      end,
      answer.failure !== undefined && failureView(answer.failure),
      answer.state === "done" && isEmpty(answer) && element("p", { class: "note" }, "The model answered with no text."),
      toFigures(answer, model),
      element("div", { class: "row" }, again, copy, code),
    );
  }

  return {
    root,
    update(isLast) {
      root.classList.toggle("waiting", answer.state === "waiting");
      root.classList.toggle("streaming", answer.state === "streaming");
      root.setAttribute("aria-busy", String(!isOver(answer)));
      thinking.hidden = answer.reasoning === "";
      updateProse(reasoning, answer.reasoning);
      updateProse(prose, toShownText(answer));
      updateCalls();
      if (media.children.length !== answer.media.length) fill(media, ...answer.media.map(toMediumView));
      updateEnd(isLast);
    },
  };
}

/** JSON that was asked for is shown tidy, once it is whole; and so are numbers and rankings. */
function toShownText({ text, state, request }: Answer): string {
  if ((request.path === "/embeddings" || request.path === "/rerank") && text !== "") return `\`\`\`\n${text}\n\`\`\``;
  const value = state === "done" && "response_format" in request.body ? parseJson(text) : undefined;
  return value === undefined ? text : `\`\`\`\n${JSON.stringify(value, undefined, 2)}\n\`\`\``;
}

function toMediumView({ kind, url }: Medium): HTMLElement {
  if (kind === "audio") return element("audio", { src: url, controls: true, "aria-label": "What the model made" });
  return element("img", { src: url, alt: "What the model made" });
}

function isEmpty({ text, toolCalls, media }: Answer): boolean {
  return text === "" && toolCalls.length === 0 && media.length === 0;
}

/** What the answer took. What the gateway did not say is not there. */
function toFigures(answer: Answer, model: Model): HTMLElement | undefined {
  const { state, finishReason, usage, firstTokenAfter, endedAfter, from } = answer;
  const cost = toCost(answer, model.prices);
  const speed = toSpeed(answer);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["end", state === "stopped" ? "stopped by you" : finishReason],
    ["tokens", usage && toTokens(usage)],
    ["cost", cost === undefined ? undefined : formatDollars(cost)],
    ["first token", firstTokenAfter === undefined ? undefined : formatMilliseconds(firstTokenAfter)],
    ["total", endedAfter === undefined ? undefined : formatMilliseconds(endedAfter)],
    ["speed", speed === undefined ? undefined : `${speed.toFixed(speed < 10 ? 1 : 0)} tokens/s`],
    [
      "answered by",
      from.model === undefined || from.model === (model.canonicalId ?? model.id) ? undefined : from.model,
    ],
    ["attempts", from.attempts === undefined || from.attempts === "1" ? undefined : from.attempts],
    ["parameters", from.parameters?.replaceAll("=", " ")],
  ];
  const known = facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return known.length === 0
    ? undefined
    : element(
        "dl",
        { class: "facts" },
        ...known.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value))),
      );
}

function toTokens({ prompt, completion, cached, reasoning }: NonNullable<Answer["usage"]>): string {
  const parts = [
    cached > 0 ? `${formatCount(cached)} cached` : "",
    reasoning > 0 ? `${formatCount(reasoning)} reasoning` : "",
  ].filter((part) => part !== "");
  const detail = parts.length > 0 ? ` (${parts.join(", ")})` : "";
  return `${formatCount(prompt)} in, ${formatCount(completion)} out${detail}`;
}
