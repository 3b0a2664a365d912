/** A page of items in the form of OpenAI's lists, written around items that are JSON text already. */
export function toItemListJson(
  items: readonly { readonly id: string | undefined; readonly json: string }[],
  hasMore: boolean,
): string {
  const members = { first_id: items.at(0)?.id ?? null, last_id: items.at(-1)?.id ?? null, has_more: hasMore };
  const data = items.map(({ json }) => json).join(",");
  return `{"object":"list","data":[${data}],${JSON.stringify(members).slice(1)}`;
}
