import { Client, RetryConfig, ServiceUnavailable } from "@fieldwise/core";
import { connect } from "@fieldwise/schema";
import { createTestDatabase, seed, withFaults } from "@fieldwise/testing";
import { expect, test } from "vitest";
import { Orders } from "../orders/tables.ts";
import { ship, tables } from "./ship.ts";

test("an order whose answer was lost is shipped once", async () => {
  const requestHandler = withFaults({
    faults: [{ fault: "resetAfter", operations: ["TransactWriteItems"], nth: 1 }],
  });
  await using database = await createTestDatabase(tables, { client: { requestHandler } });
  const { db } = database;
  const { orders } = await seed(db, {
    orders: [{ status: "placed", lines: [{ sku: "tea", quantity: 2 }] }],
    stock: [{ sku: "tea", count: 5 }],
  });

  await ship(db, Orders.keyOf(orders[0]));

  expect(requestHandler.log).toMatchObject([
    { fault: "resetAfter", operation: "TransactWriteItems" },
  ]);
  expect(await db.stock.get({ sku: "tea" })).toEqual({ sku: "tea", count: 3 });
});

test("a batch of which a third is left over each time is stored whole", async () => {
  const requestHandler = withFaults({
    seed: 7,
    faults: [
      { fault: "unprocessed", share: 1 / 3 },
      { fault: "throttling", probability: 0.1 },
    ],
  });
  await using database = await createTestDatabase(tables, {
    client: { requestHandler, retry: RetryConfig.static({ delay: 1 }) },
  });
  const stock = Array.from({ length: 200 }, (_, n) => ({ sku: `sku-${n}`, count: n }));
  const left = await database.db.stock.batchPut(stock, {
    unprocessedRetry: RetryConfig.static({ delay: 1 }),
  });
  expect(left).toEqual({ put: [], delete: [] });
  expect(await database.db.stock.scanCount()).toBe(200);
  expect(requestHandler.log.length).toBeGreaterThan(3);
});

test("a fault for any client, around any request handler", async () => {
  const requestHandler = withFaults({ faults: [{ fault: "serviceUnavailable" }] });
  const client = new Client({
    region: "eu-west-1",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "none" },
    requestHandler,
    retry: RetryConfig.none,
  });
  const db = connect(client, tables);
  await expect(db.stock.get({ sku: "tea" })).rejects.toThrow(ServiceUnavailable);
  requestHandler.destroy();
});
