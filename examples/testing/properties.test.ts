import { ConditionalCheckFailed } from "@fieldwise/core";
import { not } from "@fieldwise/schema";
import { arbitrary, arbitraryCondition, arbitraryUpdate } from "@fieldwise/testing";
import { testWithDatabase } from "@fieldwise/testing/vitest";
import * as fc from "fast-check";
import { expect } from "vitest";
import { Orders } from "../orders/tables.ts";
import { ship, tables } from "./ship.ts";

const test = testWithDatabase(tables, { per: "file" });

test("any order is shipped where there is enough of everything", async ({ db }) => {
  const placed = arbitrary(Orders, { values: { status: "placed" } });
  await fc.assert(
    fc.asyncProperty(placed, async (order) => {
      const total = order.lines.reduce((sum, { quantity }) => sum + quantity, 0);
      fc.pre(Number.isSafeInteger(total) && order.lines.every(({ sku }) => sku !== ""));
      await db.orders.put(order);
      await db.stock.batchPut(order.lines.map(({ sku }) => ({ sku, count: total })));
      await ship(db, Orders.keyOf(order));
      expect((await db.orders.get(Orders.keyOf(order)))?.status).toBe("shipped");
    }),
    { numRuns: 50 },
  );
});

test("any update leaves an order that can be read", async ({ db }) => {
  const orderAndUpdate = arbitrary(Orders).chain((order) =>
    fc.tuple(fc.constant(order), arbitraryUpdate(Orders, { item: order })),
  );
  await fc.assert(
    fc.asyncProperty(orderAndUpdate, async ([order, actions]) => {
      await db.orders.put(order);
      await db.orders.update(Orders.keyOf(order), actions);
      await db.orders.getOrThrow(Orders.keyOf(order));
    }),
    { numRuns: 50 },
  );
});

test("either a condition holds or its opposite", async ({ db }) => {
  const orderAndCondition = arbitrary(Orders).chain((order) =>
    fc.tuple(fc.constant(order), arbitraryCondition(Orders, { item: order })),
  );
  await fc.assert(
    fc.asyncProperty(orderAndCondition, async ([order, condition]) => {
      await db.orders.put(order);
      const holds = async (asked: typeof condition): Promise<boolean> =>
        db.orders.put(order, { condition: asked }).then(
          () => true,
          (error: unknown) => {
            expect(error).toBeInstanceOf(ConditionalCheckFailed);
            return false;
          },
        );
      expect(await holds(condition)).toBe(!(await holds(not(condition))));
    }),
    { numRuns: 50 },
  );
});
