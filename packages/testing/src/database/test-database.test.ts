import { ConnectionError, FieldwiseError, InvalidInput, isDynamoDBError } from "@fieldwise/core";
import { defineTable, epochSeconds } from "@fieldwise/schema";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { type LocalDynamoDB, startDynamoDB } from "../dynamodb/start-dynamodb.ts";
import { createTestDatabase } from "./test-database.ts";
import { TestDatabaseError } from "./test-database-error.ts";

vi.mock("../dynamodb/start-dynamodb.ts", { spy: true });

const Orders = defineTable({
  name: "orders",
  schema: z.object({ id: z.string(), status: z.string(), expires: epochSeconds().optional() }),
  partitionKey: "id",
  indexes: { byStatus: { partitionKey: "status", projection: "keys" } },
  ttl: "expires",
});
const Stock = defineTable({
  name: "stock",
  schema: z.object({ sku: z.string() }),
  partitionKey: "sku",
});

let dynamodb: LocalDynamoDB;
beforeEach(async () => {
  dynamodb = await startDynamoDB();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await dynamodb.stop();
});

async function tablesOf(server: LocalDynamoDB): Promise<string[]> {
  const names: string[] = [];
  for await (const name of server.client().listTables()) names.push(name);
  return names;
}

/** A handler that answers CreateTable of one table with an error of ours, and keeps what was asked. */
function refusing(table: string) {
  const inner = new NodeHttpHandler();
  const operations: string[] = [];
  return {
    operations,
    handle: (...[request, options]: Parameters<NodeHttpHandler["handle"]>) => {
      const operation = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
      operations.push(operation);
      const refused = operation === "CreateTable" && String(request.body).includes(`-${table}"`);
      if (refused) request.body = "{}";
      if (refused) request.headers["content-length"] = "2";
      return inner.handle(request, options);
    },
    destroy: () => inner.destroy(),
  };
}

/** The server, as one whose clients all have this handler. */
const through = (requestHandler: ReturnType<typeof refusing>): LocalDynamoDB => ({
  ...dynamodb,
  client: (options) => dynamodb.client({ requestHandler, ...options }),
});

