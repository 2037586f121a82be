import { FetchHttpHandler } from "@smithy/fetch-http-handler";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { UndiciHttpHandler } from "@smithy/undici-http-handler";
import { describe, expectTypeOf, test } from "vitest";
import {
  Client,
  F,
  type Item,
  type Page,
  type Pages,
  partitionKey,
  type RequestHandler,
  type WireOutput,
} from "./index.ts";

declare const client: Client;
const key = { id: "a" };

interface Order {
  id: string;
  total: number;
}
declare const order: Order;

describe("items", () => {
  test("are what can be stored", () => {
    expectTypeOf(
      client.put("orders", { id: "a", n: 1n, tags: new Set(["x"]), nested: [{ a: null }] }),
    ).toEqualTypeOf<Promise<Item | undefined>>();
    void client.put("orders", { id: "a", absent: undefined });
    void client.put("orders", { ...order });
    // @ts-expect-error a function can't be stored
    void client.put("orders", { id: () => "a" });
    // @ts-expect-error a Date can't be stored
    void client.put("orders", { at: new Date() });
    // @ts-expect-error a symbol can't be stored
    void client.put("orders", { id: Symbol("a") });
    // @ts-expect-error a Map can't be stored
    void client.put("orders", { id: new Map([["a", 1]]) });
    // @ts-expect-error a set is of one type
    void client.put("orders", { id: new Set(["a", 1]) });
    // @ts-expect-error an item is an object
    void client.put("orders", "a");
    // @ts-expect-error a list is no item
    void client.put("orders", [key]);
  });

  test("return values are DynamoDB's for the operation", () => {
    void client.put("orders", key, { returnValues: "ALL_OLD" });
    void client.update("orders", key, F("n").set(1), { returnValues: "UPDATED_NEW" });
    // @ts-expect-error PutItem has no new values
    void client.put("orders", key, { returnValues: "ALL_NEW" });
    // @ts-expect-error DeleteItem has no new values
    void client.delete("orders", key, { returnValues: "UPDATED_OLD" });
    // @ts-expect-error no such value
    void client.update("orders", key, F("n").set(1), { returnValues: "OLD" });
    // @ts-expect-error no such value
    void client.put("orders", key, { returnConsumedCapacity: "ALL" });
  });

  test("conditions, updates and projections are made with F", () => {
    void client.update("orders", key, [F("a").set(1), F("b").remove()], {
      condition: F("a").exists(),
    });
    void client.get("orders", key, { projection: ["a", F("b", 0)] });
    // @ts-expect-error a boolean is no condition
    void client.put("orders", key, { condition: true });
    // @ts-expect-error a condition is no action
    void client.update("orders", key, F("a").exists());
    // @ts-expect-error a projection is a list
    void client.get("orders", key, { projection: "a" });
    // @ts-expect-error a read has no condition
    void client.get("orders", key, { condition: F("a").exists() });
  });
});

test("queries and scans are iterables of items", () => {
  const pages = client.query("orders", partitionKey("id").eq("a"), { descending: true });
  expectTypeOf(pages).toEqualTypeOf<Pages<Item>>();
  expectTypeOf(pages.toArray()).toEqualTypeOf<Promise<Item[]>>();
  expectTypeOf(pages.first()).toEqualTypeOf<Promise<Item | undefined>>();
  expectTypeOf(pages.page()).toEqualTypeOf<Promise<Page<Item>>>();
  expectTypeOf(client.count("orders", partitionKey("id").eq("a"))).toEqualTypeOf<Promise<number>>();
  // @ts-expect-error a plain key is no key condition
  client.query("orders", key);
  // @ts-expect-error a condition is no key condition
  client.query("orders", F("id").eq("a"));
  // @ts-expect-error a scan has no order
  client.scan("orders", { descending: true });
  // @ts-expect-error a query has no segments
  client.query("orders", partitionKey("id").eq("a"), { segments: 2 });
});

