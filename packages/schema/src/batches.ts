import {
  BatchInterrupted,
  type BatchOptions,
  type Client,
  InvalidInput,
  isFieldwiseError,
  type Item,
  type UnprocessedWrites,
} from "@fieldwise/core";
import type { ConnectOptions } from "./connect-options.ts";
import type { DefinedTable } from "./define-table.ts";
import { type ItemReading, itemReading, readBy, type ReadSettings } from "./reading.ts";
import type { KeyOf, PutInput } from "./types/items.ts";
import type { TableTypes } from "./types/table-types.ts";

/** The result of a batch of reads of one table. */
export interface BatchGetResult<Result, Key> {
  /** An item for each key, in the order of the keys; `undefined` where there is none, or where it was left unprocessed. */
  readonly items: readonly (Result | undefined)[];
  /** The keys that were still unprocessed when the time was up. */
  readonly unprocessedKeys: readonly Key[];
}

/** Writes that were not processed when the time was up: the very items and keys that were given. */
export interface UnprocessedItems<Types extends TableTypes> {
  readonly put: readonly PutInput<Types["item"], Types["stored"]>[];
  readonly delete: readonly KeyOf<Types>[];
}

/** What one table of a batch of reads is asked. */
export interface TableReads extends ReadSettings {
  readonly keys: readonly object[];
  readonly consistentRead?: boolean | undefined;
}

/** What one table is asked, encoded: which key was which, and what reads the answer. */
export interface EncodedReads {
  readonly request: object;
  readonly originals: ReadonlyMap<unknown, object>;
  readonly reading: ItemReading;
}

/** Encodes what one table is asked. */
export function encodeReads(
  table: DefinedTable<TableTypes>,
  { keys, consistentRead, ...settings }: TableReads,
): EncodedReads {
  if (!Array.isArray(keys))
    throw new InvalidInput(`What is read of table ${table.name} is a list of keys`);
  const reading = itemReading(table, "BatchGetItem", settings);
  const originals = new Map<unknown, object>(
    keys.map((key) => [table.codec.encodeKey(key, table.keys.primary), key]),
  );
  const request = {
    keys: [...originals.keys()],
    ...(reading.projection !== undefined && { projection: reading.projection }),
    ...(consistentRead !== undefined && { consistentRead }),
  };
  return { request, originals, reading };
}

export async function batchGetItems(
  client: Client,
  table: DefinedTable<TableTypes>,
  connect: ConnectOptions,
  keys: readonly object[],
  options: BatchOptions & ReadSettings & { readonly consistentRead?: boolean | undefined },
): Promise<BatchGetResult<Item, object>> {
  const { project, validate, consistentRead, onInvalid = connect.onInvalid } = options;
  const reads = { keys, project, validate, consistentRead, onInvalid };
  const { request, originals, reading } = encodeReads(table, reads);
  const given = (encoded: readonly object[] = []) =>
    encoded.map((key) => originals.get(key) ?? key);
  const { items, unprocessedKeys } = await withOriginals(
    client.table(table.name).batchGet(request as never, readBy(options, reading)),
    (left: ByTable<readonly object[]>) => given(left[table.name]),
  );
  return { items, unprocessedKeys: given(unprocessedKeys) };
}

export async function batchWriteItems(
  client: Client,
  table: DefinedTable<TableTypes>,
  writes: { readonly put?: readonly object[]; readonly delete?: readonly object[] },
  options: BatchOptions,
): Promise<{ readonly put: readonly object[]; readonly delete: readonly object[] }> {
  checkWrites(table.name, writes);
  const originals = new Map<unknown, object>();
  const remember = <Encoded>(encoded: Encoded, original: object): Encoded => {
    originals.set(encoded, original);
    return encoded;
  };
  // All are encoded before the first is sent: an item that does not fit must not leave a batch half done.
  const request = {
    put: (writes.put ?? []).map((item) => remember(table.codec.encodeItem(item), item)),
    delete: (writes.delete ?? []).map((key) =>
      remember(table.codec.encodeKey(key, table.keys.primary), key),
    ),
    keyAttributes: table.keys.primary,
  };
  const original = (encoded: unknown): object => originals.get(encoded) as object;
  const given = (left: UnprocessedWrites = { put: [], delete: [] }) => ({
    put: left.put.map(original),
    delete: left.delete.map(original),
  });
  return given(
    await withOriginals(
      client.table(table.name).batchWrite(request, options),
      (left: ByTable<UnprocessedWrites>) => given(left[table.name]),
    ),
  );
}

// A list of items in their place or a misspelt word would write nothing, and say nothing.
function checkWrites(tableName: string, writes: object): void {
  const valid =
    typeof writes === "object" &&
    writes !== null &&
    Object.entries(writes).every(
      ([word, list]) =>
        (word === "put" || word === "delete") && (list === undefined || Array.isArray(list)),
    );
  if (valid && !Array.isArray(writes)) return;
  throw new InvalidInput(
    `What is written to table ${tableName} is an object with a list of items as put, of keys as delete, or both`,
  );
}

/** What core left unprocessed, by the names of the tables. */
export type ByTable<Left> = Readonly<Record<string, Left | undefined>>;

/** Waits for a batch; one that is interrupted tells what is left as it was given, not as it was encoded. */
export async function withOriginals<Result>(
  batch: Promise<Result>,
  // What is left has the shape that core's method for this batch gives it.
  restore: (unprocessed: ByTable<never>) => unknown,
): Promise<Result> {
  try {
    return await batch;
  } catch (error) {
    if (!isFieldwiseError(error, BatchInterrupted)) throw error;
    const { message, unprocessed, cause } = error;
    throw new BatchInterrupted(message, restore(unprocessed), { cause });
  }
}
