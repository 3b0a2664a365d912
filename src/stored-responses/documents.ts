/** Texts of any length, by name, in the SQLite of a Durable Object, whose rows hold 2 MB at most. */
export interface Documents {
  write(name: string, text: string): void;
  read(name: string): string | undefined;
  remove(name: string): void;
  /** The names from `start` to before `end`, in their order. */
  names(start: string, end: string): readonly string[];
  /** The first name behind `name` that is before `end`. */
  nameAfter(name: string, end: string): string | undefined;
  /** The last name before `name` that is not before `start`. */
  nameBefore(name: string, start: string): string | undefined;
}

const PIECE_BYTES = 1024 * 1024;

/**
 * Nothing is written before the first document is: an object that was only asked for what it does not have leaves
 * nothing behind. Texts are kept as bytes, because a piece may end in the middle of a character.
 */
export function createDocuments(sql: SqlStorage): Documents {
  let hasTable = false;

  function isEmpty(): boolean {
    if (hasTable) return false;
    hasTable = sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'documents'").toArray().length > 0;
    return !hasTable;
  }

  return {
    write(name, text) {
      if (isEmpty()) {
        sql.exec("CREATE TABLE documents (name TEXT, piece INTEGER, bytes BLOB, PRIMARY KEY (name, piece))");
        hasTable = true;
      }
      sql.exec("DELETE FROM documents WHERE name = ?", name);
      const bytes = new TextEncoder().encode(text);
      for (let start = 0, piece = 0; start === 0 || start < bytes.length; start += PIECE_BYTES, piece += 1) {
        sql.exec("INSERT INTO documents VALUES (?, ?, ?)", name, piece, bytes.slice(start, start + PIECE_BYTES).buffer);
      }
    },
    read(name) {
      if (isEmpty()) return undefined;
      const decoder = new TextDecoder();
      let text: string | undefined;
      const rows = sql.exec<{ bytes: ArrayBuffer }>("SELECT bytes FROM documents WHERE name = ? ORDER BY piece", name);
      for (const { bytes } of rows) text = (text ?? "") + decoder.decode(bytes, { stream: true });
      return text;
    },
    remove(name) {
      if (!isEmpty()) sql.exec("DELETE FROM documents WHERE name = ?", name);
    },
    names(start, end) {
      if (isEmpty()) return [];
      const query = "SELECT name FROM documents WHERE name >= ? AND name < ? AND piece = 0 ORDER BY name";
      const rows = sql.exec<{ name: string }>(query, start, end).toArray();
      return rows.map(({ name }) => name);
    },
    nameAfter(name, end) {
      if (isEmpty()) return undefined;
      const query = "SELECT name FROM documents WHERE name > ? AND name < ? ORDER BY name LIMIT 1";
      return sql.exec<{ name: string }>(query, name, end).toArray()[0]?.name;
    },
    nameBefore(name, start) {
      if (isEmpty()) return undefined;
      const query = "SELECT name FROM documents WHERE name < ? AND name >= ? ORDER BY name DESC LIMIT 1";
      return sql.exec<{ name: string }>(query, name, start).toArray()[0]?.name;
    },
  };
}
