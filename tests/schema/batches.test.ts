import { RetryConfig } from "@fieldwise/core";
import { connect, InvalidItem } from "@fieldwise/schema";
import { beforeAll, expect, expectTypeOf, it } from "vitest";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";
import { untyped } from "../support/refused.ts";
import { RecordingHandler } from "../support/request-handlers.ts";
import { order, ordersTable, stockTable } from "../support/schema-tables.ts";

describeOnEachServer("batches through a schema", ({ client, newClient, uniqueTableName }) => {
  const Orders = ordersTable(uniqueTableName());
  const Stock = stockTable(uniqueTableName());
  const db = connect(client, { orders: Orders, stock: Stock });
  const key = (orderId: string) => ({ customerId: "c1", orderId });

  beforeAll(async () => {
    await Promise.all([
      db.orders.table.create({ wait: true }),
      db.stock.table.create({ wait: true }),
    ]);
  });

  it("puts, reads and deletes more than a request takes, in order", async () => {
    const requestHandler = new RecordingHandler();
    const { stock } = connect(newClient({ requestHandler }), { stock: Stock });
    const items = Array.from({ length: 130 }, (_, count) => ({ sku: `many-${count}`, count }));
    expect(await stock.batchPut(items)).toEqual({ put: [], delete: [] });
    expect(requestHandler.operations).toEqual(Array.from({ length: 6 }, () => "BatchWriteItem"));
    const keys = items.map(({ sku }) => ({ sku }));
    const asked = [...keys.toReversed(), { sku: "absent" }, { sku: "many-5" }];
    const { items: found, unprocessedKeys } = await stock.batchGet(asked);
    expect(found).toEqual([...items.toReversed(), undefined, items[5]]);
    expect(unprocessedKeys).toEqual([]);
    expect(requestHandler.operations.slice(6)).toEqual(["BatchGetItem", "BatchGetItem"]);
    expect(await stock.batchDelete(keys)).toEqual({ put: [], delete: [] });
    expect((await stock.batchGet(keys)).items).toEqual(keys.map(() => undefined));
  });

  it("fills in defaults, encodes, and decodes what it reads", async () => {
    await db.orders.batchPut([order("a"), order("b", { status: "shipped", tags: new Set(["x"]) })]);
    const { items } = await db.orders.batchGet([key("b"), key("a")], { consistentRead: true });
    expect(items).toEqual([
      order("b", { status: "shipped", tags: new Set(["x"]) }),
      { ...order("a"), status: "placed", tags: new Set() },
    ]);
    const projected = await db.orders.batchGet([key("a")], {
      project: [Orders.F("placedAt"), Orders.F("lines", 0, "sku")],
    });
    expect(projected.items).toEqual([{ placedAt: order("a").placedAt, lines: [{ sku: "tea" }] }]);
    const stored = await db.orders.batchGet([key("a")], { validate: false });
    expect(stored.items[0]?.placedAt).toBe("2026-11-22T10:00:00.000Z");
  });

  it("puts what comes twice once, as it came last", async () => {
    await db.stock.batchPut([
      { sku: "twice", count: 1 },
      { sku: "twice", count: 2 },
    ]);
    expect(await db.stock.get({ sku: "twice" })).toEqual({ sku: "twice", count: 2 });
  });

  it("puts and deletes at once", async () => {
    await db.stock.put({ sku: "old", count: 1 });
    await db.stock.batchWrite({ put: [{ sku: "new", count: 2 }], delete: [{ sku: "old" }] });
    const { items } = await db.stock.batchGet([{ sku: "old" }, { sku: "new" }]);
    expect(items).toEqual([undefined, { sku: "new", count: 2 }]);
    expect(await db.stock.batchWrite({})).toEqual({ put: [], delete: [] });
    expect(await db.stock.batchGet([])).toEqual({ items: [], unprocessedKeys: [] });
  });

  it("sends nothing where an item or a key does not fit", async () => {
    const requestHandler = new RecordingHandler();
    const { stock } = connect(newClient({ requestHandler }), { stock: Stock });
    const good = Array.from({ length: 60 }, (_, count) => ({ sku: `good-${count}`, count }));
    await expect(stock.batchPut([...good, { sku: "bad", count: -1 }])).rejects.toThrow(InvalidItem);
    const keys = [...good.map(({ sku }) => ({ sku })), untyped({ sku: 5 })];
    await expect(stock.batchDelete(keys)).rejects.toThrow(InvalidItem);
    await expect(stock.batchGet(keys)).rejects.toThrow(InvalidItem);
    expect(requestHandler.operations).toEqual([]);
  });

  it("gives back the very items and keys that were left unprocessed", async () => {
    const requestHandler = new RecordingHandler(({ operation, input }) => ({
      statusCode: 200,
      body:
        operation === "BatchGetItem"
          ? { Responses: {}, UnprocessedKeys: input.RequestItems as unknown }
          : { UnprocessedItems: input.RequestItems as unknown },
    }));
    const limited = connect(newClient({ requestHandler }), { orders: Orders, stock: Stock });
    const options = { unprocessedRetry: RetryConfig.none };
    const item = order("left");
    const left = await limited.orders.batchWrite({ put: [item], delete: [key("gone")] }, options);
    expect(left).toEqual({ put: [item], delete: [key("gone")] });
    expect(left.put[0]).toBe(item);
    const { items, unprocessedKeys } = await limited.orders.batchGet([key("left")], options);
    expect([items, unprocessedKeys]).toEqual([[undefined], [key("left")]]);
    const several = await limited.batchGet({ stock: [{ sku: "a" }], orders: [key("b")] }, options);
    expect(several.unprocessedKeys).toEqual({ stock: [{ sku: "a" }], orders: [key("b")] });
  });

  it("reads of several tables at once, each typed and decoded as its own", async () => {
    await db.orders.put(order("both"));
    await db.stock.put({ sku: "both", count: 3, checkedAt: new Date(0) });
    const { items } = await db.batchGet({
      stock: [{ sku: "both" }, { sku: "none" }],
      orders: { keys: [key("both")], project: [Orders.F("placedAt")], consistentRead: true },
    });
    expect(items).toEqual({
      stock: [{ sku: "both", count: 3, checkedAt: new Date(0) }, undefined],
      orders: [{ placedAt: order("both").placedAt }],
    });
    expectTypeOf(items.stock[0]?.count).toEqualTypeOf<number | undefined>();
  });

  it("refuses tables that were not connected, or that are asked twice", async () => {
    await expect(db.batchGet(untyped({ nope: [] }))).rejects.toThrow(
      "No table was connected as nope",
    );
    const twice = connect(client, { one: Stock, other: Stock });
    const attempt = twice.batchGet({ one: [{ sku: "a" }], other: [{ sku: "b" }] });
    await expect(attempt).rejects.toThrow(`asks table ${Stock.name} once`);
  });
});