describe("batches", () => {
  test("results have the tables that were given", async () => {
    const { items, unprocessedKeys } = await client.batchGet({
      orders: [key],
      stock: { keys: [key], projection: [F("n")] },
    });
    expectTypeOf(items).toEqualTypeOf<
      Readonly<Record<"orders" | "stock", readonly (Item | undefined)[]>>
    >();
    expectTypeOf(unprocessedKeys.orders?.[0]).toExtend<object | undefined>();
    // @ts-expect-error no such table was asked for
    void items.customers;
    const { unprocessed } = await client.batchWrite({ orders: { put: [key] } });
    expectTypeOf(unprocessed.orders?.put).toExtend<readonly object[] | undefined>();
    // @ts-expect-error no such table was written to
    void unprocessed.stock;
  });

  test("requests are of the right shape", () => {
    // @ts-expect-error one key is no list
    void client.batchGet({ orders: key });
    // @ts-expect-error a list says not whether to put or to delete
    void client.batchWrite({ orders: [key] });
    // @ts-expect-error no such member
    void client.batchWrite({ orders: { puts: [key] } });
  });
});

test("an action of a transaction is one action, with what belongs to it", () => {
  const condition = F("id").notExists();
  void client.transactWrite([
    { put: "orders", item: key, condition },
    { update: "orders", key, actions: F("n").set(1) },
    { delete: "orders", key },
    { check: "orders", key, condition },
  ]);
  // @ts-expect-error a put takes an item
  void client.transactWrite([{ put: "orders", key }]);
  // @ts-expect-error an update takes actions
  void client.transactWrite([{ update: "orders", key }]);
  // @ts-expect-error a check takes a condition
  void client.transactWrite([{ check: "orders", key }]);
  // @ts-expect-error two actions in one
  void client.transactWrite([{ put: "orders", item: key, delete: "orders", key }]);
  // @ts-expect-error a delete changes nothing
  void client.transactWrite([{ delete: "orders", key, actions: F("n").set(1) }]);
  // @ts-expect-error a put has no key beside the item
  void client.transactWrite([{ put: "orders", item: key, key }]);
  // @ts-expect-error no action
  void client.transactWrite([{ get: "orders", key }]);
  // @ts-expect-error a read has no condition
  void client.transactGet([{ get: "orders", key, condition }]);
});

describe("send", () => {
  test("holds known operations to their types", () => {
    expectTypeOf(
      client.send("GetItem", { TableName: "orders", Key: { id: { S: "a" } } }),
    ).toEqualTypeOf<Promise<WireOutput<"GetItem">>>();
    // @ts-expect-error GetItem takes a key
    void client.send("GetItem", { TableName: "orders" });
    // @ts-expect-error a wire key has typed values
    void client.send("GetItem", { TableName: "orders", Key: key });
    // @ts-expect-error a wrong member
    void client.send("ListTables", { limit: 5 });
  });

  test("takes any other operation", () => {
    expectTypeOf(client.send("BrandNewOperation", { Anything: 1 })).toEqualTypeOf<
      Promise<Record<string, unknown>>
    >();
    const name: string = "GetItem";
    expectTypeOf(client.send(name, {})).toEqualTypeOf<Promise<Record<string, unknown>>>();
    // @ts-expect-error an input is an object
    void client.send("BrandNewOperation", "text");
  });
});

test("any smithy request handler will do", () => {
  expectTypeOf<NodeHttpHandler>().toExtend<RequestHandler>();
  expectTypeOf<FetchHttpHandler>().toExtend<RequestHandler>();
  expectTypeOf<UndiciHttpHandler>().toExtend<RequestHandler>();
  for (const requestHandler of [
    new NodeHttpHandler(),
    new FetchHttpHandler(),
    new UndiciHttpHandler(),
  ])
    void new Client({ requestHandler });
  // @ts-expect-error fetch is no request handler
  void new Client({ requestHandler: fetch });
  // @ts-expect-error no such way of reading numbers
  void new Client({ numbers: "float" });
});

test("tables are defined by what DynamoDB knows", () => {
  const partition = { name: "id", type: "S" } as const;
  void client.createTable("orders", {
    partitionKey: partition,
    billing: { readCapacityUnits: 1, writeCapacityUnits: 1 },
    globalSecondaryIndexes: { i: { partitionKey: [partition], projection: ["a"] } },
  });
  // @ts-expect-error a key is of type S, N or B
  void client.createTable("orders", { partitionKey: { name: "id", type: "BOOL" } });
  // @ts-expect-error no such billing
  void client.createTable("orders", { partitionKey: partition, billing: "PROVISIONED" });
  // @ts-expect-error throughput is of reads and writes
  void client.createTable("orders", { partitionKey: partition, billing: { readCapacityUnits: 1 } });
  // @ts-expect-error a table has a partition key
  void client.createTable("orders", {});
});
