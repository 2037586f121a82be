/**
 * What applications export without writing its type: the declarations that a compiler emits for these must name nothing but
 * what the packages export. Checked by `pnpm check:typescript`.
 */
import { Client } from "@fieldwise/core";
import {
  and,
  bytes,
  connect,
  decimal,
  defineTable,
  epochMilliseconds,
  epochSeconds,
  isConditionalCheckFailed,
  isoDate,
  jsonString,
  not,
  sortableNumber,
} from "@fieldwise/schema";
import * as z from "zod";

const Category = z.object({
  name: z.string(),
  get children() {
    return z.array(Category);
  },
});

export const Orders = defineTable({
  name: "orders",
  schema: z.object({
    customerId: z.string(),
    orderId: z.string(),
    status: z.enum(["placed", "shipped", "delivered"]),
    placedAt: isoDate(),
    expires: epochSeconds(),
    changed: epochMilliseconds(),
    total: z.number(),
    big: z.bigint(),
    price: decimal(),
    rank: sortableNumber(),
    signature: bytes(),
    settings: jsonString(z.object({ gift: z.boolean() })),
    lines: z.array(z.object({ sku: z.string(), quantity: z.int().positive() })),
    tags: z.set(z.string()).default(() => new Set<string>()),
    note: z.string().optional(),
    category: Category,
  }),
  partitionKey: "customerId",
  sortKey: "orderId",
  ttl: "expires",
  indexes: {
    byStatus: { partitionKey: ["status", "big"], sortKey: ["placedAt"], projection: ["total"] },
    byTotal: { sortKey: "total", projection: "keys" },
  },
});
export const { F, schema } = Orders;
export const open = Orders.F("status").eq("placed");
export const both = and(open, not(Orders.F("total").gt(10)));
export const status = Orders.F("status");
export const key = Orders.F("customerId");
export const note = Orders.F("note");
export const lines = Orders.F("lines");
export const quantity = Orders.F("lines", 0, "quantity");
export const deep = Orders.F("category", "children", 0, "children", 0, "name");
export const tags = Orders.F("tags");
export const size = Orders.F("tags").size();
export const sum = Orders.F("total").plus(1);
export const either = Orders.F("total").ifNotExists(0);
export const tags2 = Orders.F("tags").ifNotExists(new Set());
export const actions = [Orders.F("total").increment(), Orders.F("note").remove()];
export const projection = [Orders.F("total"), Orders.F("lines", 0, "sku")] as const;

export const db = connect(new Client({ region: "eu-west-1" }), { orders: Orders });
export const { orders } = db;
export const byStatus = db.orders.index("byStatus");
export const query = db.orders.query({ customerId: "c1", orderId: { beginsWith: "2026-" } });
export const projected = db.orders.query({ customerId: "c1" }, { project: projection });
export const stored = db.orders.scan({ validate: false });
export const put = orders.put.bind(orders);
export const update = orders.update.bind(orders);
export const patch = orders.patch.bind(orders);
export const find = orders.query.bind(orders);
export const findByStatus = byStatus.query.bind(byStatus);
export const count = byStatus.count.bind(byStatus);
export const { transactWrite, transactGet, batchGet } = db;
export const { definition } = db.orders.table;
export const diff = () => db.orders.table.diff();
export const get = (orderId: string) => db.orders.get({ customerId: "c1", orderId });
export const change = (orderId: string) =>
  db.orders.update({ customerId: "c1", orderId }, actions, { returnValues: "UPDATED_NEW" });
export const batch = () => db.batchGet({ orders: [{ customerId: "c1", orderId: "o1" }] });
export const write = () => db.orders.batchWrite({ delete: [{ customerId: "c1", orderId: "o1" }] });
export const transact = () =>
  db.transactGet((tx) => [
    tx.orders.get({ customerId: "c1", orderId: "o1" }),
    tx.orders.get({ customerId: "c1", orderId: "o2" }, { project: projection }),
  ]);
export const writes = (orderId: string) =>
  db.transactWrite((tx) => [tx.orders.delete({ customerId: "c1", orderId })]);
export const oldItem = (error: unknown) =>
  isConditionalCheckFailed(error, Orders) ? error.item : undefined;
