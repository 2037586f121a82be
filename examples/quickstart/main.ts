/**
 * A small shop on a real local DynamoDB: `pnpm demo`. Set DYNAMODB_ENDPOINT to run it against another server.
 */
import {
  ConditionalCheckFailed,
  F,
  ifNotExists,
  isDynamoDBError,
  partitionKey,
  sortKey,
  TransactionCanceled,
} from "@fieldwise/core";
import { startDynamoDB } from "@fieldwise/testing";
import { show, step } from "../narration/narrate.ts";

step("Start a DynamoDB");
await using dynamodb = await startDynamoDB();
const client = dynamodb.client();
show("endpoint", dynamodb.endpoint);

// Names of their own, so that the example can run again on a server that keeps its tables.
const run = Date.now().toString(36);
const orders = client.table(`orders-${run}`);
const stock = client.table(`stock-${run}`);

step("Create two tables, and wait until they are active");
const description = await orders.create(
  {
    partitionKey: { name: "customerId", type: "S" },
    sortKey: { name: "orderId", type: "S" },
    globalSecondaryIndexes: {
      byStatus: {
        partitionKey: { name: "status", type: "S" },
        sortKey: { name: "placedAt", type: "S" },
        projection: ["total"],
      },
    },
  },
  { wait: true },
);
await stock.create({ partitionKey: { name: "sku", type: "S" } }, { wait: true });
show("orders", description.status, Object.keys(description.globalSecondaryIndexes));

step("Put an item, unless it is there already");
const order = {
  customerId: "c1",
  orderId: "2026-0001",
  status: "placed",
  placedAt: "2026-11-22T10:00:00Z",
  total: 48,
  lines: [{ sku: "tea", quantity: 2 }],
  tags: new Set(["gift"]),
};
const isNew = F("orderId").notExists();
await orders.put(order, { condition: isNew });
show("condition", isNew.debug());
try {
  await orders.put(order, { condition: isNew, returnValuesOnConditionCheckFailure: "ALL_OLD" });
} catch (error) {
  if (!isDynamoDBError(error, ConditionalCheckFailed)) throw error;
  show("once more", `${error.name}: ${error.message}`);
  show("it holds", error.item?.["status"]);
}

step("Get it back");
const key = { customerId: "c1", orderId: "2026-0001" };
show("the item", await orders.get(key, { consistentRead: true }));
show("a part of it", await orders.get(key, { projection: [F("total"), F("lines", 0, "sku")] }));

step("Update it, on a condition");
const changes = [
  F("status").set("shipped"),
  F("lines", 0, "quantity").increment(1),
  F("total").set(F("total").plus(24)),
  F("views").set(ifNotExists(F("views"), 0).plus(1)),
  F("tags").add(new Set(["express"])),
];
const open = F("status").eq("placed").and(F("total").lt(100));
for (const change of changes) show("change", change.debug());
show("condition", open.debug());
show("now", await orders.update(key, changes, { condition: open, returnValues: "ALL_NEW" }));

step("Write many at once: any number, in requests of 25");
const more = Array.from({ length: 120 }, (_, n) => ({
  customerId: n % 2 === 0 ? "c1" : "c2",
  orderId: `2026-${String(n + 2).padStart(4, "0")}`,
  status: n % 3 === 0 ? "placed" : "delivered",
  placedAt: new Date(Date.UTC(2026, 10, 1, n)).toISOString(),
  total: n,
}));
const left = await orders.batchWrite({ put: more });
show("unprocessed", left.put.length);

step("Query, page after page, as one loop");
const november = partitionKey("customerId").eq("c1").and(sortKey("orderId").beginsWith("2026-"));
show("key condition", november.debug());
show("how many", await orders.count(november));
for await (const item of orders.query(november, {
  filter: F("total").gt(90),
  limit: 3,
  descending: true,
})) {
  show(item["orderId"], item["status"], item["total"]);
}

step("Query an index");
const placed = partitionKey("status").eq("placed").and(sortKey("placedAt").gte("2026-11-05"));
for await (const item of orders.query(placed, { index: "byStatus", limit: 2 }))
  show(item["orderId"], item);

step("Scan with four segments at once");
show("items in all", await orders.scanCount({ segments: 4 }));

step("Get many by their keys: in the order asked, a missing one as undefined");
const { items } = await orders.batchGet({
  keys: [{ customerId: "c2", orderId: "2026-0003" }, { customerId: "c9", orderId: "none" }, key],
  projection: [F("orderId"), F("total")],
});
show("items", items);

step("Transact: take from the stock and place an order, or neither");
await stock.put({ sku: "tea", count: 5 });
const take = (quantity: number, orderId: string) =>
  client.transactWrite([
    {
      put: orders.name,
      item: { ...order, orderId, lines: [{ sku: "tea", quantity }] },
      condition: isNew,
    },
    {
      update: stock.name,
      key: { sku: "tea" },
      actions: F("count").decrement(quantity),
      condition: F("count").gte(quantity),
    },
  ]);
await take(3, "2026-0900");
show("stock", await stock.get({ sku: "tea" }));
try {
  await take(3, "2026-0901");
} catch (error) {
  if (!isDynamoDBError(error, TransactionCanceled)) throw error;
  show(
    "canceled",
    error.reasons.map((reason) => reason.code),
  );
}
show(
  "both as of one moment",
  await client.transactGet([
    { get: orders.name, key: { customerId: "c1", orderId: "2026-0901" } },
    { get: stock.name, key: { sku: "tea" } },
  ]),
);

step("Delete the tables, and wait until they are gone");
await Promise.all([orders.deleteTable({ wait: true }), stock.deleteTable({ wait: true })]);
show("is there still one", await orders.exists());
