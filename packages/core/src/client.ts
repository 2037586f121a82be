import type {
  AttributeMap,
  Item,
  NativeAttributeValue,
  NumberOption,
} from "./attribute-value/types.ts";
import { numberReader } from "./attribute-value/unmarshall.ts";
import { batchGet, type BatchGetRequest, type BatchGetResult } from "./batch/batch-get.ts";
import {
  batchWrite,
  type BatchWriteOptions,
  type BatchWriteRequest,
  type BatchWriteResult,
} from "./batch/batch-write.ts";
import type { BatchOptions } from "./batch/rounds.ts";
import { createExecute, type Execute, rejecting } from "./execute.ts";
import { ConfigurationError, InvalidInput } from "./errors/input-errors.ts";
import type { KeyCondition } from "./expressions/key-condition.ts";
import type { UpdateActions } from "./expressions/update.ts";
import { getItem, type GetOptions } from "./operations/get-item.ts";
import { type ItemReader, itemReader, readLeniently } from "./operations/item-reader.ts";
import type { ResponseMetadata } from "./operations/metadata.ts";
import type { ItemInput, Key, RequestOptions } from "./operations/options.ts";
import {
  type CountOptions,
  query,
  type QueryOptions,
  scan,
  type ScanOptions,
} from "./operations/read-many.ts";
import {
  batchExecuteStatement,
  type BatchExecuteStatementOptions,
  type BatchStatementResult,
  executeStatement,
  type ExecuteStatementOptions,
  executeTransaction,
  type ExecuteTransactionOptions,
  type Statement,
  type StatementResult,
} from "./operations/statements.ts";
import {
  type TransactGetAction,
  transactGetItems,
  type TransactGetOptions,
  type TransactWriteAction,
  transactWriteItems,
  type TransactWriteOptions,
} from "./operations/transactions.ts";
import {
  deleteItem,
  putItem,
  type ReplaceOptions,
  updateItem,
  type UpdateOptions,
} from "./operations/write-item.ts";
import type { Pages } from "./pagination.ts";
import { countAll, readMany } from "./reads.ts";
import { checkSegments, divideIntoSegments } from "./segments.ts";
import { Table } from "./table.ts";
import { TableAdministration } from "./table-administration.ts";
import type { ConnectOptions } from "./transport-options.ts";
import { Transport } from "./transport.ts";
import type { AnyWireInput, AnyWireOutput, OperationName } from "./wire/operations.ts";

/** How a client connects, and how it reads. Every option has a default. */
export interface ClientOptions extends ConnectOptions {
  /**
   * How numbers come back. `"number"` (the default): as `number`, and an integer beyond 2^53 - 1, where a `number` has gaps, is
   * an error. `"bigint"`: as `bigint`, and a fraction is an error. `"string"`: as DynamoDB's text. A function: as what it
   * makes of the text; `NumberValue.from` keeps every digit.
   */
  readonly numbers?: NumberOption | undefined;
  /**
   * Is told of each request that succeeds, pages and parts of batches each by themselves, for measuring and tracing. Of one
   * that fails its error tells the same, and `healthMonitor` gets the error of each attempt. What it throws is ignored.
   */
  readonly onResponse?: ((metadata: ResponseMetadata) => void) | undefined;
}

/**
 * A client of DynamoDB. Make one for the life of a program: it keeps connections and credentials.
 *
 * Every method rejects with a `DynamoDBError` (see its subclasses) for what DynamoDB refuses, a `ConnectionError`,
 * `RequestTimedOut` or `InvalidResponse` where no good answer came within the retries, a `CredentialsError` or
 * `ConfigurationError` where no request could be made, and an `InvalidInput`, `AttributeValueError` or `ExpressionError`,
 * before any request, for what can't be sent.
 *
 * @example
 * const client = new Client({ region: "eu-west-1" });
 * await client.put("orders", { customerId: "c1", orderId: "o1", total: 12 });
 */
export class Client extends TableAdministration {
  readonly #transport: Transport;
  readonly #reader: ItemReader;
  readonly #execute: Execute;

  constructor(options: ClientOptions = {}) {
    const { numbers, onResponse, ...connect } = options;
    // What it throws is ignored, so that it is no function as well.
    if (onResponse !== undefined && typeof onResponse !== "function")
      throw new ConfigurationError("onResponse must be a function");
    const readNumber = numberReader(numbers);
    const reader = itemReader(readNumber);
    const transport = new Transport({
      ...connect,
      decodeItem: (item) => readLeniently(item, readNumber),
    });
    const execute = createExecute(transport, reader, onResponse);
    super(execute);
    this.#transport = transport;
    this.#reader = reader;
    this.#execute = execute;
  }

