import {
  and,
  type Client,
  type Condition,
  ConditionalCheckFailed,
  F,
  isDynamoDBError,
  type Item,
  type ItemReader,
  marshall,
  type NativeAttributeMap,
  type UpdateAction as CoreUpdateAction,
  type UpdateOptions as CoreUpdateOptions,
} from "@fieldwise/core";
import {
  batchGetItems,
  type BatchGetResult,
  batchWriteItems,
  type UnprocessedItems,
} from "./batches.ts";
import type { ConnectOptions } from "./connect-options.ts";
import type { DefinedTable } from "./define-table.ts";
import { ItemExists, ItemNotFound } from "./errors.ts";
import type { ItemPages } from "./pages.ts";
import { patchActions, upsertActions } from "./patch.ts";
import { countItems, countScanned, queryItems, scanItems, type Source } from "./queries.ts";
import { itemDecoder, itemReading, noting, partDecoder, readBy } from "./reading.ts";
import { TableControl } from "./table-control.ts";
import { IndexOperations } from "./table-index.ts";
import type { UpdateAction } from "./types/expressions.ts";
import type { KeyOf, PatchInput, PutInput } from "./types/items.ts";
import type { TableKeyCondition } from "./types/keys.ts";
import type {
  BatchGetOptions,
  BatchWriteOptions,
  CountOptions,
  GetOptions,
  OldItem,
  ProjectionOf,
  QueryOptions,
  ReadResult,
  ScanCountOptions,
  ScanOptions,
  UpdateResult,
  WriteOptions,
} from "./types/options.ts";
import type { TableTypes } from "./types/table-types.ts";

/** The typed, validated operations on one table. Made by `connect`. */
export class TableOperations<in out Types extends TableTypes> {
  /** The table itself: to create, describe, compare and delete it. */
  readonly table: TableControl;
  readonly #client: Client;
  /** @internal */
  readonly definedTable: DefinedTable<TableTypes>;
  readonly #options: ConnectOptions;
  readonly #source: Source;

