import { Client } from "@fieldwise/core";
import { connect, defineTable, type UpdateAction } from "@fieldwise/schema";
import * as fc from "fast-check";
import { expectTypeOf, test } from "vitest";
import * as z from "zod";
import { arbitraryUpdate } from "./update.ts";

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
const ordersUpdate = arbitraryUpdate(Orders);

test("arbitraryUpdate gives actions on its table, and on no other", () => {
  expectTypeOf(ordersUpdate).toEqualTypeOf<fc.Arbitrary<readonly UpdateAction<"orders">[]>>();
  void fc.asyncProperty(ordersUpdate, async (actions) => {
    await db.orders.update({ id: "a" }, actions);
    // @ts-expect-error on another table
    await db.stock.update({ sku: "a" }, actions);
  });
});

test("arbitraryUpdate takes an item of its table", () => {
  arbitraryUpdate(Orders, { item: { id: "a", total: 1 } });
  // @ts-expect-error of another table
  arbitraryUpdate(Orders, { item: { sku: "a", count: 1 } });
});
