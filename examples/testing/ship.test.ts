import { TransactionCanceled } from "@fieldwise/core";
import { seed } from "@fieldwise/testing";
import { testWithDatabase } from "@fieldwise/testing/vitest";
import { expect } from "vitest";
import { Orders } from "../orders/tables.ts";
import { ship, tables } from "./ship.ts";

const test = testWithDatabase(tables);

test("what is shipped leaves the stock", async ({ db }) => {
  const { orders } = await seed(db, {
    orders: [{ status: "placed", lines: [{ sku: "tea", quantity: 2 }] }],
    stock: [{ sku: "tea", count: 5 }],
  });
  await ship(db, Orders.keyOf(orders[0]));
  expect(await db.orders.get(Orders.keyOf(orders[0]))).toMatchObject({ status: "shipped" });
  expect(await db.stock.get({ sku: "tea" })).toEqual({ sku: "tea", count: 3 });
});

test("what is not in stock is not shipped", async ({ db }) => {
  const { orders } = await seed(db, {
    orders: [{ status: "placed", lines: [{ sku: "tea", quantity: 2 }] }],
    stock: [{ sku: "tea", count: 1 }],
  });
  await expect(ship(db, Orders.keyOf(orders[0]))).rejects.toThrow(TransactionCanceled);
  expect(await db.orders.get(Orders.keyOf(orders[0]))).toMatchObject({ status: "placed" });
});

const testInFile = testWithDatabase(tables, { per: "file" });

testInFile("one database for all tests of a file: the first writes …", async ({ db }) => {
  await seed(db, { stock: 30 });
  expect(await db.stock.scanCount()).toBe(30);
});

testInFile("… and the second finds it", async ({ db }) => {
  expect(await db.stock.scanCount()).toBe(30);
});
