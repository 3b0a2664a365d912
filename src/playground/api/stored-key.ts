/**
 * The key that the person typed. It stays in this browser: until the tab is closed, or on this device where the person
 * wants that.
 */

/** The two members of `Storage` that are needed, so that a test can bring its own. */
type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export interface StoredKey {
  read(): string | undefined;
  /** Whether it outlives the tab. */
  isKept(): boolean;
  write(key: string, keep: boolean): void;
  forget(): void;
}

export function createStoredKey(name: string, ofTab: Store, ofDevice: Store): StoredKey {
  function forget(): void {
    ofTab.removeItem(name);
    ofDevice.removeItem(name);
  }
  return {
    read: () => ofTab.getItem(name) ?? ofDevice.getItem(name) ?? undefined,
    isKept: () => ofDevice.getItem(name) !== null,
    write(key, keep) {
      forget();
      (keep ? ofDevice : ofTab).setItem(name, key);
    },
    forget,
  };
}
