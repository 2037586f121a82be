import type { Entry, EntryKey } from "./mixed-entry.ts";

/** A condition of the workload: the item has this version, or is absent. */
export type Guard = { readonly version: number } | "absent";

/** What a patch changes of an item that is there. */
export interface Changes {
  readonly version: number;
  readonly text: string;
  /** Is added to the labels. */
  readonly label: string;
}

/** A write of a transaction. */
export type TogetherWrite =
  | { readonly put: Entry; readonly guard: Guard | undefined }
  | { readonly patch: EntryKey; readonly changes: Changes }
  | { readonly delete: EntryKey; readonly guard: Guard | undefined };

export interface BatchWrites {
  readonly put: readonly Entry[];
  readonly delete: readonly EntryKey[];
}

/** The operations of the mixed workload. What they throw is what the client throws. */
export interface Store {
  put(entry: Entry, guard?: Guard): Promise<unknown>;
  create(entry: Entry): Promise<unknown>;
  upsert(entry: Entry): Promise<unknown>;
  patch(key: EntryKey, changes: Changes): Promise<unknown>;
  delete(key: EntryKey, guard?: Guard): Promise<unknown>;
  get(key: EntryKey): Promise<Entry | undefined>;
  query(owner: string): Promise<readonly Entry[]>;
  scan(): Promise<readonly Entry[]>;
  batchGet(keys: readonly EntryKey[]): Promise<{
    readonly items: readonly (Entry | undefined)[];
    readonly unprocessedKeys: readonly EntryKey[];
  }>;
  /** @returns what was left unprocessed. */
  batchWrite(writes: BatchWrites): Promise<BatchWrites>;
  transactWrite(writes: readonly TogetherWrite[], clientRequestToken?: string): Promise<void>;
  transactGet(keys: readonly EntryKey[]): Promise<readonly (Entry | undefined)[]>;
}
