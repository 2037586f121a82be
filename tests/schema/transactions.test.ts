import { isDynamoDBError, TransactionCanceled } from "@fieldwise/core";
import { connect, type InferItem, InvalidItem } from "@fieldwise/schema";
import { beforeAll, expect, expectTypeOf, it } from "vitest";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";
import { untyped } from "../support/refused.ts";
import { RecordingHandler } from "../support/request-handlers.ts";
import { order, ordersTable, stockTable } from "../support/schema-tables.ts";

describeOnEachServer("transactions through a schema", (suite) => {
  const { client, newClient, uniqueTableName } = suite;
  const Orders = ordersTable(uniqueTableName());
  const Stock = stockTable(uniqueTableName());
  const db = connect(client, { orders: Orders, stock: Stock });
  const { F } = Orders;
  const key = (orderId: string) => ({ customerId: "c1", orderId });

  beforeAll(async () => {
    await Promise.all([
      db.orders.table.create({ wait: true }),
      db.stock.table.create({ wait: true }),
    ]);
    await db.stock.batchPut([
      { sku: "tea", count: 5 },
      { sku: "gone", count: 1 },
      { sku: "kept", count: 1, checkedAt: new Date(0) },
    ]);
  });

  it("writes all: puts, updates, deletes and checks of several tables", async () => {
    const noon = new Date("2026-11-22T12:00:00Z");
    const result = await db.transactWrite((tx) => [
      tx.orders.put(order("all"), { condition: F("orderId").notExists() }),
      tx.stock.update({ sku: "tea" }, [
        Stock.F("count").increment(-2),
        Stock.F("checkedAt").set(noon),
      ]),
      tx.stock.delete({ sku: "gone" }, { condition: Stock.F("count").eq(1) }),
      tx.stock.check({ sku: "kept" }, Stock.F("checkedAt").eq(new Date(0))),
    ]);
    expect(result).toBeUndefined();
    const read = await db.transactGet((tx) => [
      tx.orders.get(key("all")),
      tx.stock.get({ sku: "tea" }),
      tx.stock.get({ sku: "gone" }),
      tx.stock.get({ sku: "kept" }, { validate: false }),
    ]);
    expectTypeOf(read).toHaveProperty("length").toEqualTypeOf<4>();
    expectTypeOf(read[1]).toEqualTypeOf<InferItem<typeof Stock> | undefined>();
    expect(read).toEqual([
      { ...order("all"), status: "placed", tags: new Set() },
      { sku: "tea", count: 3, checkedAt: noon },
      undefined,
      { sku: "kept", count: 1, checkedAt: "1970-01-01T00:00:00.000Z" },
    ]);
  });

  it("writes nothing where one condition fails, and tells why for each action", async () => {
    const returned = { returnValuesOnConditionCheckFailure: "ALL_OLD" } as const;
    const error: unknown = await db
      .transactWrite((tx) => [
        tx.orders.put(order("canceled")),
        tx.stock.update({ sku: "kept" }, Stock.F("count").increment(), {
          condition: Stock.F("count").gt(5),
          ...returned,
        }),
        tx.stock.check({ sku: "tea" }, Stock.F("count").lt(0)),
      ])
      .catch((thrown: unknown) => thrown);
    if (!isDynamoDBError(error, TransactionCanceled)) throw error;
    expect(error.reasons.map(({ code }) => code)).toEqual([
      "None",
      "ConditionalCheckFailed",
      "ConditionalCheckFailed",
    ]);
    expect(error.reasons.map(({ item }) => item)).toEqual([
      undefined,
      { sku: "kept", count: 1, checkedAt: new Date(0) },
      undefined,
    ]);
    expect(await db.orders.get(key("canceled"))).toBeUndefined();
  });

  it("tells that a transaction was canceled also where the old item does not fit", async () => {
    await client.put(Stock.name, { sku: "misfit", count: "many" });
    const error: unknown = await db
      .transactWrite((tx) => [
        tx.stock.check({ sku: "misfit" }, Stock.F("count").lt(0), {
          returnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      ])
      .catch((thrown: unknown) => thrown);
    if (!isDynamoDBError(error, TransactionCanceled)) throw error;
    expect(error.reasons).toMatchObject([{ code: "ConditionalCheckFailed", item: undefined }]);
    expect(error.cause).toBeInstanceOf(InvalidItem);
  });

  it("refuses what does not fit before any request", async () => {
    const requestHandler = new RecordingHandler();
    const quiet = connect(newClient({ requestHandler }), { orders: Orders, stock: Stock });
    const attempts = [
      quiet.transactWrite((tx) => [tx.stock.put({ sku: "a", count: -1 })]),
      quiet.transactWrite((tx) => [tx.stock.delete(untyped({ sku: 1 }))]),
      quiet.transactWrite((tx) => [tx.stock.update({ sku: "a" }, Stock.F("count").set(0.5))]),
      quiet.transactGet((tx) => [tx.stock.get(untyped({}))]),
    ];
    for (const attempt of attempts) await expect(attempt).rejects.toThrow(InvalidItem);
    await expect(quiet.transactWrite(() => [])).rejects.toThrow(/1 to 100/);
    expect(requestHandler.operations).toEqual([]);
  });

  it("carries a transaction with the same token out once", async () => {
    await db.stock.put({ sku: "token", count: 0 });
    const once = () =>
      db.transactWrite((tx) => [tx.stock.update({ sku: "token" }, Stock.F("count").add(1))], {
        clientRequestToken: "fieldwise-once",
      });
    await once();
    await once();
    expect((await db.stock.getOrThrow({ sku: "token" })).count).toBe(1);
  });

  it("keeps the database's own operations from being covered by a table", () => {
    for (const name of ["batchGet", "transactGet", "transactWrite"]) {
      expect(() => connect(client, { [name]: Stock })).toThrow(`${name} is what all tables have`);
    }
  });
});
