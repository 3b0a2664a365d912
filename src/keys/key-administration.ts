import { GatewayError } from "../errors.ts";
import { askObject } from "./ask-object.ts";
import type { ApiKey } from "./api-key.ts";
import type { ApiKeyDirectory, PageRequest } from "./api-key-directory.ts";
import { toKeySettings } from "./key-settings.ts";
import type { KeyChanges, KeyInfo } from "./key-settings.ts";
import { isKeyId, mintKey } from "./key-token.ts";

import type { DailyUsage } from "./usage-table.ts";

/** A key with its secret: shown once, by the call that made it. */
export interface SecretKey {
  readonly info: KeyInfo;
  readonly key: string;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly lastId: string | undefined;
  readonly hasMore: boolean;
}

export interface Period {
  /** Days, both included. */
  readonly start: string;
  readonly end: string;
}

export interface KeyUsage {
  readonly info: KeyInfo;
  readonly rows: readonly DailyUsage[];
}

/** What an operator does with keys. Everything that names a key rejects with `key_not_found` where there is none. */
export interface KeyAdministration {
  create(changes: KeyChanges): Promise<SecretKey>;
  list(page: PageRequest): Promise<Page<KeyInfo>>;
  retrieve(id: string): Promise<KeyInfo>;
  update(id: string, changes: KeyChanges): Promise<KeyInfo>;
  rotate(id: string, graceMs: number): Promise<SecretKey>;
  remove(id: string): Promise<void>;
  readUsage(id: string, period: Period): Promise<readonly DailyUsage[]>;
  /** The usage of a page of keys. */
  listUsage(page: PageRequest, period: Period): Promise<Page<KeyUsage>>;
}

const DIRECTORY = "directory";

export function createKeyAdministration(
  objects: DurableObjectNamespace<ApiKey>,
  directories: DurableObjectNamespace<ApiKeyDirectory>,
): KeyAdministration {
  async function askDirectory<Answer>(ask: (directory: DurableObjectStub<ApiKeyDirectory>) => Promise<Answer>) {
    return askObject(directories, DIRECTORY, ask);
  }

  async function readInfo(id: string): Promise<KeyInfo | undefined> {
    return askObject(objects, id, async (object) => object.read());
  }

  async function listIds(request: PageRequest) {
    const page = await askDirectory(async (directory) => directory.list(request));
    if (page === undefined) throw notFound(request.after ?? "", "after");
    return page;
  }

  /** What has no object is passed over: a key that was being made or removed when something failed. */
  async function listKeys<Item>(
    request: PageRequest,
    read: (id: string) => Promise<Item | undefined>,
  ): Promise<Page<Item>> {
    const { ids, hasMore } = await listIds(request);
    const items = await Promise.all(ids.map(read));
    return { items: items.filter((item) => item !== undefined), lastId: ids.at(-1), hasMore };
  }

  return {
    async create(changes) {
      const { id, key, digest } = await mintKey();
      // First it is listed: a key that works is always one that an operator can find.
      await askDirectory(async (directory) => directory.add(id));
      const settings = toKeySettings(changes);
      const info = await askObject(objects, id, async (object) => object.create({ id, digest, settings }));
      return { info, key };
    },

    list: (page) => listKeys(page, readInfo),

    async retrieve(id) {
      return found(id, await readInfo(known(id)));
    },

    async update(id, changes) {
      return found(id, await askObject(objects, known(id), async (object) => object.update(changes)));
    },

    async rotate(id, graceMs) {
      const { key, digest } = await mintKey(known(id));
      const info = await askObject(objects, id, async (object) => object.rotate(digest, graceMs));
      return { info: found(id, info), key };
    },

    async remove(id) {
      const wasThere = await askObject(objects, known(id), async (object) => object.remove());
      await askDirectory(async (directory) => directory.remove(id));
      if (!wasThere) throw notFound(id);
    },

    async readUsage(id, { start, end }) {
      return found(id, await askObject(objects, known(id), async (object) => object.readUsage(start, end)));
    },

    listUsage: (page, { start, end }) =>
      listKeys(page, async (id) => {
        const info = await readInfo(id);
        const rows = await askObject(objects, id, async (object) => object.readUsage(start, end));
        return info && rows && { info, rows };
      }),
  };
}

/** An id of another form is nobody's, and no object is to be made for asking. */
function known(id: string): string {
  if (!isKeyId(id)) throw notFound(id);
  return id;
}

function found<Value>(id: string, value: Value | undefined): Value {
  if (value === undefined) throw notFound(id);
  return value;
}

function notFound(id: string, param?: string): GatewayError {
  const shown = isKeyId(id) ? `'${id}'` : "of this id";
  return new GatewayError("key_not_found", `There is no key ${shown}.`, { param });
}
