import { createTestDatabase, seed } from "@fieldwise/testing";
import { expect, it } from "vitest";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";
import { ordersTable, stockTable } from "../support/schema-tables.ts";
import { serverOfSuite } from "./database-server.ts";

const tables = { orders: ordersTable("orders"), stock: stockTable("stock") };

describeOnEachServer("seed", (suite) => {
  const server = serverOfSuite(suite);

  it("stores fixtures such that they come back as they were returned", async () => {
    await using database = await createTestDatabase(tables, { server });
    const { db } = database;
    const { orders, stock } = await seed(db, {
      orders: 120,
      stock: [{ sku: "A-1", count: 3 }, { checkedAt: new Date("2026-01-01T00:00:00Z") }],
    });
    expect(stock[0]).toMatchObject({ sku: "A-1", count: 3 });
    const keys = orders.map(({ customerId, orderId }) => ({ customerId, orderId }));
    const stored = await db.batchGet({ orders: keys, stock: stock.map(({ sku }) => ({ sku })) });
    expect(stored.items.orders).toEqual(orders);
    expect(stored.items.stock).toEqual(stock);
    expect(await db.orders.scanCount({ consistentRead: true })).toBe(120);
  });

  it("makes the same for each test that asks the same", async () => {
    const seeded = await Promise.all(
      [0, 1].map(async () => {
        await using database = await createTestDatabase(tables, { server });
        return await seed(database.db, { orders: 3, stock: [{ count: 1 }] }, { seed: 7 });
      }),
    );
    expect(seeded[0]).toEqual(seeded[1]);
  });

  it("adds to what it stored before", async () => {
    await using database = await createTestDatabase(tables, { server });
    const { db } = database;
    for (let call = 0; call < 4; call++) await seed(db, { orders: 10, stock: [{}] });
    await seed(db, { orders: 10 }, { seed: 1 });
    expect(await db.orders.scanCount({ consistentRead: true })).toBe(50);
    expect(await db.stock.scanCount({ consistentRead: true })).toBe(4);
  });
});
