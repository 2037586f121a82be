import {
  type Client,
  ExpressionError,
  F,
  InvalidInput,
  partitionKey,
  sortKey,
  type UpdateAction,
} from "@fieldwise/core";
import { defineTable, InvalidItem, isoDate, ItemNotFound } from "@fieldwise/schema";
import { inspect } from "node:util";
import { afterEach, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { explain } from "./explain.ts";

const Orders = defineTable({
  name: "orders",
  schema: z.object({
    customerId: z.string(),
    orderId: z.string(),
    status: z.enum(["placed", "shipped"]),
    placedAt: isoDate(),
    total: z.number().nonnegative(),
    lines: z.array(z.object({ sku: z.string(), quantity: z.int().positive() })).default([]),
  }),
  partitionKey: "customerId",
  sortKey: "orderId",
  indexes: { byStatus: { partitionKey: "status", sortKey: "placedAt", projection: ["total"] } },
});
const Stock = defineTable({
  name: "stock",
  schema: z.object({ sku: z.string(), count: z.int(), expires: z.int().optional() }),
  partitionKey: "sku",
  ttl: "expires",
});

const key = { customerId: "c1", orderId: "o1" };
const order = {
  ...key,
  status: "placed" as const,
  placedAt: new Date("2026-01-02T03:04:05Z"),
  total: 12,
  lines: [{ sku: "A-1", quantity: 2 }],
};

async function explained(run: (client: Client) => unknown): Promise<string> {
  return String(await explain(run));
}

afterEach(() => vi.unstubAllEnvs());

describe("writes", () => {
  it("of a transaction, typed", async () => {
    const transaction = await explain({ orders: Orders, stock: Stock }, (db) =>
      db.transactWrite((tx) => [
        tx.orders.put(order, { condition: Orders.F("orderId").notExists() }),
        tx.stock.update({ sku: "A-1" }, Stock.F("count").decrement(2), {
          condition: Stock.F("count").gte(2),
        }),
        tx.stock.delete({ sku: "A-2" }),
        tx.orders.check({ customerId: "c1", orderId: "o0" }, Orders.F("total").gt(0)),
      ]),
    );
    expect(String(transaction)).toMatchInlineSnapshot(`
      "TransactWriteItems on orders, stock
        Put on orders
          item:
            customerId: "c1"
            orderId: "o1"
            status: "placed"
            placedAt: "2026-01-02T03:04:05.000Z"
            total: 12
            lines: [{ sku: "A-1", quantity: 2 }]
          condition: attribute_not_exists(orderId)
        Update on stock
          key: sku = "A-1"
          update: SET count = count - 2
          condition: count >= 2
        Delete on stock
          key: sku = "A-2"
        ConditionCheck on orders
          key: customerId = "c1", orderId = "o0"
          condition: total > 0
        client request token: given"
    `);
    expect(transaction.requests[0]?.tables).toEqual(["orders", "stock"]);
    expect(transaction.requests[0]?.tableName).toBeUndefined();
  });
});

describe("reads", () => {
  it("of pages: the first one's", async () => {
    expect(
      await explained((client) =>
        client.query(
          "orders",
          partitionKey("customerId").eq("c1").and(sortKey("orderId").gt("o")),
          {
            filter: F("total").between(1, 5),
            projection: ["total"],
            limit: 5,
            descending: true,
            consistentRead: true,
            startKey: key,
          },
        ),
      ),
    ).toMatchInlineSnapshot(`
      "Query on orders
        key condition: customerId = "c1" AND orderId > "o"
        filter: total BETWEEN 1 AND 5
        projection: total
        order: descending
        start after: customerId = "c1", orderId = "o1"
        limit: 5
        consistent read: true"
    `);
    expect(await explained((client) => client.scanCount("orders", { index: "byStatus" })))
      .toMatchInlineSnapshot(`
      "Scan on orders
        index: byStatus
        select: COUNT"
    `);
    expect(await explained((client) => client.scan("orders", { segments: 2 }).pages()))
      .toMatchInlineSnapshot(`
      "Scan on orders
        segment: 0 of 2

      Scan on orders
        segment: 1 of 2"
    `);
    expect(await explained((client) => client.listTables({ pageSize: 3 }))).toMatchInlineSnapshot(`
      "ListTables
        {
          "Limit": 3
        }"
    `);
  });

  it("of a table, typed", async () => {
    const query = await explain(Orders, (orders) =>
      orders
        .index("byStatus")
        .query({ status: "placed", placedAt: { gte: new Date("2026-01-01T00:00:00Z") } }),
    );
    expect(String(query)).toMatchInlineSnapshot(`
      "Query on orders
        index: byStatus
        key condition: status = "placed" AND placedAt >= "2026-01-01T00:00:00.000Z""
    `);
    expect(query.error).toBeUndefined();
  });
});

it("explains what is done with tables, waiting included", async () => {
  const stock = await explain(Stock, async ({ table }) => {
    await table.create({ wait: true });
    await table.disableTimeToLive({ wait: true });
    await table.delete({ wait: true });
  });
  expect(stock.requests.map(({ operation }) => operation)).toEqual([
    "CreateTable",
    "DescribeTable",
    "UpdateTimeToLive",
    "UpdateTimeToLive",
    "DescribeTimeToLive",
    "DeleteTable",
    "DescribeTable",
  ]);
  expect(String(stock.requests[0])).toMatchInlineSnapshot(`
    "CreateTable on stock
      {
        "AttributeDefinitions": [
          {
            "AttributeName": "sku",
            "AttributeType": "S"
          }
        ],
        "KeySchema": [
          {
            "AttributeName": "sku",
            "KeyType": "HASH"
          }
        ],
        "BillingMode": "PAY_PER_REQUEST"
      }"
  `);
  expect(String(stock.requests[1])).toBe("DescribeTable on stock");
  const tags = await explain((client) => client.tagTable("orders", { team: "shop" }));
  expect(String(tags.requests[1])).toMatchInlineSnapshot(`
    "TagResource on orders
      {
        "ResourceArn": "arn:aws:dynamodb:local:000000000000:table/orders",
        "Tags": [
          {
            "Key": "team",
            "Value": "shop"
          }
        ]
      }"
  `);
});

describe("what is thrown", () => {
  it("is what the operation throws before it sends anything", async () => {
    await expect(explain(Orders, (orders) => orders.put({ ...order, total: -1 }))).rejects.toThrow(
      InvalidItem,
    );
    await expect(explain((client) => client.update("orders", key, []))).rejects.toThrow(
      ExpressionError,
    );
    // What went before does not hide it.
    await expect(
      explain(async (client) => {
        await client.get("orders", key);
        await client.update("orders", key, [] as UpdateAction[]);
      }),
    ).rejects.toThrow(ExpressionError);
  });

  it("is kept where the empty answer is the reason", async () => {
    const found = await explain(Orders, (orders) => orders.getOrThrow(key));
    expect(found.error).toBeInstanceOf(ItemNotFound);
    expect(String(found)).toBe('GetItem on orders\n  key: customerId = "c1", orderId = "o1"');
    const read = await explain(
      async (client) => (await client.get("orders", key))!["total"].length,
    );
    expect(read.error).toBeInstanceOf(TypeError);
    expect(read.requests).toHaveLength(1);
  });

  it("tells where nothing was sent", async () => {
    for (const run of [() => undefined, () => 1, (client: Client) => client.table("orders")])
      await expect(explain(run)).rejects.toThrow("Nothing was sent");
    await expect(explain(Orders, undefined as never)).rejects.toThrow(InvalidInput);
    await expect(explain(undefined as never)).rejects.toThrow(InvalidInput);
  });
});

it("depends on nothing of the environment, and shows itself as text", async () => {
  vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:9/a?b=c");
  vi.stubEnv("AWS_REGION", undefined);
  vi.stubEnv("AWS_ACCESS_KEY_ID", undefined);
  const found = await explain((client) => client.get("orders", key));
  expect(inspect(found)).toBe(String(found));
  expect(inspect(found.requests[0])).toBe(String(found));
});
