import { describe, test } from "vitest";
import { db } from "../../test-support/typed-tables.ts";

const { orders, events, stock, kinds, notes } = db;
const key = { customerId: "c1", orderId: "o1" };

describe("keys", () => {
  test("are whole, and of the right types", () => {
    void orders.get(key);
    void stock.get({ sku: "tea" });
    void events.delete({ id: "a", at: 1 });
    void notes.get({ id: "a" });
    // @ts-expect-error the sort key is missing
    void orders.get({ customerId: "c1" });
    // @ts-expect-error a key attribute is a string
    void orders.get({ customerId: "c1", orderId: 1 });
    // @ts-expect-error a misspelt key attribute
    void orders.delete({ customerId: "c1", order: "o1" });
    // @ts-expect-error an attribute that is no key
    void orders.get({ ...key, total: 1 });
    // @ts-expect-error the partition key is missing
    void notes.get({});
    // @ts-expect-error the key of another table
    void orders.update({ sku: "tea" }, []);
    // @ts-expect-error the key of another table
    void orders.batchGet([{ sku: "tea" }]);
    // @ts-expect-error the sort key is missing
    void orders.batchDelete([{ customerId: "c1" }]);
  });
});

describe("key conditions", () => {
  test("of a table: equal partition key, any condition on the sort key", () => {
    orders.query({ customerId: "c1" });
    orders.query({ customerId: "c1", orderId: "o1" });
    orders.query({ customerId: "c1", orderId: { eq: "o1" } });
    orders.query({ customerId: "c1", orderId: { lt: "o1" } });
    orders.query({ customerId: "c1", orderId: { lte: "o1" } });
    orders.query({ customerId: "c1", orderId: { gt: "o1" } });
    orders.query({ customerId: "c1", orderId: { gte: "o1" } });
    orders.query({ customerId: "c1", orderId: { between: ["a", "b"] } });
    orders.query({ customerId: "c1", orderId: { beginsWith: "2026-" } });
    events.query({ id: "a", at: { gt: 1 } });
    stock.query({ sku: "tea" });
    // @ts-expect-error the partition key is missing
    orders.query({ orderId: "o1" });
    // @ts-expect-error DynamoDB takes no range of partition keys
    orders.query({ customerId: { beginsWith: "c" } });
    // @ts-expect-error a number has no prefix
    events.query({ id: "a", at: { beginsWith: "1" } });
    // @ts-expect-error a string is compared with a string
    orders.query({ customerId: "c1", orderId: { lt: 1 } });
    // @ts-expect-error one condition on a sort key
    orders.query({ customerId: "c1", orderId: { gt: "a", lt: "b" } });
    // @ts-expect-error no such operator of key conditions
    orders.query({ customerId: "c1", orderId: { ne: "o1" } });
    // @ts-expect-error between takes two
    orders.query({ customerId: "c1", orderId: { between: ["a"] } });
    // @ts-expect-error a condition on a sort key is one of the operators
    orders.query({ customerId: "c1", orderId: {} });
    // @ts-expect-error what is no key belongs into a filter
    orders.query({ customerId: "c1", total: 1 });
    // @ts-expect-error the table has no sort key
    stock.query({ sku: "tea", count: 1 });
    // @ts-expect-error the partition key is missing
    void orders.count({});
    // @ts-expect-error a query has no segments: each would count them all
    void orders.count({ customerId: "c1" }, { segment: 0, totalSegments: 4 });
    void orders.scanCount({ segment: 0, totalSegments: 4 });
    // @ts-expect-error a misspelt key attribute
    kinds.query({ ids: "a" });
  });

  test("of a global index: its own keys", () => {
    const byStatus = orders.index("byStatus");
    byStatus.query({ status: "placed" });
    byStatus.query({ status: "placed", placedAt: { gte: new Date() } });
    byStatus.query({ status: "placed", placedAt: { between: [new Date(0), new Date()] } });
    orders.index("byNote").query({ note: "x" });
    // @ts-expect-error no such status
    byStatus.query({ status: "lost" });
    // @ts-expect-error a Date is given, not its text
    byStatus.query({ status: "placed", placedAt: { gte: "2026-01-01" } });
    // @ts-expect-error a Date has no prefix
    byStatus.query({ status: "placed", placedAt: { beginsWith: "2026" } });
    // @ts-expect-error the table's key is not the index's
    byStatus.query({ customerId: "c1" });
    // @ts-expect-error an item without its key is not in the index
    orders.index("byNote").query({ note: undefined });
    // @ts-expect-error there is no such index
    orders.index("byStat");
    // @ts-expect-error the table has no indexes
    stock.index("byStatus");
  });

  test("of a local index: the table's partition key and its own sort key", () => {
    const byTotal = orders.index("byTotal");
    byTotal.query({ customerId: "c1" });
    byTotal.query({ customerId: "c1", total: { gt: 1 } });
    // @ts-expect-error the table's partition key is missing
    byTotal.query({ total: 1 });
    // @ts-expect-error the table's sort key is not the index's
    byTotal.query({ customerId: "c1", orderId: "o1" });
  });

  test("of several attributes: all of the partition, then left to right", () => {
    const byPlace = orders.index("byPlace");
    const partition = { status: "placed", note: "x" } as const;
    const at = new Date();
    byPlace.query(partition);
    byPlace.query({ ...partition, placedAt: at });
    byPlace.query({ ...partition, placedAt: { gt: at } });
    byPlace.query({ ...partition, placedAt: at, total: 1 });
    byPlace.query({ ...partition, placedAt: at, total: { gte: 1 } });
    byPlace.query({ ...partition, placedAt: at, total: 1, orderId: { beginsWith: "o" } });
    // @ts-expect-error a part of the partition key is missing
    byPlace.query({ status: "placed" });
    // @ts-expect-error total only after placedAt
    byPlace.query({ ...partition, total: 1 });
    // @ts-expect-error orderId only after total
    byPlace.query({ ...partition, placedAt: at, orderId: "o1" });
    // @ts-expect-error only the last one is a range
    byPlace.query({ ...partition, placedAt: { gt: at }, total: 1 });
    // @ts-expect-error only the last one is a range
    byPlace.query({ ...partition, placedAt: at, total: { gt: 1 }, orderId: "o1" });
  });

  test("are read consistently from tables and local indexes only", () => {
    orders.query({ customerId: "c1" }, { consistentRead: true });
    orders.scan({ consistentRead: true });
    orders.index("byTotal").query({ customerId: "c1" }, { consistentRead: true });
    orders.index("byTotal").scan({ consistentRead: true });
    // @ts-expect-error a global index is always read eventually
    orders.index("byStatus").query({ status: "placed" }, { consistentRead: true });
    // @ts-expect-error a global index is always read eventually
    orders.index("byStatus").scan({ consistentRead: true });
    // @ts-expect-error a global index is always read eventually
    void orders.index("byStatus").count({ status: "placed" }, { consistentRead: true });
    // @ts-expect-error a global index is always read eventually
    void orders.index("byStatus").scanCount({ consistentRead: true });
  });
});
