import { type Client, ConditionalCheckFailed, isDynamoDBError } from "@fieldwise/core";
import { createTestDatabase } from "@fieldwise/testing";
import { describe, expect, it } from "vitest";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";
import { order, ordersTable, stockTable } from "../support/schema-tables.ts";
import { serverOfSuite } from "./database-server.ts";

const Orders = ordersTable("orders");
const Stock = stockTable("stock");

const areThere = (client: Client, names: readonly string[]): Promise<boolean[]> =>
  Promise.all(names.map((name) => client.tableExists(name)));

describeOnEachServer("createTestDatabase", (suite) => {
  const server = serverOfSuite(suite);

  it("makes tables that are ready, as they are defined, and deletes them", async () => {
    const database = await createTestDatabase({ orders: Orders, stock: Stock }, { server });
    const { db, tableNames } = database;
    expect(await db.orders.table.describe()).toMatchObject({ status: "ACTIVE" });
    expect((await db.orders.table.diff()).differences).toEqual([]);
    expect((await db.stock.table.diff()).differences).toEqual([]);
    await db.orders.put(order("o1"));
    expect(await db.orders.index("byStatus").query({ status: "placed" }).toArray()).toHaveLength(1);
    expect(await areThere(suite.client, Object.values(tableNames))).toEqual([true, true]);
    await database.stop();
    expect(await areThere(suite.client, Object.values(tableNames))).toEqual([false, false]);
  });

  it("keeps databases of the same definition apart", async () => {
    await using first = await createTestDatabase({ orders: Orders, stock: Stock }, { server });
    await using second = await createTestDatabase({ orders: Orders, stock: Stock }, { server });
    await first.db.orders.create(order("o1"));
    await first.db.transactWrite((tx) => [
      tx.stock.put({ sku: "tea", count: 1 }),
      tx.stock.put({ sku: "milk", count: 1 }),
    ]);
    expect(await second.db.orders.scan().toArray()).toEqual([]);
    expect(await second.db.stock.scanCount()).toBe(0);
    await second.db.orders.create(order("o1", { total: 99 }));
    expect(await first.db.orders.get({ customerId: "c1", orderId: "o1" })).toMatchObject({
      total: 12,
    });
    await second.stop();
    expect(await first.db.stock.scanCount()).toBe(2);
  });

  it("is gone at the end of an `await using` block, also where a test fails in it", async () => {
    let name: string | undefined;
    const test = async (): Promise<void> => {
      await using database = await createTestDatabase({ stock: Stock }, { server });
      name = database.tableNames.stock;
      await database.db.stock.put({ sku: "tea", count: 1 }, { condition: Stock.F("sku").exists() });
    };
    await expect(test()).rejects.toSatisfy((error) =>
      isDynamoDBError(error, ConditionalCheckFailed),
    );
    expect(await suite.client.tableExists(String(name))).toBe(false);
  });

  it("leaves nothing where one of the tables can't be made, and what was there", async () => {
    const existing = await suite.createTable();
    const names = new Map([[Stock.name, existing]]);
    const tableName = (name: string): string => {
      const unique = names.get(name) ?? suite.uniqueTableName();
      names.set(name, unique);
      return unique;
    };
    await expect(
      createTestDatabase({ orders: Orders, shelf: Stock }, { server, connect: { tableName } }),
    ).rejects.toThrow(`Table shelf (${existing}) could not be made: there is a table of this name`);
    expect(await areThere(suite.client, [String(names.get(Orders.name)), existing])).toEqual([
      false,
      true,
    ]);
  });

  it("serves fifty tests at the same time", { timeout: 120_000 }, async () => {
    const test = async (number: number): Promise<string> => {
      await using database = await createTestDatabase({ stock: Stock }, { server });
      const { db, tableNames } = database;
      await Promise.all([
        db.stock.put({ sku: "tea", count: number }),
        db.stock.put({ sku: `own ${number}`, count: 1 }),
      ]);
      const items = await db.stock.scan().toArray();
      expect(items.toSorted((a, b) => a.sku.localeCompare(b.sku))).toEqual([
        { sku: `own ${number}`, count: 1 },
        { sku: "tea", count: number },
      ]);
      return tableNames.stock;
    };
    const names = await Promise.all(Array.from({ length: 50 }, (_, number) => test(number)));
    expect(new Set(names).size).toBe(50);
    expect(new Set(await areThere(suite.client, names))).toEqual(new Set([false]));
  });
});

describe("createTestDatabase without a server given", () => {
  it("shares one server, or has its own where that is asked for", async () => {
    await using first = await createTestDatabase({ stock: Stock });
    await using second = await createTestDatabase({ orders: Orders });
    await using own = await createTestDatabase({ stock: Stock }, { server: "own" });
    expect(second.endpoint).toBe(first.endpoint);
    // Where DYNAMODB_ENDPOINT names a server, there is no other.
    const isExternal = Boolean(process.env["DYNAMODB_ENDPOINT"]);
    expect(own.endpoint === first.endpoint).toBe(isExternal);
    expect(await own.client.tableExists(first.tableNames.stock)).toBe(isExternal);
    expect(await own.client.tableExists(own.tableNames.stock)).toBe(true);
  });
});
