import { expect, test } from "vitest";
import { scriptedClient } from "../test-support/scripted-client.ts";
import { F } from "./expressions/attribute-path.ts";
import { partitionKey } from "./expressions/key-condition.ts";
import type { Client } from "./client.ts";
import type { Table } from "./table.ts";

const key = { id: "a" };
const query = partitionKey("id").eq("a");
const definition = { partitionKey: { name: "id", type: "S" } } as const;

/** Each method of a table, and the client's that it stands for. */
const methods: Record<string, [(table: Table) => unknown, (client: Client) => unknown]> = {
  put: [
    (t) => t.put(key, { returnValues: "ALL_OLD" }),
    (c) => c.put("orders", key, { returnValues: "ALL_OLD" }),
  ],
  get: [
    (t) => t.get(key, { consistentRead: true }),
    (c) => c.get("orders", key, { consistentRead: true }),
  ],
  update: [
    (t) => t.update(key, F("n").set(1), { returnValues: "ALL_NEW" }),
    (c) => c.update("orders", key, F("n").set(1), { returnValues: "ALL_NEW" }),
  ],
  delete: [
    (t) => t.delete(key, { condition: F("n").exists() }),
    (c) => c.delete("orders", key, { condition: F("n").exists() }),
  ],
  query: [
    (t) => t.query(query, { limit: 2 }).toArray(),
    (c) => c.query("orders", query, { limit: 2 }).toArray(),
  ],
  scan: [
    (t) => t.scan({ index: "i" }).toArray(),
    (c) => c.scan("orders", { index: "i" }).toArray(),
  ],
  count: [
    (t) => t.count(query, { descending: true }),
    (c) => c.count("orders", query, { descending: true }),
  ],
  scanCount: [(t) => t.scanCount({ pageSize: 5 }), (c) => c.scanCount("orders", { pageSize: 5 })],
  batchGet: [
    (t) => t.batchGet({ keys: [key], consistentRead: true }, { returnConsumedCapacity: "TOTAL" }),
    async (c) => {
      const requests = { orders: { keys: [key], consistentRead: true } };
      const { items } = await c.batchGet(requests, { returnConsumedCapacity: "TOTAL" });
      return { items: items.orders, unprocessedKeys: [] };
    },
  ],
  batchWrite: [
    (t) => t.batchWrite({ put: [key] }, { returnItemCollectionMetrics: "SIZE" }),
    async (c) => {
      await c.batchWrite({ orders: { put: [key] } }, { returnItemCollectionMetrics: "SIZE" });
      return { put: [], delete: [] };
    },
  ],
  exists: [(t) => t.exists(), (c) => c.tableExists("orders")],
  create: [
    (t) => t.create(definition, { wait: true }),
    (c) => c.createTable("orders", definition, { wait: true }),
  ],
  updateTable: [
    (t) => t.updateTable({ stream: false }, { wait: true }),
    (c) => c.updateTable("orders", { stream: false }, { wait: true }),
  ],
  describe: [(t) => t.describe(), (c) => c.describeTable("orders")],
  deleteTable: [
    (t) => t.deleteTable({ wait: false }),
    (c) => c.deleteTable("orders", { wait: false }),
  ],
  enableTimeToLive: [(t) => t.enableTimeToLive("x"), (c) => c.enableTimeToLive("orders", "x")],
  disableTimeToLive: [(t) => t.disableTimeToLive("x"), (c) => c.disableTimeToLive("orders", "x")],
  describeTimeToLive: [(t) => t.describeTimeToLive(), (c) => c.describeTimeToLive("orders")],
  tag: [(t) => t.tag({ a: "b" }), (c) => c.tagTable("orders", { a: "b" })],
  untag: [(t) => t.untag(["a"]), (c) => c.untagTable("orders", ["a"])],
  tags: [(t) => t.tags(), (c) => c.listTags("orders")],
};

const answering = () =>
  scriptedClient(() => ({
    Table: { TableName: "orders", TableArn: "arn:x", TableStatus: "ACTIVE" },
    Items: [{ id: { S: "a" } }],
    Item: { id: { S: "a" } },
    Attributes: { id: { S: "a" } },
    Count: 1,
    Tags: [{ Key: "a", Value: "b" }],
  }));

test.each(Object.entries(methods))(
  "%s sends what the client's method sends",
  async (_, [ofTable, ofClient]) => {
    const [one, other] = [answering(), answering()];
    const result: unknown = await ofTable(one.client.table("orders"));
    const expected: unknown = await ofClient(other.client);
    expect(one.sent.map(({ operation, input }) => [operation, input as unknown])).toEqual(
      other.sent.map(({ operation, input }) => [operation, input as unknown]),
    );
    expect(one.sent.length).toBeGreaterThan(0);
    expect(result).toEqual(expected);
  },
);

test("every method of a table is among them", () => {
  const { client } = answering();
  const prototype = Object.getPrototypeOf(client.table("orders")) as object;
  const names = Object.getOwnPropertyNames(prototype).filter((name) => name !== "constructor");
  expect(names.toSorted()).toEqual(Object.keys(methods).toSorted());
});

test("batches give what they give for the table alone", async () => {
  const { client } = scriptedClient(({ operation }) =>
    operation === "BatchGetItem" ? { Responses: { orders: [{ id: { S: "a" } }] } } : {},
  );
  const table = client.table("orders");
  expect(await table.batchGet([{ id: "b" }, key])).toEqual({
    items: [undefined, key],
    unprocessedKeys: [],
  });
  expect(await table.batchWrite({ put: [key] })).toEqual({ put: [], delete: [] });
});

test("a table knows its name, and checks it at once", () => {
  const { client } = answering();
  expect(client.table("orders").name).toBe("orders");
  expect(() => client.table("no table")).toThrow("'no table' is no table name");
});
