/** Which part of a list is asked for, in OpenAI's words. */
export interface PageRequest {
  readonly limit: number;
  readonly order: "asc" | "desc";
  /** The id of the item before the first one of the page. */
  readonly after?: string | undefined;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly hasMore: boolean;
}

/** A part of a list, whose order is ascending. `undefined` where there is no item with the id of `after`. */
export function toPage<Item>(
  all: readonly Item[],
  { limit, order, after }: PageRequest,
  idOf: (item: Item) => string | undefined,
): Page<Item> | undefined {
  const ordered = order === "asc" ? all : all.toReversed();
  const position = after === undefined ? -1 : ordered.findIndex((item) => idOf(item) === after);
  if (after !== undefined && position === -1) return undefined;
  const rest = ordered.slice(position + 1);
  return { items: rest.slice(0, limit), hasMore: rest.length > limit };
}