  /** The same methods for one table, without its name. @example const orders = client.table("orders"); */
  table(tableName: string): Table {
    return new Table(this, tableName);
  }

  /**
   * Stores an item, in the place of the one with its key if there is one. PutItem.
   *
   * @returns with `returnValues: "ALL_OLD"` the item as it stood before.
   * @throws ConditionalCheckFailed where the condition does not hold.
   * @example
   * await client.put("orders", order, { condition: F("orderId").notExists() }); // attribute_not_exists(#n0)
   */
  put(tableName: string, item: ItemInput, options: ReplaceOptions = {}): Promise<Item | undefined> {
    return rejecting(() => this.#execute(putItem(tableName, item, options), options));
  }

  /**
   * Reads the item with a key. GetItem.
   *
   * @returns the item, or `undefined` where there is none.
   * @example
   * await client.get("orders", { customerId: "c1", orderId: "o1" }, { projection: [F("total")] }); // #n0
   */
  get(tableName: string, key: Key, options: GetOptions = {}): Promise<Item | undefined> {
    return rejecting(() => this.#execute(getItem(tableName, key, options), options));
  }

  /**
   * Changes attributes of an item, or makes the item where there is none. UpdateItem.
   *
   * @param actions - One action or several, made by the methods of `F(…)`.
   * @returns what `returnValues` asks for.
   * @throws ConditionalCheckFailed where the condition does not hold.
   * @example
   * await client.update("orders", key, [F("status").set("shipped"), F("note").remove()]); // SET #n0 = :v0 REMOVE #n1
   */
  update(
    tableName: string,
    key: Key,
    actions: UpdateActions,
    options: UpdateOptions = {},
  ): Promise<Item | undefined> {
    return rejecting(() => this.#execute(updateItem(tableName, key, actions, options), options));
  }

  /**
   * Deletes the item with a key; no error where there is none. DeleteItem.
   *
   * @returns with `returnValues: "ALL_OLD"` the item as it stood before.
   * @throws ConditionalCheckFailed where the condition does not hold.
   * @example
   * await client.delete("orders", key, { condition: F("status").eq("cancelled") }); // #n0 = :v0
   */
  delete(tableName: string, key: Key, options: ReplaceOptions = {}): Promise<Item | undefined> {
    return rejecting(() => this.#execute(deleteItem(tableName, key, options), options));
  }

  /**
   * Reads the items of one partition key in the order of their sort keys. Query.
   *
   * @example
   * const recent = partitionKey("customerId").eq("c1").and(sortKey("orderId").gt("2026-"));
   * for await (const order of client.query("orders", recent, { limit: 10 })) … // #n0 = :v0 AND #n1 > :v1
   */
  query(tableName: string, key: KeyCondition, options: QueryOptions = {}): Pages<Item> {
    return readMany(this.#execute, [query(tableName, key, options)], options);
  }

  /**
   * Reads all items of a table or an index. Scan.
   *
   * @example
   * for await (const order of client.scan("orders", { segments: 4, filter: F("total").gt(10) })) … // #n0 > :v0
   */
  scan(tableName: string, options: ScanOptions = {}): Pages<Item> {
    checkSegments(options);
    const makeCalls = divideIntoSegments(options).map((part) => scan(tableName, part));
    return readMany(this.#execute, makeCalls, options);
  }

  /** How many items a query finds, up to `limit`. Query, counting only. */
  async count(
    tableName: string,
    key: KeyCondition,
    options: CountOptions<QueryOptions> = {},
  ): Promise<number> {
    return countAll(this.query(tableName, key, { ...options, select: "COUNT" }), options.limit);
  }

  /** How many items a scan finds, up to `limit`. Scan, counting only. */
  async scanCount(tableName: string, options: CountOptions<ScanOptions> = {}): Promise<number> {
    return countAll(this.scan(tableName, { ...options, select: "COUNT" }), options.limit);
  }

  /**
   * Reads any number of items by their keys, of any number of tables: in requests of 100, several at once, each key once.
   * What DynamoDB leaves unprocessed is asked for again, with backoff. BatchGetItem.
   *
   * @returns for each table an item for each key, in the order of the keys.
   * @throws BatchInterrupted where a request fails after others have been answered.
   * @example
   * const { items } = await client.batchGet({ orders: [{ customerId: "c1", orderId: "o1" }] });
   */
  async batchGet<TableName extends string>(
    requests: Readonly<Record<TableName, BatchGetRequest>>,
    options: BatchOptions = {},
  ): Promise<BatchGetResult<TableName>> {
    return batchGet(this.#execute, options.reader ?? this.#reader, requests, options);
  }

  /**
   * Puts and deletes any number of items, of any number of tables: in requests of 25, several at once. What DynamoDB leaves
   * unprocessed is sent again, with backoff. The writes are not one transaction, and have no order. BatchWriteItem.
   *
   * @returns what was left when the time was up, which is nothing unless DynamoDB was overloaded for long.
   * @throws BatchInterrupted where a request fails after others have been carried out.
   * @example
   * await client.batchWrite({ orders: { put: newOrders, delete: [oldKey] } });
   */
  async batchWrite<TableName extends string>(
    requests: Readonly<Record<TableName, BatchWriteRequest>>,
    options: BatchWriteOptions = {},
  ): Promise<BatchWriteResult<TableName>> {
    return batchWrite(this.#execute, requests, options);
  }

  /**
   * Reads 1 to 100 items as they stand at one moment. TransactGetItems.
   *
   * @returns an item for each action, in their order; `undefined` where there is none.
   * @throws TransactionCanceled where another transaction is at work on an item.
   * @example
   * const [order, stock] = await client.transactGet([{ get: "orders", key }, { get: "stock", key: { sku } }]);
   */
  async transactGet(
    actions: readonly TransactGetAction[],
    options: TransactGetOptions = {},
  ): Promise<readonly (Item | undefined)[]> {
    return this.#execute(transactGetItems(actions, options), options);
  }

  /**
   * Carries out 1 to 100 writes, all or none. TransactWriteItems.
   *
   * @throws TransactionCanceled, with a reason for each action.
   * @example
   * await client.transactWrite([
   *   { put: "orders", item: order, condition: F("orderId").notExists() },
   *   { update: "stock", key: { sku }, actions: F("count").decrement(), condition: F("count").gte(1) },
   * ]);
   */
  async transactWrite(
    actions: readonly TransactWriteAction[],
    options: TransactWriteOptions = {},
  ): Promise<void> {
    return this.#execute(transactWriteItems(actions, options), options);
  }

  /**
   * Runs a PartiQL statement: one request. ExecuteStatement.
   *
   * @param parameters - A value for each `?`.
   * @example
   * const { items } = await client.executeStatement('SELECT * FROM "orders" WHERE "customerId" = ?', ["c1"]);
   */
  async executeStatement(
    statement: string,
    parameters: readonly NativeAttributeValue[] = [],
    options: ExecuteStatementOptions = {},
  ): Promise<StatementResult> {
    return this.#execute(executeStatement(statement, parameters, options), options);
  }

  /**
   * Runs 1 to 25 PartiQL statements, each on its own: all reads, each of one item by its whole primary key, or all writes.
   * BatchExecuteStatement.
   *
   * @returns a result or an error for each.
   */
  async batchExecuteStatement(
    statements: readonly Statement[],
    options: BatchExecuteStatementOptions = {},
  ): Promise<readonly BatchStatementResult[]> {
    return this.#execute(batchExecuteStatement(statements, options), options);
  }

  /**
   * Runs 1 to 100 PartiQL statements as one transaction: all reads, or all writes. ExecuteTransaction.
   *
   * @returns for each statement the item that it reads, if any.
   * @throws TransactionCanceled, with a reason for each statement.
   */
  async executeTransaction(
    statements: readonly Statement[],
    options: ExecuteTransactionOptions = {},
  ): Promise<readonly (Item | undefined)[]> {
    return this.#execute(executeTransaction(statements, options), options);
  }

  /**
   * Sends any operation of DynamoDB by its name, with its input and output as they stand on the wire, through the same
   * signing, retry and errors as every other method.
   *
   * @example
   * const { BackupDetails } = await client.send("CreateBackup", { TableName: "orders", BackupName: "before" });
   */
  async send<Name extends OperationName | (string & {})>(
    operation: Name,
    input: AnyWireInput<Name>,
    options: RequestOptions = {},
  ): Promise<AnyWireOutput<Name>> {
    checkOperation(operation);
    const { TableName: tableName, Key: key } = input as { TableName?: string; Key?: AttributeMap };
    return this.#execute(
      {
        operation,
        body: JSON.stringify(input),
        tableName,
        key,
        decode: (output: AnyWireOutput<Name>) => output,
      },
      options,
    );
  }

  /** Closes the connections. No request can be sent afterwards; one under way fails. */
  destroy(): void {
    this.#transport.destroy();
  }
}

function checkOperation(name: string): void {
  // It becomes a part of a header.
  if (typeof name === "string" && /^[A-Za-z\d]+$/.test(name)) return;
  throw new InvalidInput(`${JSON.stringify(name)} can't be the name of an operation`);
}
