import { Client } from "@fieldwise/core";
import { type Condition, connect, defineTable } from "@fieldwise/schema";
import * as fc from "fast-check";
import { expectTypeOf, test } from "vitest";
import * as z from "zod";
import { arbitraryCondition } from "./condition.ts";

const Orders = defineTable({
  name: "orders",
  schema: z.object({ id: z.string(), total: z.number().default(0) }),
  partitionKey: "id",
});
const Stock = defineTable({
  name: "stock",
  schema: z.object({ sku: z.string(), count: z.number() }),
  partitionKey: "sku",
});
const db = connect(new Client({ region: "local" }), { orders: Orders, stock: Stock });
const ordersCondition = arbitraryCondition(Orders);

test("arbitraryCondition gives conditions of its table, and of no other", () => {
  expectTypeOf(ordersCondition).toEqualTypeOf<fc.Arbitrary<Condition<"orders">>>();
  void fc.asyncProperty(ordersCondition, async (condition) => {
    await db.orders.put({ id: "a" }, { condition });
    await db.orders.scan({ filter: condition }).toArray();
    // @ts-expect-error of another table
    await db.stock.put({ sku: "a", count: 1 }, { condition });
    // @ts-expect-error of another table
    await db.stock.scan({ filter: condition }).toArray();
  });
});

test("arbitraryCondition takes an item of its table", () => {
  arbitraryCondition(Orders, { item: { id: "a", total: 1 }, keys: false });
  // @ts-expect-error not whole
  arbitraryCondition(Orders, { item: { id: "a" } });
  // @ts-expect-error of another table
  arbitraryCondition(Orders, { item: { sku: "a", count: 1 } });
});
