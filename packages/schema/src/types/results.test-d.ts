import { Client } from "@fieldwise/core";
import {
  connect,
  defineTable,
  type InferItem,
  type InferStored,
  isConditionalCheckFailed,
  type Projectable,
} from "@fieldwise/schema";
import { describe, expectTypeOf, test } from "vitest";
import * as z from "zod";
import { db, Kinds, Orders, Stock } from "../../test-support/typed-tables.ts";

type Order = InferItem<typeof Orders>;
type Stored = InferStored<typeof Orders>;
type StockItem = InferItem<typeof Stock>;

const { orders, kinds, events } = db;
const { F } = Orders;
const key = { customerId: "c1", orderId: "o1" };
const order = {
  ...key,
  status: "placed",
  placedAt: new Date(),
  total: 1,
  lines: [{ sku: "tea", quantity: 1 }],
} as const;

describe("writes", () => {
  test("take whole items, defaults aside", () => {
    void orders.put(order);
    void orders.create({ ...order, tags: new Set(["a"]), note: "x" });
    void orders.upsert(order);
    void orders.batchPut([order]);
    void orders.batchWrite({ put: [order], delete: [key] });
    void events.put({ id: "a", at: 1, type: "made", by: "x" });
    // @ts-expect-error the rest is missing
    void orders.put(key);
    // @ts-expect-error no such status
    void orders.put({ ...order, status: "lost" });
    // @ts-expect-error a Date is given, not its text
    void orders.put({ ...order, placedAt: "2026-01-01" });
    // @ts-expect-error a part of a line is missing
    void orders.put({ ...order, lines: [{ sku: "tea" }] });
    // @ts-expect-error no such attribute
    void orders.put({ ...order, totl: 1 });
    // @ts-expect-error the rest is missing
    void orders.create(key);
    // @ts-expect-error the rest is missing
    void orders.batchPut([key]);
    // @ts-expect-error what one kind of item has, the other has not
    void events.put({ id: "a", at: 1, type: "made", why: "x" });
    // @ts-expect-error create has a condition of its own, and returns nothing
    void orders.create(order, { returnValues: "ALL_OLD" });
  });

  test("take new values of attributes that are no keys", () => {
    void orders.patch(key, { total: 1, note: undefined });
    void orders.patch(key, { lines: [] as const, placedAt: new Date() });
    void events.patch({ id: "a", at: 1 }, { by: "x" });
    // @ts-expect-error a key is never changed
    void orders.patch(key, { orderId: "o2" });
    // @ts-expect-error it has to be there
    void orders.patch(key, { total: undefined });
    // @ts-expect-error a number
    void orders.patch(key, { total: "1" });
    // @ts-expect-error no such attribute
    void orders.patch(key, { totl: 1 });
  });

  test("give what returnValues asks for", async () => {
    const set = F("total").set(1);
    const values = { total: 1 };
    expectTypeOf(await orders.put(order)).toEqualTypeOf<undefined>();
    expectTypeOf(await orders.put(order, { returnValues: "NONE" })).toEqualTypeOf<undefined>();
    const old = { returnValues: "ALL_OLD" } as const;
    expectTypeOf(await orders.put(order, old)).toEqualTypeOf<Order | undefined>();
    expectTypeOf(await orders.delete(key)).toEqualTypeOf<undefined>();
    expectTypeOf(await orders.delete(key, old)).toEqualTypeOf<Order | undefined>();
    expectTypeOf(await orders.create(order)).toEqualTypeOf<void>();
    expectTypeOf(await orders.update(key, set)).toEqualTypeOf<undefined>();
    expectTypeOf(await orders.update(key, set, old)).toEqualTypeOf<Order | undefined>();
    const all = { returnValues: "ALL_NEW" } as const;
    expectTypeOf(await orders.update(key, set, all)).toEqualTypeOf<Order>();
    expectTypeOf(await orders.patch(key, values, all)).toEqualTypeOf<Order>();
    expectTypeOf(await orders.upsert(order, all)).toEqualTypeOf<Order>();
    const updated = await orders.update(key, set, { returnValues: "UPDATED_NEW" });
    expectTypeOf(updated?.total).toEqualTypeOf<number | undefined>();
    expectTypeOf(updated?.lines?.[0]?.sku).toEqualTypeOf<string | undefined>();
    expectTypeOf(updated?.placedAt).toEqualTypeOf<Date | undefined>();
    const changed = await kinds.update({ id: "a" }, [], { returnValues: "UPDATED_OLD" });
    expectTypeOf(changed?.byName?.get("a")?.n).toEqualTypeOf<number | undefined>();
    expectTypeOf(changed?.texts).toEqualTypeOf<Set<string> | undefined>();
    // @ts-expect-error a put has no new values to give
    await orders.put(order, { returnValues: "ALL_NEW" });
    // @ts-expect-error a delete has no new values to give
    await orders.delete(key, { returnValues: "UPDATED_NEW" });
    // @ts-expect-error no such word
    await orders.update(key, set, { returnValues: "ALL" });
  });

  test("give the old item on the error of a condition", () => {
    const error: unknown = undefined;
    if (isConditionalCheckFailed(error, Orders)) {
      expectTypeOf(error.item).toEqualTypeOf<Order | undefined>();
    }
  });

  test("give what was left unprocessed", async () => {
    const left = await db.stock.batchDelete([{ sku: "tea" }]);
    expectTypeOf(left.delete).toEqualTypeOf<readonly { sku: string }[]>();
    expectTypeOf<StockItem[]>().toExtend<typeof left.put>();
  });
});

