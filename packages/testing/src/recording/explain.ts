import { Client, InvalidInput, isFieldwiseError, RetryConfig } from "@fieldwise/core";
import {
  connect,
  type Database,
  type DefinedTable,
  ItemNotFound,
  type TableOperations,
  type Tables,
  type TableTypes,
} from "@fieldwise/schema";
import { inspect } from "node:util";
import { recordRequests } from "./record-requests.ts";
import type { RecordedRequest } from "./recorded-request.ts";

/** What operations would send. As text: their requests in readable form, an empty line between two. */
export class Explained {
  static {
    Object.defineProperty(this.prototype, inspect.custom, {
      value(this: Explained): string {
        return this.toString();
      },
    });
  }

  /** The requests, in order: at least one. */
  readonly requests: readonly RecordedRequest[];
  /** What was thrown at the answer, which is empty: an ItemNotFound of `getOrThrow`, say. */
  readonly error: unknown;

  /** @internal */
  constructor(requests: readonly RecordedRequest[], error: unknown) {
    this.requests = requests;
    this.error = error;
  }

  toString(): string {
    return this.requests.map(String).join("\n\n");
  }
}

/**
 * Tells which requests operations would send, in DynamoDB's words, without sending them: no server, credentials or region
 * are needed. Every request is answered with empty success, so that operations that make several go on. Of a query, a scan or
 * another read of pages, it is the first page's.
 *
 * @param run - Calls the operations, of a client, of one table, or of several; returns or awaits what they return.
 * @throws InvalidInput where nothing is sent; what the operation throws before it sends anything, such as an InvalidItem.
 *
 * @example
 * console.log(String(await explain((client) => client.get("orders", { id: "o1" }))));
 * console.log(String(await explain(Orders, (orders) => orders.query({ customerId: "c1" }, { limit: 5 }))));
 * await explain({ orders: Orders, stock: Stock }, (db) => db.transactWrite((tx) => [tx.orders.put(order), tx.stock.delete({ sku })]));
 */
export function explain(run: (client: Client) => unknown): Promise<Explained>;
export function explain<Types extends TableTypes>(
  table: DefinedTable<Types>,
  run: (table: TableOperations<Types>) => unknown,
): Promise<Explained>;
export function explain<const Names extends Tables>(
  tables: Names,
  run: (database: Database<Names>) => unknown,
): Promise<Explained>;
export async function explain(
  first: ((client: Client) => unknown) | DefinedTable<TableTypes> | Tables,
  second?: (operations: never) => unknown,
): Promise<Explained> {
  const requestHandler = recordRequests();
  const client = new Client({
    region: "local",
    // Of no server: the environment may name a real one, and nothing is to depend on it.
    endpoint: "http://localhost",
    credentials: { accessKeyId: "explained", secretAccessKey: "explained" },
    retry: RetryConfig.none,
    requestHandler,
  });
  let error: unknown;
  try {
    await firstPage(await start(client, first, second));
  } catch (thrown) {
    const { length } = requestHandler.requests;
    // What is wrong with the operation itself is worth more than what it had sent until then.
    if (length === 0 || (isFieldwiseError(thrown) && !isFieldwiseError(thrown, ItemNotFound)))
      throw thrown;
    error = thrown;
  }
  if (requestHandler.requests.length === 0) {
    throw new InvalidInput(
      "Nothing was sent: explain() takes a function that calls an operation and returns its result, such as (client) => client.get(…)",
    );
  }
  return new Explained([...requestHandler.requests], error);
}

function start(
  client: Client,
  first: ((client: Client) => unknown) | DefinedTable<TableTypes> | Tables,
  run: ((operations: never) => unknown) | undefined,
): unknown {
  if (typeof first === "function") return first(client);
  if (typeof first !== "object" || first === null || typeof run !== "function") {
    throw new InvalidInput(
      "explain() takes a function, alone or after a table or tables: explain(Orders, (orders) => orders.get(key))",
    );
  }
  if (typeof first.name === "string")
    return run(connect(client, { table: first as DefinedTable<TableTypes> }).table as never);
  return run(connect(client, first as Tables) as never);
}

/** Asks a lazy read for its first page. */
async function firstPage(result: unknown): Promise<void> {
  if (typeof result !== "object" || result === null) return;
  if ("page" in result && typeof result.page === "function") {
    await result.page();
  } else if (Symbol.asyncIterator in result) {
    const iterator = (result as AsyncIterable<unknown>)[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.return?.();
  }
}
