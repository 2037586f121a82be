import { type Client, type ClientOptions, InvalidInput } from "@fieldwise/core";
import { connect, type ConnectOptions, type Database, type Tables } from "@fieldwise/schema";
import { type LocalDynamoDB, startDynamoDB } from "../dynamodb/start-dynamodb.ts";
import { sharedServer } from "./shared-server.ts";
import { uniqueTableNames } from "./table-names.ts";
import { checkTables, prepareTables, type TestTables } from "./test-tables.ts";

/** Options of `createTestDatabase`. */
export interface TestDatabaseOptions {
  /**
   * Where the tables are made: `"shared"` (default) on one server for the whole process, started when first needed; `"own"`
   * on a server for this database alone, which ends with it; or on a server that `startDynamoDB` gave, which is left running.
   * Where `DYNAMODB_ENDPOINT` is set, the first two are the server that it names.
   */
  readonly server?: "shared" | "own" | LocalDynamoDB | undefined;
  /** Options of the client: a `requestHandler` with faults, a `retry` configuration, a `healthMonitor`. */
  readonly client?: ClientOptions | undefined;
  /**
   * Options of `connect`. With a `tableName` the tables have the names that it gives; on a server that is shared, no two
   * tests at the same time may then have the same.
   */
  readonly connect?: ConnectOptions | undefined;
}

/** Tables of a test's own, on a real DynamoDB. Made by `createTestDatabase`. */
export interface TestDatabase<Names extends Tables> extends AsyncDisposable {
  /** The tables, as `connect` gives them. */
  readonly db: Database<Names>;
  /** The client of `db`. It does not make or delete the tables, so a handler with faults or a recorder sees only the test. */
  readonly client: Client;
  /** The names under which the tables are deployed, by the names that the test gives them. */
  readonly tableNames: { readonly [Name in keyof Names]: string };
  /** The server's URL: `http://127.0.0.1:54321`. */
  readonly endpoint: string;
  /** Another `db` of the same tables, with a client of its own, which `stop()` closes: to disturb one and look through the other. */
  connect(client?: ClientOptions): Database<Names>;
  /**
   * Closes the clients and deletes the tables, or ends the server if it is this database's own; resolves when that is done.
   * What is under way is aborted. Calling it again changes nothing.
   *
   * @throws TestDatabaseError where a table can't be deleted
   */
  stop(): Promise<void>;
}

/**
 * Makes tables for a test, with their indexes and time to live, on a DynamoDB in memory. No other test sees them: they have
 * names of their own. When the promise resolves they are active.
 *
 * @param tables - What `defineTable` returned, by the names that the test uses.
 * @throws LocalDynamoDBError where there is no server; TestDatabaseError where a table can't be made: then none is left.
 * @example
 * await using database = await createTestDatabase({ orders: Orders, stock: Stock });
 * await database.db.orders.put(order);
 */
export async function createTestDatabase<const Names extends Tables>(
  tables: Names,
  options: TestDatabaseOptions = {},
): Promise<TestDatabase<Names>> {
  const { server = "shared", client: clientOptions, connect: connectOptions } = options;
  checkTables(tables);
  const dynamodb = await openServer(server);
  const ownServer = server === "own" && !dynamodb.external;
  const clients = new Set<Client>();

  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= stopOnce());
  const close = async (): Promise<void> => {
    for (const client of clients) client.destroy();
    if (ownServer) await dynamodb.stop();
  };
  let testTables: TestTables;
  const stopOnce = async (): Promise<void> => {
    await close();
    if (!ownServer) await deleteTables(dynamodb, testTables);
  };

  try {
    const tableName = connectOptions?.tableName ?? uniqueTableNames();
    const open = (given?: ClientOptions): { client: Client; db: Database<Names> } => {
      if (stopped !== undefined) throw new InvalidInput("The test database was stopped");
      const client = dynamodb.client(given);
      clients.add(client);
      return { client, db: connect(client, tables, { ...connectOptions, tableName }) };
    };
    const { client, db } = open(clientOptions);
    const naming = { tableName, unique: connectOptions?.tableName === undefined };
    testTables = prepareTables(administrator(dynamodb), tables, naming);
    await testTables.create();
    return {
      db,
      client,
      tableNames: testTables.names as TestDatabase<Names>["tableNames"],
      endpoint: dynamodb.endpoint,
      connect: (given) => open(given).db,
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Deletes the tables, unless their server has gone with all that was in it. */
async function deleteTables(dynamodb: LocalDynamoDB, tables: TestTables): Promise<void> {
  const isGone = (): boolean => dynamodb.stopped && !dynamodb.external;
  if (isGone()) return;
  try {
    await tables.delete();
  } catch (error) {
    if (!isGone()) throw error;
  }
}

function openServer(server: "shared" | "own" | LocalDynamoDB): Promise<LocalDynamoDB> {
  if (server === "shared") return sharedServer();
  return server === "own" ? startDynamoDB() : Promise.resolve(server);
}

const administrators = new WeakMap<LocalDynamoDB, Client>();

/** The client that makes and deletes tables: one for a server, closed with it. */
function administrator(dynamodb: LocalDynamoDB): Client {
  let client = administrators.get(dynamodb);
  if (client === undefined) administrators.set(dynamodb, (client = dynamodb.client()));
  return client;
}
