import type { Model } from "../api/model-list.ts";
import { createColumn, type Column, type ColumnOptions } from "../chat/column.ts";
import type { UserTurn } from "../chat/turn.ts";
import { announce } from "./button.ts";
import { createColumnView, type ColumnActions, type ColumnView } from "./column-view.ts";
import { fill } from "./element.ts";
import { shortName } from "./model-text.ts";

export interface ColumnSetOptions
  extends Pick<ColumnOptions, "ports" | "toRequest">, Pick<ColumnActions, "onCode" | "toEmpty"> {
  readonly root: HTMLElement;
  readonly pickModel: (current: Model, onPick: (model: Model) => void) => void;
  /** Which models are side by side has changed. */
  readonly onModels: () => void;
  /** Something in the columns has changed. */
  readonly onUpdate: () => void;
}

/** The conversations that are side by side. */
export interface ColumnSet {
  readonly columns: () => readonly Column[];
  readonly models: () => readonly Model[];
  /** One more column for each of the models. */
  add(models: readonly Model[]): void;
  ask(text: string, images: readonly string[]): void;
  stop(): void;
  clear(): void;
  /** Draws the columns into the page. */
  show(): void;
}

export function createColumnSet(options: ColumnSetOptions): ColumnSet {
  const { root, ports, toRequest, onCode, toEmpty, pickModel, onModels, onUpdate } = options;
  const views = new Map<Column, ColumnView>();
  const running = new Set<Column>();
  let frame: number | undefined;

  /** Tokens come faster than a screen draws; that an answer was asked for is shown at once. */
  function schedule(column: Column): void {
    if (column.running !== undefined) running.add(column);
    else if (running.delete(column)) announce(`${shortName(column.model.id)} has answered.`);
    if (column.running?.state === "waiting") update();
    else frame ??= requestAnimationFrame(update);
  }

  function update(): void {
    frame = undefined;
    for (const view of views.values()) view.update(views.size === 1);
    onUpdate();
  }

  function show(): void {
    fill(root, ...[...views.values()].map((view) => view.root));
    onModels();
    update();
  }

  function createOne(model: Model): void {
    const column = createColumn({ model, ports, toRequest, onChange: schedule });
    function remove(): void {
      column.stop();
      views.delete(column);
      show();
    }
    function change(chosen: Model): void {
      column.model = chosen;
      show();
    }
    const onChooseModel = (): void => pickModel(column.model, change);
    views.set(column, createColumnView(column, { onChooseModel, onRemove: remove, onCode, toEmpty }));
  }

  const columns = (): readonly Column[] => [...views.keys()];
  return {
    columns,
    models: () => columns().map(({ model }) => model),
    add(models) {
      for (const model of models) createOne(model);
      show();
    },
    ask(text, images) {
      // Each column has a turn of its own, so that it can tell its turns from another's.
      for (const column of columns()) void column.ask([{ kind: "user", text, images } satisfies UserTurn]);
    },
    stop() {
      for (const column of columns()) column.stop();
    },
    clear() {
      for (const column of columns()) column.clear();
    },
    show,
  };
}
