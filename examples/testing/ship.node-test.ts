import assert from "node:assert/strict";
import { seed } from "@fieldwise/testing";
import { testWithDatabase } from "@fieldwise/testing/node-test";
import { Orders } from "../orders/tables.ts";
import { ship, tables } from "./ship.ts";

const test = testWithDatabase(tables);

void test("the same with node:test", async ({ db }) => {
  const { orders } = await seed(db, {
    orders: [{ status: "placed", lines: [{ sku: "tea", quantity: 2 }] }],
    stock: [{ sku: "tea", count: 5 }],
  });
  await ship(db, Orders.keyOf(orders[0]));
  assert.deepEqual(await db.stock.get({ sku: "tea" }), { sku: "tea", count: 3 });
});
