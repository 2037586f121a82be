import type { Item } from "./attribute-value/types.ts";
import type { BatchGetRequest } from "./batch/batch-get.ts";
import type {
  BatchWriteOptions,
  BatchWriteRequest,
  UnprocessedWrites,
} from "./batch/batch-write.ts";
import type { BatchOptions } from "./batch/rounds.ts";
import type { Client } from "./client.ts";
import type { KeyCondition } from "./expressions/key-condition.ts";
import type { UpdateActions } from "./expressions/update.ts";
import { checkTableName } from "./operations/call.ts";
import type { GetOptions } from "./operations/get-item.ts";
import type { ItemInput, Key, RequestOptions } from "./operations/options.ts";
import type { CountOptions, QueryOptions, ScanOptions } from "./operations/read-many.ts";
import type { TableDefinition } from "./operations/table-definition.ts";
import type { TableDescription } from "./operations/table-description.ts";
import type { TableChanges } from "./operations/tables.ts";
import type { Tags } from "./operations/tags.ts";
import type { TimeToLiveDescription } from "./operations/time-to-live.ts";
import type { ReplaceOptions, UpdateOptions } from "./operations/write-item.ts";
import type { Pages } from "./pagination.ts";
import type { WaitOptions } from "./waiters.ts";

/** The result of a batch of reads of one table. */
export interface TableBatchGetResult {
  /** An item for each key, in the order of the keys; `undefined` where there is none, or where it was left unprocessed. */
  readonly items: readonly (Item | undefined)[];
  /** The keys that were still unprocessed when the time was up. */
  readonly unprocessedKeys: readonly Key[];
}

/**
 * One table of a client: each method is the client's of the same name (with `Table` or `table` left out), without the name
 * of the table. Made by `client.table(name)`.
 */
export class Table {
  readonly #client: Client;
  /** The table's name or ARN. */
  readonly name: string;

  /** @internal */
  constructor(client: Client, name: string) {
    checkTableName(name);
    this.#client = client;
    this.name = name;
  }

  /** PutItem: see `Client.put`. */
  put(item: ItemInput, options?: ReplaceOptions): Promise<Item | undefined> {
    return this.#client.put(this.name, item, options);
  }

  /** GetItem: see `Client.get`. */
  get(key: Key, options?: GetOptions): Promise<Item | undefined> {
    return this.#client.get(this.name, key, options);
  }

  /** UpdateItem: see `Client.update`. */
  update(key: Key, actions: UpdateActions, options?: UpdateOptions): Promise<Item | undefined> {
    return this.#client.update(this.name, key, actions, options);
  }

  /** DeleteItem: see `Client.delete`. To delete the table itself: `deleteTable`. */
  delete(key: Key, options?: ReplaceOptions): Promise<Item | undefined> {
    return this.#client.delete(this.name, key, options);
  }

  /** Query: see `Client.query`. */
  query(key: KeyCondition, options?: QueryOptions): Pages<Item> {
    return this.#client.query(this.name, key, options);
  }

  /** Scan: see `Client.scan`. */
  scan(options?: ScanOptions): Pages<Item> {
    return this.#client.scan(this.name, options);
  }

  /** Query, counting only: see `Client.count`. */
  count(key: KeyCondition, options?: CountOptions<QueryOptions>): Promise<number> {
    return this.#client.count(this.name, key, options);
  }

  /** Scan, counting only: see `Client.scanCount`. */
  scanCount(options?: CountOptions<ScanOptions>): Promise<number> {
    return this.#client.scanCount(this.name, options);
  }

  /** BatchGetItem: see `Client.batchGet`. @example const { items } = await orders.batchGet([key1, key2]); */
  async batchGet(request: BatchGetRequest, options?: BatchOptions): Promise<TableBatchGetResult> {
    const { items, unprocessedKeys } = await this.#client.batchGet(
      { [this.name]: request },
      options,
    );
    return {
      items: items[this.name] ?? [],
      unprocessedKeys: own(unprocessedKeys, this.name) ?? [],
    };
  }

  /**
   * BatchWriteItem: see `Client.batchWrite`. @returns what was left when the time was up: two empty lists unless DynamoDB was
   * overloaded for long. @example await orders.batchWrite({ put: newOrders, delete: [oldKey] });
   */
  async batchWrite(
    request: BatchWriteRequest,
    options?: BatchWriteOptions,
  ): Promise<UnprocessedWrites> {
    const { unprocessed } = await this.#client.batchWrite({ [this.name]: request }, options);
    return own(unprocessed, this.name) ?? { put: [], delete: [] };
  }

  /** DescribeTable: see `Client.tableExists`. */
  exists(options?: RequestOptions): Promise<boolean> {
    return this.#client.tableExists(this.name, options);
  }

  /** CreateTable: see `Client.createTable`. */
  create(definition: TableDefinition, options?: WaitOptions): Promise<TableDescription> {
    return this.#client.createTable(this.name, definition, options);
  }

  /** UpdateTable: see `Client.updateTable`. To change an item: `update`. */
  updateTable(changes: TableChanges, options?: WaitOptions): Promise<TableDescription> {
    return this.#client.updateTable(this.name, changes, options);
  }

  /** DescribeTable: see `Client.describeTable`. */
  describe(options?: RequestOptions): Promise<TableDescription> {
    return this.#client.describeTable(this.name, options);
  }

  /** DeleteTable: see `Client.deleteTable`. */
  deleteTable(options?: WaitOptions): Promise<void> {
    return this.#client.deleteTable(this.name, options);
  }

  /** UpdateTimeToLive: see `Client.enableTimeToLive`. */
  enableTimeToLive(attribute: string, options?: WaitOptions): Promise<void> {
    return this.#client.enableTimeToLive(this.name, attribute, options);
  }

  /** UpdateTimeToLive: see `Client.disableTimeToLive`. */
  disableTimeToLive(attribute: string, options?: WaitOptions): Promise<void> {
    return this.#client.disableTimeToLive(this.name, attribute, options);
  }

  /** DescribeTimeToLive: see `Client.describeTimeToLive`. */
  describeTimeToLive(options?: RequestOptions): Promise<TimeToLiveDescription> {
    return this.#client.describeTimeToLive(this.name, options);
  }

  /** TagResource: see `Client.tagTable`. */
  tag(tags: Tags, options?: RequestOptions): Promise<void> {
    return this.#client.tagTable(this.name, tags, options);
  }

  /** UntagResource: see `Client.untagTable`. */
  untag(keys: readonly string[], options?: RequestOptions): Promise<void> {
    return this.#client.untagTable(this.name, keys, options);
  }

  /** ListTagsOfResource: see `Client.listTags`. */
  tags(options?: RequestOptions): Promise<Tags> {
    return this.#client.listTags(this.name, options);
  }
}

// A table may be named `constructor`, which every object inherits.
function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
