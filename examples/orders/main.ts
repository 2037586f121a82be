/** A shop whose tables are declared once, in zod, on a real local DynamoDB: `pnpm demo`. */
import { isDynamoDBError, TransactionCanceled } from "@fieldwise/core";
import { connect, InvalidItem, ItemExists } from "@fieldwise/schema";
import { startDynamoDB } from "@fieldwise/testing";
import { show, step } from "../narration/narrate.ts";
import { Orders, Stock } from "./tables.ts";

step("Start a DynamoDB, and connect the tables to it");
await using dynamodb = await startDynamoDB();
const db = connect(dynamodb.client(), { orders: Orders, stock: Stock });
const { F } = Orders;
show("endpoint", dynamodb.endpoint);

step("Create the tables, as their schemas define them");
await db.orders.table.create({ wait: true });
await db.stock.table.create({ wait: true });
show("orders", db.orders.table.definition);
show("deployed", (await db.orders.table.diff()).text);

step("Put an order: defaults filled in, the Date encoded, all of it validated");
const order = {
  customerId: "c1",
  orderId: "o1",
  status: "placed",
  placedAt: new Date("2026-11-22T10:00:00Z"),
  total: 12,
  lines: [{ sku: "tea", quantity: 2 }],
} as const;
await db.orders.put(order);
const key = { customerId: "c1", orderId: "o1" };
show("read back", await db.orders.get(key));

step("What does not fit is refused before any request, all of it at once");
try {
  await db.orders.put({ ...order, total: -1, lines: [{ sku: "tea", quantity: 0.5 }] });
} catch (error) {
  if (!(error instanceof InvalidItem)) throw error;
  show(error.name, error.message);
}
try {
  await db.orders.create(order);
} catch (error) {
  if (!(error instanceof ItemExists)) throw error;
  show(error.name, error.message);
}

step("Update it, on a condition");
const shipped = await db.orders.update(
  key,
  [F("status").set("shipped"), F("lines", 0, "quantity").increment(1)],
  { condition: F("status").eq("placed").and(F("total").lt(100)), returnValues: "ALL_NEW" },
);
show("now", shipped.status, shipped.lines);
show(
  "patched",
  await db.orders.patch(key, { note: "leave it at the door" }, { returnValues: "UPDATED_NEW" }),
);

step("Query the table, and an index");
const more = Array.from({ length: 30 }, (_, n) => ({
  customerId: "c1",
  orderId: `2026-${n + 10}`,
  status: n % 2 === 0 ? ("placed" as const) : ("delivered" as const),
  placedAt: new Date(Date.UTC(2026, 0, n + 1)),
  total: n,
  lines: [],
}));
await db.orders.batchPut(more);
for await (const each of db.orders.query(
  { customerId: "c1", orderId: { beginsWith: "2026-" } },
  { filter: F("total").gt(10), limit: 2 },
)) {
  show(each.orderId, each.placedAt.toISOString(), each.total);
}
const placed = { status: "placed", placedAt: { gte: new Date("2026-01-20") } } as const;
for await (const each of db.orders.index("byStatus").query(placed, { limit: 2 }))
  show(each.orderId, each);

step("Page by page, with a cursor");
const pages = db.orders.query({ customerId: "c1" }, { pageSize: 20, project: [F("orderId")] });
const first = await pages.page();
const second = await pages.page({ cursor: first.cursor });
show("items", first.items.length, second.items.length, "last", second.items.at(-1));

step("Transact: place an order and take from the stock, or neither");
await db.stock.put({ sku: "tea", count: 1 });
const buy = (orderId: string) =>
  db.transactWrite((tx) => [
    tx.orders.put({ ...order, orderId, lines: [] }, { condition: F("orderId").notExists() }),
    tx.stock.update({ sku: "tea" }, [Stock.F("count").increment(-1)], {
      condition: Stock.F("count").gte(1),
    }),
  ]);
await buy("o2");
try {
  await buy("o3");
} catch (error) {
  if (!isDynamoDBError(error, TransactionCanceled)) throw error;
  show(
    "canceled",
    error.reasons.map(({ code }) => code),
  );
}
const [bought, left] = await db.transactGet((tx) => [
  tx.orders.get({ customerId: "c1", orderId: "o2" }),
  tx.stock.get({ sku: "tea" }),
]);
show("both as of one moment", bought?.total, left?.count);
