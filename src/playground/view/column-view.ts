import type { Answer } from "../chat/answer.ts";
import type { Column } from "../chat/column.ts";
import { openToolCalls, type Turn } from "../chat/turn.ts";
import { createAnswerView, type AnswerView } from "./answer-view.ts";
import { columnHead } from "./column-head.ts";
import { element, fill } from "./element.ts";
import { shortName } from "./model-text.ts";
import { toolResultForm } from "./tool-calls-view.ts";
import { toolResultItem, turnItem, userItem } from "./turn-view.ts";

export interface ColumnActions {
  readonly onChooseModel: () => void;
  readonly onRemove: () => void;
  readonly onCode: (answer: Answer) => void;
  /** What an empty column shows. */
  readonly toEmpty: () => Node;
}

export interface ColumnView {
  readonly root: HTMLElement;
  update(isOnly: boolean): void;
}

/** Below this many pixels from the end the person is taken to read along. */
const NEAR_END = 80;

export function createColumnView(column: Column, actions: ColumnActions): ColumnView {
  const head = element("header", { class: "column-head" });
  const list = element("ol", { class: "turns" });
  const foot = element("div", { class: "column-foot" });
  const log = element("div", { class: "log", tabindex: 0, role: "region" }, list, foot);
  const root = element("section", { class: "column" }, head, log);
  const answers = new Map<Turn, AnswerView>();
  let shown: readonly Turn[] = [];
  let shownHead = "";
  let shownFoot: Turn | "empty" | undefined;

  function updateHead(isOnly: boolean): void {
    const { model, running } = column;
    const state = JSON.stringify([model.id, isOnly, running !== undefined]);
    if (state === shownHead) return;
    shownHead = state;
    log.setAttribute("aria-label", `Conversation with ${shortName(model.id)}`);
    root.setAttribute("aria-label", shortName(model.id));
    const onStop = running && (() => column.stop());
    const onRemove = isOnly ? undefined : actions.onRemove;
    fill(head, ...columnHead({ model, onChooseModel: actions.onChooseModel, onStop, onRemove }));
  }

  /** Turns are added at the end or taken from it; those before stay as they are. */
  function updateTurns(): void {
    const { turns } = column;
    let same = 0;
    while (same < shown.length && shown[same] === turns[same]) same += 1;
    while (list.children.length > same) list.lastElementChild?.remove();
    for (const turn of shown.slice(same)) answers.delete(turn);
    for (const turn of turns.slice(same)) list.append(toItem(turn));
    shown = turns;
    for (const [turn, view] of answers) view.update(turn === turns.at(-1));
  }

  function toItem(turn: Turn): HTMLLIElement {
    if (turn.kind === "user") return userItem(turn);
    if (turn.kind === "tool-result") return toolResultItem(turn);
    const view = createAnswerView(turn.answer, column.model, {
      onAgain: () => void column.again(),
      onCode: () => actions.onCode(turn.answer),
    });
    answers.set(turn, view);
    return turnItem("assistant", shortName(column.model.id), view.root);
  }

  function updateFoot(): void {
    const calls = column.running === undefined ? openToolCalls(column.turns) : [];
    const wanted = calls.length > 0 ? column.turns.at(-1) : column.turns.length === 0 ? "empty" : undefined;
    if (wanted === shownFoot) return;
    shownFoot = wanted;
    const form = calls.length > 0 && toolResultForm(calls, (results) => void column.ask(results));
    fill(foot, wanted === "empty" ? actions.toEmpty() : form);
    // Whoever was about to write the next message is to give the result first.
    if (form !== false && document.activeElement?.id === "message") form.querySelector("textarea")?.focus();
  }

  return {
    root,
    update(isOnly) {
      const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
      const hasNewTurns = column.turns.length > shown.length;
      updateHead(isOnly);
      updateTurns();
      updateFoot();
      if (isAtEnd || hasNewTurns) log.scrollTop = log.scrollHeight;
    },
  };
}
