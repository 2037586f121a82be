import { connect, defineTable, isoDate } from "@fieldwise/schema";
import { expect, expectTypeOf, it } from "vitest";
import * as z from "zod";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";

// The example that the README opens with, whole: what it shows must go on compiling and running as it stands.
describeOnEachServer("the README's example", ({ client, uniqueTableName }) => {
  it("compiles and runs as it stands", async () => {
    const Orders = defineTable({
      name: uniqueTableName(),
      schema: z.object({
        customerId: z.string(),
        orderId: z.string(),
        status: z.enum(["placed", "shipped", "delivered"]),
        placedAt: isoDate(),
        total: z.number().nonnegative(),
        lines: z.array(z.object({ sku: z.string(), quantity: z.int().positive() })),
        tags: z.set(z.string()).default(() => new Set<string>()),
        note: z.string().optional(),
      }),
      partitionKey: "customerId",
      sortKey: "orderId",
      indexes: {
        byStatus: { partitionKey: "status", sortKey: "placedAt", projection: ["total"] },
      },
    });
    const Stock = defineTable({
      name: uniqueTableName(),
      schema: z.object({ sku: z.string(), count: z.int().nonnegative() }),
      partitionKey: "sku",
    });
    const db = connect(client, { orders: Orders, stock: Stock });
    const { F } = Orders;
    const placedAt = new Date("2026-11-22T10:00:00Z");
    const k1 = { customerId: "c1", orderId: "2026-1" };

    await db.orders.table.create({ wait: true });
    await db.stock.table.create({ wait: true });
    await db.orders.put({
      ...k1,
      status: "placed",
      placedAt,
      total: 12,
      lines: [{ sku: "tea", quantity: 1 }],
    });
    const order = await db.orders.get(k1);
    expect(order).toEqual({
      ...k1,
      status: "placed",
      placedAt,
      total: 12,
      lines: [{ sku: "tea", quantity: 1 }],
      tags: new Set(),
    });

    await db.orders.update(
      k1,
      [F("status").set("shipped"), F("lines", 0, "quantity").increment(1)],
      { condition: F("status").eq("placed").and(F("total").lt(100)) },
    );

    const found: number[] = [];
    for await (const o of db.orders.query(
      { customerId: "c1", orderId: { beginsWith: "2026-" } },
      { filter: F("total").gt(10) },
    )) {
      found.push(o.lines[0]?.quantity ?? 0);
    }
    expect(found).toEqual([2]);

    const shipped: object[] = [];
    for await (const o of db.orders
      .index("byStatus")
      .query({ status: "shipped", placedAt: { gte: new Date("2026-01-01") } })) {
      expectTypeOf<keyof typeof o>().toEqualTypeOf<
        "customerId" | "orderId" | "status" | "placedAt" | "total"
      >();
      shipped.push(o);
    }
    expect(shipped).toEqual([{ ...k1, status: "shipped", placedAt, total: 12 }]);

    const k2 = { sku: "tea" };
    const newOrder = { ...k1, orderId: "2026-2", status: "placed", placedAt, total: 5 } as const;
    await db.stock.put({ ...k2, count: 1 });
    await db.transactWrite((tx) => [
      tx.orders.put({ ...newOrder, lines: [] }, { condition: F("orderId").notExists() }),
      tx.stock.update(k2, [Stock.F("count").increment(-1)], {
        condition: Stock.F("count").gte(1),
      }),
    ]);
    const [a, b] = await db.transactGet((tx) => [tx.orders.get(k1), tx.stock.get(k2)]);
    expectTypeOf(b).toEqualTypeOf<{ sku: string; count: number } | undefined>();
    expect([a?.status, b?.count]).toEqual(["shipped", 0]);
  });
});