describe("createTestDatabase", () => {
  it("makes the tables with their indexes and time to live, exactly as they are defined", async () => {
    await using database = await createTestDatabase(
      { orders: Orders, stock: Stock },
      { server: dynamodb },
    );
    const { db, tableNames } = database;
    expect(tableNames.orders).toMatch(/^test-\w+-orders$/);
    expect((await tablesOf(dynamodb)).toSorted()).toEqual(Object.values(tableNames).toSorted());
    expect(await db.orders.table.diff()).toEqual({ differences: [], text: expect.any(String) });
    expect(await db.stock.table.diff()).toMatchObject({ differences: [] });
    await db.orders.put({ id: "o1", status: "placed" });
    expect(await db.orders.index("byStatus").query({ status: "placed" }).toArray()).toEqual([
      { id: "o1", status: "placed" },
    ]);
    await db.transactWrite((tx) => [tx.orders.delete({ id: "o1" }), tx.stock.put({ sku: "tea" })]);
    expect(await db.orders.get({ id: "o1" })).toBeUndefined();
  });

  it("leaves nothing after stop, and stops once", async () => {
    const database = await createTestDatabase({ orders: Orders }, { server: dynamodb });
    const [first, second] = [database.stop(), database.stop()];
    await Promise.all([first, second, database[Symbol.asyncDispose]()]);
    expect(await tablesOf(dynamodb)).toEqual([]);
    await expect(database.db.orders.get({ id: "a" })).rejects.toThrow("the client was destroyed");
    expect(() => database.connect()).toThrow("The test database was stopped");
  });

  it("ends a server of its own", async () => {
    const database = await createTestDatabase({ orders: Orders }, { server: "own" });
    expect(database.endpoint).not.toBe(dynamodb.endpoint);
    await database.stop();
    await expect(fetch(database.endpoint)).rejects.toThrow("fetch failed");
  });

  it("has nothing to do after its server was stopped", async () => {
    const database = await createTestDatabase({ orders: Orders }, { server: dynamodb });
    await dynamodb.stop();
    await expect(database.stop()).resolves.toBeUndefined();
  });

  it("stops while operations are under way, and while its server stops", async () => {
    const database = await createTestDatabase({ stock: Stock }, { server: dynamodb });
    const operations = Array.from({ length: 200 }, (_, n) =>
      database.db.stock.put({ sku: `${n}` }),
    );
    const outcomes = Promise.allSettled(operations);
    await Promise.all([database.stop(), dynamodb.stop()]);
    // Those done before stay done.
    const failures = (await outcomes).filter((outcome) => outcome.status === "rejected");
    expect(failures).not.toEqual([]);
    for (const { reason } of failures) expect(reason).toBeInstanceOf(FieldwiseError);
  });

  it("makes and deletes the tables past the test's own client", async () => {
    const requestHandler = refusing("orders");
    await using database = await createTestDatabase(
      { orders: Orders },
      { server: dynamodb, client: { requestHandler } },
    );
    expect(requestHandler.operations).toEqual([]);
    await database.client.get(database.tableNames.orders, { id: "a" });
    await database.db.orders.get({ id: "a" });
    expect(requestHandler.operations).toEqual(["GetItem", "GetItem"]);
  });

  it("connects the same tables once more, with another client", async () => {
    const database = await createTestDatabase({ stock: Stock }, { server: dynamodb });
    const requestHandler = refusing("stock");
    const other = database.connect({ requestHandler });
    await other.stock.put({ sku: "tea" });
    expect(await database.db.stock.get({ sku: "tea" })).toEqual({ sku: "tea" });
    expect(requestHandler.operations).toEqual(["PutItem"]);
    await database.stop();
    await expect(other.stock.get({ sku: "tea" })).rejects.toBeInstanceOf(ConnectionError);
  });

  it("passes options on to connect", async () => {
    const onInvalid = vi.fn<() => void>();
    await using database = await createTestDatabase(
      { orders: Orders },
      { server: dynamodb, connect: { onInvalid } },
    );
    await database.client.put(database.tableNames.orders, { id: "a" });
    expect(await database.db.orders.scan().toArray()).toEqual([]);
    expect(onInvalid).toHaveBeenCalledOnce();
  });

  it("leaves nothing of a database of which one table can't be made, and names that one", async () => {
    const requestHandler = refusing("stock");
    const make = createTestDatabase(
      { orders: Orders, things: Stock },
      { server: through(requestHandler) },
    );
    const error: unknown = await make.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TestDatabaseError);
    const { table, message, cause } = error as TestDatabaseError;
    expect(table).toBe("things");
    expect(message).toMatch(/^Table things \(test-\w+-stock\) could not be made: /);
    expect(isDynamoDBError(cause)).toBe(true);
    expect(requestHandler.operations.filter((name) => name === "DeleteTable")).not.toEqual([]);
    expect(await tablesOf(dynamodb)).toEqual([]);
  });

  it("ends a server of its own where a table can't be made", async () => {
    const bad = { ...Stock.definition, partitionKey: { name: "sku", type: "X" } };
    await expect(
      createTestDatabase({ stock: { ...Stock, definition: bad as never } }, { server: "own" }),
    ).rejects.toThrow(/^Table stock \(test-\w+-stock\) could not be made: /);
    const server = (await vi.mocked(startDynamoDB).mock.results.at(-1)?.value) as LocalDynamoDB;
    expect(server).not.toBe(dynamodb);
    expect(server.stopped).toBe(true);
  });

  it("uses given names, but never a table that is there already", async () => {
    const tableName = (name: string): string => `my-${name}`;
    const options = { server: dynamodb, connect: { tableName } };
    const database = await createTestDatabase({ orders: Orders, stock: Stock }, options);
    expect(database.tableNames).toEqual({ orders: "my-orders", stock: "my-stock" });
    await database.db.stock.put({ sku: "tea" });
    await database.db.orders.table.delete();
    await expect(createTestDatabase({ orders: Orders, stock: Stock }, options)).rejects.toThrow(
      "Table stock (my-stock) could not be made: there is a table of this name",
    );
    expect(await tablesOf(dynamodb)).toEqual(["my-stock"]);
    expect(await database.db.stock.get({ sku: "tea" })).toEqual({ sku: "tea" });
    await database.stop();
    expect(await tablesOf(dynamodb)).toEqual([]);
  });

  it("makes a table once that goes by two names", async () => {
    await using database = await createTestDatabase({ a: Stock, b: Stock }, { server: dynamodb });
    await database.db.a.put({ sku: "tea" });
    expect(await database.db.b.get({ sku: "tea" })).toEqual({ sku: "tea" });
    expect(await tablesOf(dynamodb)).toHaveLength(1);
  });

  it("refuses what is no table, and one table by two definitions", async () => {
    const none = { orders: Orders, stock: { name: "stock" } } as never;
    await expect(createTestDatabase(none)).rejects.toThrow(InvalidInput);
    await expect(createTestDatabase(none)).rejects.toThrow(
      "stock is no table: give what defineTable returned",
    );
    const Other = defineTable({
      name: "stock",
      schema: z.object({ id: z.string() }),
      partitionKey: "id",
    });
    await expect(
      createTestDatabase({ stock: Stock, other: Other }, { server: dynamodb }),
    ).rejects.toThrow(/^stock and other are both deployed as test-\w+-stock, but differ/);
    expect(await tablesOf(dynamodb)).toEqual([]);
  });

  it("deletes protected tables too", async () => {
    const Kept = defineTable({
      name: "kept",
      schema: z.object({ id: z.string() }),
      partitionKey: "id",
      deletionProtection: true,
    });
    const database = await createTestDatabase({ kept: Kept }, { server: dynamodb });
    expect(await database.db.kept.table.describe()).toMatchObject({ deletionProtection: true });
    await database.stop();
    expect(await tablesOf(dynamodb)).toEqual([]);
  });
});
