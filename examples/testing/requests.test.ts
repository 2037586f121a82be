import { Client } from "@fieldwise/core";
import { connect } from "@fieldwise/schema";
import { explain, recordRequests } from "@fieldwise/testing";
import { expect, test } from "vitest";
import { Orders } from "../orders/tables.ts";
import { ship, tables } from "./ship.ts";

const key = { customerId: "c1", orderId: "o1" };
const { F } = Orders;

test("what an operation would send", async () => {
  const explained = await explain(Orders, (orders) =>
    orders.update(key, [F("status").set("shipped"), F("lines", 0, "quantity").increment(1)], {
      condition: F("status").eq("placed").and(F("total").lt(100)),
    }),
  );
  expect(String(explained)).toMatchInlineSnapshot(`
    "UpdateItem on orders
      key: customerId = "c1", orderId = "o1"
      update: SET status = "shipped", lines[0].quantity = lines[0].quantity + 1
      condition: status = "placed" AND total < 100"
  `);
});

test("what a function sent, without a server", async () => {
  const requestHandler = recordRequests({
    answer: (request) =>
      request.is("GetItem")
        ? {
            Item: {
              customerId: { S: "c1" },
              orderId: { S: "o1" },
              status: { S: "placed" },
              placedAt: { S: "2026-01-31T12:00:00.000Z" },
              total: { N: "12" },
              lines: { L: [{ M: { sku: { S: "tea" }, quantity: { N: "2" } } }] },
            },
          }
        : undefined,
  });
  const client = new Client({
    region: "eu-west-1",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "none" },
    requestHandler,
  });
  await ship(connect(client, tables), key);
  expect(requestHandler.requests.map(String).join("\n")).toMatchInlineSnapshot(`
    "GetItem on orders
      key: customerId = "c1", orderId = "o1"
    TransactWriteItems on orders, stock
      Update on orders
        key: customerId = "c1", orderId = "o1"
        update: SET status = "shipped"
        condition: status = "placed"
      Update on stock
        key: sku = "tea"
        update: SET count = count - 2
        condition: count >= 2
      client request token: given"
  `);
});