  /** @internal */
  constructor(client: Client, table: DefinedTable<TableTypes>, options: ConnectOptions) {
    this.#client = client;
    this.definedTable = table;
    this.#options = options;
    this.#source = {
      client,
      table,
      index: undefined,
      key: { ...table.keys, place: `table ${table.name}`, codec: table.codec },
      decoder: undefined,
      options,
    };
    this.table = new TableControl(client, table);
  }

  /**
   * Stores an item, in the place of the one with its key if there is one: with defaults filled in, encoded and validated.
   * PutItem.
   *
   * @throws InvalidItem with all issues of the item; ConditionalCheckFailed where the condition does not hold.
   */
  async put<Returned extends "NONE" | "ALL_OLD" = "NONE">(
    item: PutInput<Types["item"], Types["stored"]>,
    options: WriteOptions<Types["name"], Returned> = {},
  ): Promise<OldItem<Types["item"], Returned>> {
    const encoded = this.definedTable.codec.encodeItem(item);
    return (await this.#client.put(
      this.definedTable.name,
      encoded,
      this.#write("PutItem", options),
    )) as never;
  }

  /**
   * Stores an item unless there is one with its key. PutItem on the condition that the partition key does not exist.
   *
   * @throws ItemExists where there is one; InvalidItem with all issues of the item.
   */
  async create(
    item: PutInput<Types["item"], Types["stored"]>,
    options: Omit<WriteOptions<Types["name"], "NONE">, "returnValues"> = {},
  ): Promise<void> {
    const encoded = this.definedTable.codec.encodeItem(item);
    const absent = F(this.definedTable.keys.partition[0] as string).notExists();
    const { condition } = options;
    const { write, found } = guarded(this.#write("PutItem", options), absent);
    try {
      await this.#client.put(this.definedTable.name, encoded, write);
    } catch (error) {
      // With the condition alone that was given, there would be no old item.
      if (!isDynamoDBError(error, ConditionalCheckFailed) || (!found() && condition !== undefined))
        throw error;
      throw new ItemExists(this.definedTable.name, this.#keyOf(encoded), { cause: error });
    }
  }

  /** Reads the item with a key, validated. GetItem. @returns `undefined` where there is none. */
  async get<const Project extends ProjectionOf<Types> = never, Validate extends boolean = true>(
    key: KeyOf<Types>,
    options: GetOptions<Project, Validate> = {},
  ): Promise<ReadResult<Types["item"], Types["stored"], Project, Validate> | undefined> {
    const { project, validate, onInvalid } = options;
    const settings = { project, validate, onInvalid: onInvalid ?? this.#options.onInvalid };
    const reading = itemReading(this.definedTable, "GetItem", settings);
    return (await this.#client.get(
      this.definedTable.name,
      this.#encodeKey(key),
      readBy(options as object, reading),
    )) as never;
  }

  /** Reads the item with a key, validated. GetItem. @throws ItemNotFound where there is none. */
  async getOrThrow<
    const Project extends ProjectionOf<Types> = never,
    Validate extends boolean = true,
  >(
    key: KeyOf<Types>,
    options: GetOptions<Project, Validate> = {},
  ): Promise<ReadResult<Types["item"], Types["stored"], Project, Validate>> {
    const item = await this.get(key, options);
    if (item === undefined) throw new ItemNotFound(this.definedTable.name, key);
    return item;
  }

  /**
   * Changes attributes of an item by actions of the table's `F`, or makes the item where there is none. UpdateItem.
   *
   * @throws ConditionalCheckFailed where the condition does not hold.
   */
  async update<Returned extends NonNullable<CoreUpdateOptions["returnValues"]> = "NONE">(
    key: KeyOf<Types>,
    actions: UpdateAction<Types["name"]> | readonly UpdateAction<Types["name"]>[],
    options: WriteOptions<Types["name"], Returned> = {},
  ): Promise<UpdateResult<Types["item"], Returned>> {
    return (await this.#update(key, actions, this.#write("UpdateItem", options))) as never;
  }

  /**
   * Gives attributes of an item that is there new values; `undefined` removes what may be absent. UpdateItem on the condition
   * that the item exists.
   *
   * @throws ItemNotFound where there is no item; InvalidItem where a value does not fit.
   */
  async patch<Returned extends NonNullable<CoreUpdateOptions["returnValues"]> = "NONE">(
    key: KeyOf<Types>,
    values: PatchInput<Types>,
    options: WriteOptions<Types["name"], Returned> = {},
  ): Promise<UpdateResult<Types["item"], Returned>> {
    const there = F(this.definedTable.keys.partition[0] as string).exists();
    const { write, found } = guarded(this.#write("UpdateItem", options), there);
    try {
      return (await this.#update(key, patchActions(this.definedTable, values), write)) as never;
    } catch (error) {
      if (!isDynamoDBError(error, ConditionalCheckFailed) || found()) throw error;
      throw new ItemNotFound(this.definedTable.name, key);
    }
  }

  /**
   * Stores an item: makes it where there is none, and otherwise gives it all the values of this one, leaving alone what only
   * the stored one has. UpdateItem.
   *
   * @throws InvalidItem with all issues of the item.
   */
  async upsert<Returned extends NonNullable<CoreUpdateOptions["returnValues"]> = "NONE">(
    item: PutInput<Types["item"], Types["stored"]>,
    options: WriteOptions<Types["name"], Returned> = {},
  ): Promise<UpdateResult<Types["item"], Returned>> {
    const { key, actions } = upsertActions(this.definedTable, item);
    return (await this.#client.update(
      this.definedTable.name,
      key,
      actions,
      this.#write("UpdateItem", options),
    )) as never;
  }

  /** Deletes the item with a key; no error where there is none. DeleteItem. */
  async delete<Returned extends "NONE" | "ALL_OLD" = "NONE">(
    key: KeyOf<Types>,
    options: WriteOptions<Types["name"], Returned> = {},
  ): Promise<OldItem<Types["item"], Returned>> {
    return (await this.#client.delete(
      this.definedTable.name,
      this.#encodeKey(key),
      this.#write("DeleteItem", options),
    )) as never;
  }

  /**
   * Reads the items of one partition key value in the order of their sort keys. Query.
   *
   * @throws InvalidInput, InvalidItem or InvalidCursor at once where a key, an option or the cursor is wrong.
   */
  query<const Project extends ProjectionOf<Types> = never, Validate extends boolean = true>(
    key: TableKeyCondition<Types>,
    options: QueryOptions<Types["name"], Project, Validate> = {},
  ): ItemPages<ReadResult<Types["item"], Types["stored"], Project, Validate>> {
    return queryItems(this.#source, key, options);
  }

  /** Reads all items of the table. Scan. */
  scan<const Project extends ProjectionOf<Types> = never, Validate extends boolean = true>(
    options: ScanOptions<Types["name"], Project, Validate> = {},
  ): ItemPages<ReadResult<Types["item"], Types["stored"], Project, Validate>> {
    return scanItems(this.#source, options);
  }

  /** How many items a query finds, up to `limit`. Query, counting only. */
  async count(
    key: TableKeyCondition<Types>,
    options: CountOptions<Types["name"]> = {},
  ): Promise<number> {
    return countItems(this.#source, key, options);
  }

  /** How many items a scan finds, up to `limit`. Scan, counting only. */
  async scanCount(options: ScanCountOptions<Types["name"]> = {}): Promise<number> {
    return countScanned(this.#source, options);
  }

  /** A secondary index, to be queried and scanned. @example db.orders.index("byStatus").query({ status: "placed" }) */
  index<Name extends keyof Types["indexes"] & string>(
    name: Name,
  ): IndexOperations<Types, Types["indexes"][Name]> {
    return new IndexOperations(this.#source, name);
  }

  /**
   * Reads any number of items by their keys. BatchGetItem.
   *
   * @returns an item for each key, in their order.
   */
  async batchGet<
    const Project extends ProjectionOf<Types> = never,
    Validate extends boolean = true,
  >(
    keys: readonly KeyOf<Types>[],
    options: BatchGetOptions<Project, Validate> = {},
  ): Promise<
    BatchGetResult<ReadResult<Types["item"], Types["stored"], Project, Validate>, KeyOf<Types>>
  > {
    return (await batchGetItems(
      this.#client,
      this.definedTable,
      this.#options,
      keys,
      options,
    )) as never;
  }

  /** Puts any number of items; one that comes twice is put once, as it came last. BatchWriteItem. */
  batchPut(
    items: readonly PutInput<Types["item"], Types["stored"]>[],
    options: BatchWriteOptions = {},
  ): Promise<UnprocessedItems<Types>> {
    return this.batchWrite({ put: items }, options);
  }

  /** Deletes any number of items by their keys. BatchWriteItem. */
  batchDelete(
    keys: readonly KeyOf<Types>[],
    options: BatchWriteOptions = {},
  ): Promise<UnprocessedItems<Types>> {
    return this.batchWrite({ delete: keys }, options);
  }

  /**
   * Puts and deletes any number of items, not as one transaction. BatchWriteItem.
   *
   * @returns what was left unprocessed when the time was up: two empty lists unless DynamoDB was overloaded for long.
   * @throws InvalidItem before any request where an item does not fit.
   */
  async batchWrite(
    writes: {
      readonly put?: readonly PutInput<Types["item"], Types["stored"]>[];
      readonly delete?: readonly KeyOf<Types>[];
    },
    options: BatchWriteOptions = {},
  ): Promise<UnprocessedItems<Types>> {
    return (await batchWriteItems(this.#client, this.definedTable, writes, options)) as never;
  }

  #update(
    key: KeyOf<Types>,
    actions: unknown,
    options: CoreUpdateOptions,
  ): Promise<Item | undefined> {
    return this.#client.update(
      this.definedTable.name,
      this.#encodeKey(key),
      actions as CoreUpdateAction[],
      options,
    );
  }

  #encodeKey(key: KeyOf<Types>) {
    return this.definedTable.codec.encodeKey(key, this.definedTable.keys.primary);
  }

  // Of the encoded item, as a default may have made the key.
  #keyOf(encoded: NativeAttributeMap): Record<string, unknown> {
    const key = this.definedTable.keys.primary.map((name) => [name, encoded[name]]);
    const wire = marshall(Object.fromEntries(key) as NativeAttributeMap);
    const decoded = this.definedTable.codec.decodeKey(wire, this.definedTable.keys.primary);
    return decoded.ok ? (decoded.item as Record<string, unknown>) : decoded.raw;
  }

  /** The options of a write as core takes them, with what reads the answer. */
  #write(
    operation: string,
    options: WriteOptions<Types["name"], string>,
  ): CoreUpdateOptions & { readonly returnValues?: never; readonly reader: ItemReader } {
    const settings = { onInvalid: options.onInvalid ?? this.#options.onInvalid };
    const part = options.returnValues === "UPDATED_OLD" || options.returnValues === "UPDATED_NEW";
    const reading = (part ? partDecoder : itemDecoder)(this.definedTable, operation, settings);
    return readBy(options as object, reading);
  }
}

/** Has a write ask for a condition of ours as well, and tells whether the item was there that failed it. */
function guarded(write: CoreUpdateOptions & { readonly reader: ItemReader }, ours: Condition) {
  const { condition } = write;
  const { reader, found } = noting(write.reader);
  const more = {
    reader,
    condition: condition === undefined ? ours : and(ours, condition),
    returnValuesOnConditionCheckFailure: "ALL_OLD",
  } as const;
  return {
    write: Object.assign({}, write, more) as typeof write & { returnValues?: never },
    found,
  };
}
