import { type Client, F } from "@fieldwise/core";
import { expect, it } from "vitest";
import { describeRequest } from "./description.ts";
import { explain } from "./explain.ts";

const key = { customerId: "c1", orderId: "o1" };

async function explained(run: (client: Client) => unknown): Promise<string> {
  return String(await explain(run));
}

it("writes a write of one item", async () => {
  expect(
    await explained(async (client) => {
      await client.put(
        "orders",
        { ...key, "a.b": [1, { c: new Set(["x"]) }], bytes: new Uint8Array([1]), nothing: null },
        { condition: F("orderId").notExists().or(F("a.b", 0).lt(5)), returnValues: "ALL_OLD" },
      );
      await client.update(
        "orders",
        key,
        [
          F("status").set("shipped"),
          F("lines", 0, "quantity").increment(1),
          F("note").remove(),
          F("tags").add(new Set(["new"])),
        ],
        {
          condition: F("status").eq("placed").and(F("total").lt(100)),
          returnValuesOnConditionCheckFailure: "ALL_OLD",
        },
      );
      await client.delete("orders", key, { returnConsumedCapacity: "TOTAL" });
    }),
  ).toMatchInlineSnapshot(`
    "PutItem on orders
      item:
        customerId: "c1"
        orderId: "o1"
        "a.b": [1, { c: set("x") }]
        bytes: binary "AQ=="
        nothing: null
      condition: attribute_not_exists(orderId) OR "a.b"[0] < 5
      return values: ALL_OLD

    UpdateItem on orders
      key: customerId = "c1", orderId = "o1"
      update: SET status = "shipped", lines[0].quantity = lines[0].quantity + 1 REMOVE note ADD tags set("new")
      condition: status = "placed" AND total < 100
      return values on failed condition: ALL_OLD

    DeleteItem on orders
      key: customerId = "c1", orderId = "o1"
      return consumed capacity: TOTAL"
  `);
});

it("writes a batch of writes", async () => {
  expect(
    await explained((client) =>
      client.batchWrite({
        orders: { put: [{ ...key, n: 1 }], delete: [{ customerId: "c2", orderId: "o2" }] },
        stock: { put: [{ sku: "A-1" }] },
      }),
    ),
  ).toMatchInlineSnapshot(`
    "BatchWriteItem on orders, stock
      orders
        delete: customerId = "c2", orderId = "o2"
        put: { customerId: "c1", orderId: "o1", n: 1 }
      stock
        put: { sku: "A-1" }"
  `);
});

it("writes reads of one item and of many", async () => {
  expect(
    await explained(async (client) => {
      await client.get("orders", key, { projection: [F("lines", 0, "sku"), "a.b"] });
      await client.batchGet({
        orders: { keys: [key], projection: ["total"], consistentRead: true },
        stock: [{ sku: "A-1" }, { sku: "A-2" }],
      });
      await client.transactGet([
        { get: "orders", key },
        { get: "stock", key: { sku: "A-1" }, projection: ["count"] },
      ]);
    }),
  ).toMatchInlineSnapshot(`
    "GetItem on orders
      key: customerId = "c1", orderId = "o1"
      projection: lines[0].sku, "a.b"

    BatchGetItem on orders, stock
      orders
        key: customerId = "c1", orderId = "o1"
        projection: total, customerId, orderId
        consistent read: true
      stock
        key: sku = "A-1"
        key: sku = "A-2"

    TransactGetItems on orders, stock
      Get on orders
        key: customerId = "c1", orderId = "o1"
      Get on stock
        key: sku = "A-1"
        projection: count"
  `);
});

it("writes PartiQL", async () => {
  expect(
    await explained(async (client) => {
      await client.executeStatement("SELECT * FROM orders\nWHERE id = ?", ["a"], { limit: 2 });
      await client.batchExecuteStatement([
        { statement: "SELECT * FROM a WHERE id = ?", parameters: [1] },
        { statement: "DELETE FROM b WHERE id = 'x'" },
      ]);
      await client.executeTransaction([
        { statement: "UPDATE a SET n = ? WHERE id = ?", parameters: [{ b: [1] }, "x"] },
      ]);
    }),
  ).toMatchInlineSnapshot(`
    "ExecuteStatement on orders
      statement: SELECT * FROM orders
        WHERE id = ?
      parameters: "a"
      limit: 2

    BatchExecuteStatement on a, b
      statement: SELECT * FROM a WHERE id = ?
        parameters: 1
      statement: DELETE FROM b WHERE id = 'x'

    ExecuteTransaction on a
      statement: UPDATE a SET n = ? WHERE id = ?
        parameters: { b: [1] }, "x"
      client request token: given"
  `);
});

it("shows what it does not know, and what is malformed, as it is", () => {
  expect(
    describeRequest("PutItem", ["t"], {
      TableName: "t",
      Item: 1,
      Expected: { a: { Exists: false } },
    }),
  ).toEqual(["PutItem on t", "  item: 1", '  Expected: {"a":{"Exists":false}}']);
  expect(describeRequest("GetItem", [], { Key: "a", __proto__: null })).toEqual([
    "GetItem",
    '  key: "a"',
  ]);
  expect(
    describeRequest("BatchWriteItem", [], { RequestItems: { t: [{ PutRequest: 1 }, 2] } }),
  ).toEqual(["BatchWriteItem", "  t", '    {"PutRequest":1}']);
  expect(describeRequest("BatchGetItem", [], { RequestItems: { t: 1 } })).toEqual([
    "BatchGetItem",
    "  t",
    "    1",
  ]);
  expect(describeRequest("TransactWriteItems", [], { TransactItems: [{ Put: 1 }, "x"] })).toEqual([
    "TransactWriteItems",
    "  Put: 1",
  ]);
  expect(describeRequest("BatchWriteItem", [], { RequestItems: "x" })).toEqual(["BatchWriteItem"]);
  expect(describeRequest("Made up", [], { a: 1 })).toEqual(["Made up", "  {", '    "a": 1', "  }"]);
});
