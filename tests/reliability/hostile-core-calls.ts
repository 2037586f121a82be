/* oxlint-disable vitest/no-standalone-expect -- what holds of results is said here, and checked by a test */
import { F, partitionKey } from "@fieldwise/core";
import { expect } from "vitest";
import { batch, call, type HostileCall } from "./hostile-call.ts";
import { checkCount, checkItem, checkItems, checkNothing, checkTable } from "./hostile-checks.ts";
import { capacity, key, page, table, wireKey, wireOrder, wireStock } from "./hostile-wire.ts";

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const result: T[] = [];
  for await (const each of source) result.push(each);
  return result;
}

/** Calls of every method of core's client that reads an answer. */
export const coreCalls: readonly HostileCall[] = [
  call("get", "GetItem", { Item: wireOrder }, (c) => c.get("orders", key), checkItem),
  call(
    "put",
    "PutItem",
    { Attributes: wireOrder, ConsumedCapacity: capacity, ItemCollectionMetrics: {} },
    (c) => c.put("orders", { ...key, n: 1 }, { returnValues: "ALL_OLD", onResponse() {} }),
    checkItem,
  ),
  call(
    "update",
    "UpdateItem",
    { Attributes: wireOrder },
    (c) => c.update("orders", key, F("n").set(1), { returnValues: "ALL_NEW" }),
    checkItem,
  ),
  call(
    "delete",
    "DeleteItem",
    { Attributes: wireOrder },
    (c) => c.delete("orders", key),
    checkItem,
  ),
  call(
    "query",
    "Query",
    page,
    (c) => c.query("orders", partitionKey("customerId").eq("c1"), { limit: 50 }).toArray(),
    checkItems,
  ),
  call(
    "query, page",
    "Query",
    { ...page, LastEvaluatedKey: wireKey },
    (c) => c.query("orders", partitionKey("customerId").eq("c1")).page(),
    ({ items, lastEvaluatedKey, count, scannedCount }) => {
      checkItems(items);
      checkItem(lastEvaluatedKey);
      checkCount(count);
      checkCount(scannedCount);
    },
  ),
  call(
    "scan without end",
    "Scan",
    { ...page, LastEvaluatedKey: wireKey },
    (c) => c.scan("orders").toArray(),
    checkItems,
  ),
  call(
    "scan, segments",
    "Scan",
    page,
    (c) => c.scan("orders", { segments: 3 }).toArray(),
    checkItems,
  ),
  call("scanCount", "Scan", page, (c) => c.scanCount("orders"), checkCount),
  call(
    "batchGet",
    "BatchGetItem",
    {
      Responses: { orders: [wireOrder], stock: [wireStock] },
      UnprocessedKeys: { orders: { Keys: [{ ...wireKey, orderId: { S: "o2" } }] } },
      ConsumedCapacity: [capacity],
    },
    (c) => c.batchGet({ orders: [key, { ...key, orderId: "o2" }], stock: [{ sku: "s1" }] }, batch),
    ({ items }) => {
      expect(items.orders).toHaveLength(2);
      checkItems(items.orders);
      checkItems(items.stock);
    },
  ),
  call(
    "batchWrite",
    "BatchWriteItem",
    {
      UnprocessedItems: {
        orders: [{ PutRequest: { Item: { ...wireKey, n: { N: "1" } } } }],
        stock: [{ DeleteRequest: { Key: { sku: { S: "s1" } } } }],
      },
    },
    (c) =>
      c.batchWrite(
        { orders: { put: [{ ...key, n: 1 }] }, stock: { delete: [{ sku: "s1" }] } },
        batch,
      ),
    ({ unprocessed }) => expect(unprocessed).toBeTypeOf("object"),
  ),
  call(
    "transactGet",
    "TransactGetItems",
    { Responses: [{ Item: wireOrder }, {}] },
    (c) =>
      c.transactGet([
        { get: "orders", key },
        { get: "stock", key: { sku: "s1" } },
      ]),
    (items) => {
      expect(items).toHaveLength(2);
      checkItems(items);
    },
  ),
  call(
    "transactWrite",
    "TransactWriteItems",
    { ConsumedCapacity: [capacity] },
    (c) => c.transactWrite([{ delete: "orders", key }]),
    checkNothing,
  ),
  call(
    "executeStatement",
    "ExecuteStatement",
    { Items: [wireOrder], NextToken: "more" },
    (c) => c.executeStatement("SELECT 1"),
    ({ items }) => checkItems(items),
  ),
  call(
    "batchExecuteStatement",
    "BatchExecuteStatement",
    { Responses: [{ TableName: "orders", Item: wireOrder, Error: { Code: "X", Message: "m" } }] },
    (c) => c.batchExecuteStatement([{ statement: "SELECT 1" }]),
    ([result]) => checkItem(result?.item),
  ),
  call(
    "executeTransaction",
    "ExecuteTransaction",
    { Responses: [{ Item: wireOrder }] },
    (c) => c.executeTransaction([{ statement: "SELECT 1" }]),
    checkItems,
  ),
  call(
    "describeTable",
    "DescribeTable",
    { Table: table },
    (c) => c.describeTable("orders"),
    checkTable,
  ),
  call(
    "createTable",
    "CreateTable",
    { TableDescription: table },
    (c) => c.createTable("orders", { partitionKey: { name: "id", type: "S" } }),
    checkTable,
  ),
  call(
    "deleteTable",
    "DeleteTable",
    { TableDescription: table },
    (c) => c.deleteTable("orders"),
    checkNothing,
  ),
  call(
    "listTables",
    "ListTables",
    { TableNames: ["orders"], LastEvaluatedTableName: "orders" },
    (c) => all(c.listTables()),
    (names) => names.forEach((name) => expect(name).toBeTypeOf("string")),
  ),
  call(
    "listTags",
    "ListTagsOfResource",
    { Tags: [{ Key: "team", Value: "shop" }], NextToken: "more" },
    (c) => c.listTags("arn:aws:dynamodb:eu-west-1:1:table/orders"),
    (tags) => Object.values(tags).forEach((value) => expect(value).toBeTypeOf("string")),
  ),
  call(
    "describeTimeToLive",
    "DescribeTimeToLive",
    { TimeToLiveDescription: { TimeToLiveStatus: "ENABLED", AttributeName: "expires" } },
    (c) => c.describeTimeToLive("orders"),
    ({ status }) => expect(status).toBeTypeOf("string"),
  ),
  call(
    "send",
    "DescribeLimits",
    { AccountMaxReadCapacityUnits: 5 },
    (c) => c.send("DescribeLimits", {}),
    (output) => expect(output).toBeTypeOf("object"),
  ),
];