describe("reads", () => {
  test("give items", async () => {
    expectTypeOf(await orders.get(key)).toEqualTypeOf<Order | undefined>();
    expectTypeOf(await orders.getOrThrow(key)).toEqualTypeOf<Order>();
    const pages = orders.query({ customerId: "c1" });
    expectTypeOf(await pages.toArray()).toEqualTypeOf<Order[]>();
    expectTypeOf(await pages.first()).toEqualTypeOf<Order | undefined>();
    expectTypeOf((await pages.page()).items).toEqualTypeOf<readonly Order[]>();
    expectTypeOf((await pages.page()).cursor).toEqualTypeOf<string | undefined>();
    for await (const each of orders.scan({ segment: 0, totalSegments: 2 }))
      expectTypeOf(each).toEqualTypeOf<Order>();
    expectTypeOf(await orders.count({ customerId: "c1" })).toBeNumber();
    expectTypeOf(await orders.scanCount()).toBeNumber();
  });

  test("give stored items where nothing is validated", async () => {
    const validate = false;
    expectTypeOf(await orders.get(key, { validate })).toEqualTypeOf<Stored | undefined>();
    expectTypeOf(await orders.scan({ validate }).toArray()).toEqualTypeOf<Stored[]>();
    const part = await orders.getOrThrow(key, { validate, project: [F("placedAt")] });
    expectTypeOf(part.placedAt).toEqualTypeOf<string | undefined>();
    const [placed] = await orders
      .index("byStatus")
      .query({ status: "placed" }, { validate })
      .toArray();
    expectTypeOf(placed?.placedAt).toEqualTypeOf<string | undefined>();
    expectTypeOf(placed).not.toHaveProperty("lines");
  });

  test("give either where it is not known whether they validate", async () => {
    const validate: boolean = Date.now() > 0;
    expectTypeOf(await orders.getOrThrow(key, { validate })).toEqualTypeOf<Order | Stored>();
    const [read] = await db.transactGet((tx) => [tx.orders.get(key, { validate })]);
    expectTypeOf(read?.placedAt).toEqualTypeOf<Date | string | undefined>();
    // @ts-expect-error it may be the text that is stored
    void read?.placedAt.getTime();
  });

  test("give what may be there where it is not known what was asked for", async () => {
    const read = (project: readonly Projectable<"orders">[]) => orders.getOrThrow(key, { project });
    const part = await read([F("total")]);
    expectTypeOf(part.total).toEqualTypeOf<number | undefined>();
    expectTypeOf(part.lines).toEqualTypeOf<{ sku?: string; quantity?: number }[] | undefined>();
    const more = await orders.getOrThrow(key, {
      project: [F("total"), ...([] as Projectable<"orders">[])],
    });
    // @ts-expect-error it may not have been asked for
    void more.lines.length;
  });

  test("give exactly what was asked for", async () => {
    const part = await orders.getOrThrow(key, { project: [F("total"), F("lines", 0, "sku")] });
    expectTypeOf(part).toEqualTypeOf<{ total: number; lines: { sku: string }[] }>();
    // @ts-expect-error it was not asked for
    void part.status;
    // @ts-expect-error it was not asked for
    void part.lines[0]?.quantity;
    const notes = await orders.scan({ project: [F("note"), F("placedAt")] }).toArray();
    expectTypeOf(notes).toEqualTypeOf<{ placedAt: Date; note?: string | undefined }[]>();
    const both = await orders.getOrThrow(key, {
      project: [F("lines", 0, "sku"), F("lines", 0, "quantity"), F("lines", 1, "sku")],
    });
    expectTypeOf(both.lines).toEqualTypeOf<
      ({ sku: string; quantity: number } | { sku: string })[]
    >();
    const whole = await orders.getOrThrow(key, { project: [F("lines"), F("tags")] });
    expectTypeOf(whole).toEqualTypeOf<Pick<Order, "lines" | "tags">>();
    // @ts-expect-error of another table
    void orders.get(key, { project: [Stock.F("count")] });
    // @ts-expect-error attributes of F, not names
    void orders.get(key, { project: ["total"] });
    // @ts-expect-error a condition is no attribute
    void orders.get(key, { project: [F("total").gt(1)] });
  });

  test("give what was asked for of nested values", async () => {
    const at = Kinds.F;
    const read = await kinds.getOrThrow(
      { id: "a" },
      {
        project: [
          at("map", "zip"),
          at("map", "inner", "deep", 0, "n"),
          at("optionalMap", "a"),
          at("tuple", 1),
          at("record", "x"),
          at("byName", "y", "n"),
          at("shape", "radius"),
          at("city"),
        ],
      },
    );
    expectTypeOf(read).toEqualTypeOf<{
      map: { zip?: string | undefined; inner?: { deep: { n: number }[] } | undefined };
      optionalMap?: { a: number } | undefined;
      tuple: number[];
      record: { x?: number };
      byName: Map<string, { n: number }>;
      // oxlint-disable-next-line typescript/no-empty-object-type
      shape: { radius: number } | {};
      city: string | null;
    }>();
  });

  test("give nothing of what a path does not lead into", async () => {
    const place = z.object({ city: z.string(), street: z.string() });
    const Parcels = defineTable({
      name: "parcels",
      schema: z.object({
        id: z.string(),
        from: place.nullable(),
        to: z.union([z.string(), place]).optional(),
        via: z.array(place.nullable()),
        stops: z.record(z.string(), place.nullable()),
      }),
      partitionKey: "id",
    });
    const { parcels } = connect(new Client(), { parcels: Parcels });
    const at = Parcels.F;
    const read = await parcels.getOrThrow(
      { id: "a" },
      {
        project: [
          at("from", "city"),
          at("to", "city"),
          at("via", 0, "city"),
          at("stops", "x", "city"),
        ],
      },
    );
    expectTypeOf(read).toEqualTypeOf<{
      from?: { city: string } | undefined;
      to?: { city: string } | undefined;
      via: { city: string }[];
      stops: { x?: { city: string } };
    }>();
    // @ts-expect-error of null there is nothing
    void read.from.city;
    const whole = await parcels.getOrThrow({ id: "a" }, { project: [at("from")] });
    expectTypeOf(whole).toEqualTypeOf<{ from: { city: string; street: string } | null }>();
  });

  test("of an index give what it holds", async () => {
    const [placed] = await orders.index("byStatus").query({ status: "placed" }).toArray();
    expectTypeOf(placed).toEqualTypeOf<
      Pick<Order, "customerId" | "orderId" | "status" | "placedAt" | "total"> | undefined
    >();
    // @ts-expect-error the index does not carry it
    void placed?.lines;
    const [least] = await orders.index("byTotal").scan().toArray();
    expectTypeOf(least).toEqualTypeOf<
      Pick<Order, "customerId" | "orderId" | "total"> | undefined
    >();
    const [noted] = await orders.index("byNote").query({ note: "x" }).toArray();
    expectTypeOf(noted?.lines).toEqualTypeOf<Order["lines"] | undefined>();
    const [some] = await orders
      .index("byStatus")
      .query({ status: "placed" }, { project: [F("total"), F("note")] })
      .toArray();
    expectTypeOf(some).toEqualTypeOf<{ total: number } | undefined>();
    // Of a local index, what is asked for is fetched from the table.
    const [fetched] = await orders
      .index("byTotal")
      .query({ customerId: "c1" }, { project: [F("total"), F("placedAt"), F("note")] })
      .toArray();
    expectTypeOf(fetched).toEqualTypeOf<
      { total: number; placedAt: Date; note?: string | undefined } | undefined
    >();
  });

  test("of several tables give each its own", async () => {
    const [order1, stock, part] = await db.transactGet((tx) => [
      tx.orders.get(key),
      tx.stock.get({ sku: "tea" }),
      tx.orders.get(key, { project: [F("total")] }),
    ]);
    expectTypeOf(order1).toEqualTypeOf<Order | undefined>();
    expectTypeOf(stock).toEqualTypeOf<StockItem | undefined>();
    expectTypeOf(part).toEqualTypeOf<{ total: number } | undefined>();
    const { items, unprocessedKeys } = await db.batchGet({
      orders: [key],
      stock: { keys: [{ sku: "tea" }], project: [Stock.F("count")], consistentRead: true },
    });
    expectTypeOf(items.orders).toEqualTypeOf<readonly (Order | undefined)[]>();
    expectTypeOf(items.stock).toEqualTypeOf<readonly ({ count: number } | undefined)[]>();
    expectTypeOf(unprocessedKeys.stock).toEqualTypeOf<readonly { sku: string }[]>();
    // @ts-expect-error the table was not asked
    void items.kinds;
    // @ts-expect-error the key of another table
    await db.batchGet({ orders: [{ sku: "tea" }] });
    const raw = await db.batchGet({
      orders: { keys: [key], validate: false },
      stock: { keys: [{ sku: "tea" }], validate: false, project: [Stock.F("count")] },
    });
    expectTypeOf(raw.items.orders).toEqualTypeOf<readonly (Stored | undefined)[]>();
    expectTypeOf(raw.items.stock[0]?.count).toEqualTypeOf<number | undefined>();
    // @ts-expect-error no such table
    await db.batchGet({ order: [key] });
    // @ts-expect-error no such table
    await db.batchGet({ orders: [key], stocks: [{ sku: "tea" }] });
    // @ts-expect-error a misspelt word
    await db.batchGet({ orders: { keys: [key], projection: [F("total")] } });
    // @ts-expect-error a misspelt word
    await db.batchGet({ orders: { keys: [key], consistentread: true } });
    // @ts-expect-error an attribute of another table
    await db.batchGet({ orders: { keys: [key], project: [Stock.F("count")] } });
    // @ts-expect-error the key of another table
    await db.transactGet((tx) => [tx.orders.get({ sku: "tea" })]);
    // @ts-expect-error no such table
    await db.transactGet((tx) => [tx.order.get(key)]);
    // @ts-expect-error a read is no write
    await db.transactWrite((tx) => [tx.orders.get(key)]);
    const one = await db.orders.batchGet([key], { project: [F("total")] });
    expectTypeOf(one.items).toEqualTypeOf<readonly ({ total: number } | undefined)[]>();
  });
});
