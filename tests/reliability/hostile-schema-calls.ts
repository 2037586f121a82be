/* oxlint-disable vitest/no-standalone-expect -- what holds of results is said here, and checked by a test */
import type { Client } from "@fieldwise/core";
import { connect } from "@fieldwise/schema";
import { expect } from "vitest";
import { order, ordersTable, stockTable } from "../support/schema-tables.ts";
import { batch, call, type HostileCall } from "./hostile-call.ts";
import {
  checkCount,
  checkItem,
  checkNothing,
  checkOrder,
  checkOrders,
  checkTable,
} from "./hostile-checks.ts";
import { key, page, table, wireKey, wireOrder, wireStock } from "./hostile-wire.ts";

const Orders = ordersTable("orders");
const Stock = stockTable("stock");
const database = (client: Client) => connect(client, { orders: Orders, stock: Stock });

/** Calls of every method of connected tables that reads an answer. */
export const schemaCalls: readonly HostileCall[] = [
  call(
    "orders.get",
    "GetItem",
    { Item: wireOrder },
    (c) => database(c).orders.get(key),
    checkOrder,
  ),
  call(
    "orders.get, unvalidated",
    "GetItem",
    { Item: wireOrder },
    (c) => database(c).orders.get(key, { validate: false }),
    checkItem,
  ),
  call(
    "orders.get, projected",
    "GetItem",
    { Item: { total: wireOrder.total, placedAt: wireOrder.placedAt } },
    (c) => database(c).orders.get(key, { project: [Orders.F("total"), Orders.F("placedAt")] }),
    (item) => {
      if (item === undefined) return;
      expect(item.total).toSatisfy(Number.isFinite);
      expect(item.placedAt).toBeInstanceOf(Date);
    },
  ),
  call("orders.create", "PutItem", {}, (c) => database(c).orders.create(order("o1")), checkNothing),
  call(
    "orders.put",
    "PutItem",
    { Attributes: wireOrder },
    (c) => database(c).orders.put(order("o1"), { returnValues: "ALL_OLD" }),
    checkOrder,
  ),
  call(
    "orders.update",
    "UpdateItem",
    { Attributes: wireOrder },
    (c) => database(c).orders.update(key, Orders.F("total").set(5), { returnValues: "ALL_NEW" }),
    checkOrder,
  ),
  call(
    "orders.patch",
    "UpdateItem",
    { Attributes: { total: { N: "12" }, tags: { SS: ["a"] } } },
    (c) => database(c).orders.patch(key, { total: 12 }, { returnValues: "UPDATED_NEW" }),
    (part) => {
      if (part?.total !== undefined) expect(part.total).toSatisfy(Number.isFinite);
      if (part?.tags !== undefined) expect(part.tags).toBeInstanceOf(Set);
    },
  ),
  call(
    "orders.query",
    "Query",
    page,
    (c) => database(c).orders.query({ customerId: "c1" }, { limit: 50 }).toArray(),
    checkOrders,
  ),
  call(
    "orders.query, skipping",
    "Query",
    page,
    (c) => database(c).orders.query({ customerId: "c1" }, { onInvalid: "skip" }).toArray(),
    checkOrders,
  ),
  call(
    "orders.index",
    "Query",
    {
      Items: [
        { ...wireKey, status: { S: "placed" }, placedAt: wireOrder.placedAt, total: { N: "1" } },
      ],
    },
    (c) => database(c).orders.index("byStatus").query({ status: "placed" }).toArray(),
    (items) => items.forEach(({ placedAt }) => expect(placedAt).toBeInstanceOf(Date)),
  ),
  call(
    "orders.scan, page",
    "Scan",
    { ...page, LastEvaluatedKey: wireKey },
    (c) => database(c).orders.scan().page(),
    ({ items, cursor, count }) => {
      checkOrders(items);
      if (cursor !== undefined) expect(cursor).toBeTypeOf("string");
      checkCount(count);
    },
  ),
  call(
    "orders.batchGet",
    "BatchGetItem",
    { Responses: { orders: [wireOrder] }, UnprocessedKeys: { orders: { Keys: [wireKey] } } },
    (c) => database(c).orders.batchGet([key], batch),
    ({ items }) => checkOrders(items),
  ),
  call(
    "orders.batchWrite",
    "BatchWriteItem",
    { UnprocessedItems: { orders: [{ PutRequest: { Item: wireOrder } }] } },
    (c) => database(c).orders.batchWrite({ put: [order("o1")] }, batch),
    ({ put }) => expect(put.length).toBeLessThanOrEqual(1),
  ),
  call(
    "db.batchGet",
    "BatchGetItem",
    { Responses: { orders: [wireOrder], stock: [wireStock] }, UnprocessedKeys: {} },
    (c) => database(c).batchGet({ orders: [key], stock: [{ sku: "s1" }] }, batch),
    ({ items }) => {
      checkOrders(items.orders);
      items.stock.forEach((item) => item && expect(item.count).toSatisfy(Number.isSafeInteger));
    },
  ),
  call(
    "db.transactGet",
    "TransactGetItems",
    { Responses: [{ Item: wireOrder }, { Item: wireStock }] },
    (c) => database(c).transactGet((tx) => [tx.orders.get(key), tx.stock.get({ sku: "s1" })]),
    ([found, stock]) => {
      checkOrder(found);
      if (stock !== undefined) expect(stock.count).toSatisfy(Number.isSafeInteger);
    },
  ),
  call(
    "db.transactWrite",
    "TransactWriteItems",
    {},
    (c) =>
      database(c).transactWrite((tx) => [tx.orders.delete(key), tx.stock.delete({ sku: "s1" })]),
    checkNothing,
  ),
  call(
    "orders.table.describe",
    "DescribeTable",
    { Table: table },
    (c) => database(c).orders.table.describe(),
    checkTable,
  ),
  call(
    "orders.table.diff",
    "DescribeTable",
    { Table: table },
    (c) => database(c).orders.table.diff(),
    ({ text }) => expect(text).toBeTypeOf("string"),
  ),
];
