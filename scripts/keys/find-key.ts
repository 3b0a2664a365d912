import type { AdminClient } from "./admin-client.ts";

/** As the gateway makes them. A name may look like one. */
const ID = /^[0-9A-Za-z]{12}$/;

/**
 * The id of the key that is meant by its id or its name. An id comes first, so that what was copied from a list always
 * means the same key. Throws where there is no such key, and where several have the name: which of them is meant, and
 * perhaps deleted, is not to be guessed.
 */
export async function findKey(client: Pick<AdminClient, "has" | "list">, word: string): Promise<string> {
  if (ID.test(word) && (await client.has(word))) return word;
  const { data } = await client.list();
  const ids = data.filter(({ name }) => name === word).map(({ id }) => id);
  const [id] = ids;
  if (id === undefined) throw new Error(`There is no key with the id or the name '${word}'; \`list\` shows all.`);
  if (ids.length > 1)
    throw new Error(`${ids.length} keys have the name '${word}'. Name one by its id: ${ids.join(", ")}`);
  return id;
}
