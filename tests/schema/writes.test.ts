import { ConditionalCheckFailed } from "@fieldwise/core";
import {
  connect,
  defineTable,
  InvalidItem,
  isConditionalCheckFailed,
  ItemExists,
  ItemNotFound,
  isoDate,
} from "@fieldwise/schema";
import * as z from "zod";
import { beforeAll, describe, expect, it } from "vitest";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";
import { RecordingHandler } from "../support/request-handlers.ts";
import { untyped } from "../support/refused.ts";
import { order, ordersTable } from "../support/schema-tables.ts";

describeOnEachServer("writes through a schema", ({ client, newClient, uniqueTableName }) => {
  const Orders = ordersTable(uniqueTableName());
  const db = connect(client, { orders: Orders });
  const { F } = Orders;
  const key = (orderId: string) => ({ customerId: "c1", orderId });
  const defaults = { status: "placed", tags: new Set() } as const;

  beforeAll(async () => {
    await db.orders.table.create({ wait: true });
  });

  it("puts an item with defaults filled in and values encoded", async () => {
    expect(await db.orders.put(order("put", { tags: new Set(["a"]) }))).toBeUndefined();
    expect(await client.get(Orders.name, key("put"))).toEqual({
      ...order("put"),
      placedAt: "2026-11-22T10:00:00.000Z",
      status: "placed",
      tags: new Set(["a"]),
    });
    expect(await db.orders.get(key("put"), { consistentRead: true })).toEqual({
      ...order("put"),
      status: "placed",
      tags: new Set(["a"]),
    });
  });

  it("stores an empty set as no attribute, and reads none as an empty set", async () => {
    await db.orders.put(order("empty-set", { tags: new Set<string>() }));
    expect(await client.get(Orders.name, key("empty-set"))).not.toHaveProperty("tags");
    expect((await db.orders.get(key("empty-set")))?.tags).toEqual(new Set());
  });

  it("tells all issues of an item in one error, before any request", async () => {
    const requestHandler = new RecordingHandler();
    const quiet = connect(newClient({ requestHandler }), { orders: Orders });
    const bad = order("bad", {
      total: -1,
      lines: [{ sku: "", quantity: 0.5 }],
      note: "a note of more than twenty characters",
      placedAt: untyped("yesterday"),
    });
    const paths = ["placedAt", "total", "lines.0.sku", "lines.0.quantity", "note"];
    for (const attempt of [
      () => quiet.orders.put(bad),
      () => quiet.orders.create(bad),
      () => quiet.orders.upsert(bad),
      () => quiet.orders.batchPut([order("good"), bad]),
      () => quiet.transactWrite((tx) => [tx.orders.put(bad)]),
    ]) {
      const error = await attempt().then(
        () => undefined,
        (thrown: unknown) => thrown as InvalidItem,
      );
      expect(error).toBeInstanceOf(InvalidItem);
      expect(new Set(error?.issues.map(({ path }) => path.join(".")))).toEqual(new Set(paths));
      expect(error?.message).toContain(Orders.name);
      expect(error?.message).not.toContain("yesterday");
    }
    expect(requestHandler.operations).toEqual([]);
  });

  it.each([
    ["get", () => db.orders.get(untyped({ customerId: "c1" }))],
    ["update", () => db.orders.update(untyped({ orderId: "x" }), F("total").set(1))],
    ["delete", () => db.orders.delete(untyped({ customerId: "c1", orderId: 5 }))],
    ["delete", () => db.orders.delete(untyped({ ...key("a"), total: 1 }))],
    ["batchGet", () => db.orders.batchGet([untyped({ ...key(""), orderId: "" })])],
  ] as const)("refuses a key that is none, in %s", async (_, attempt) => {
    await expect(attempt()).rejects.toThrow(/^The key does not fit the schema of table/);
  });

  it("gives the old item where asked for, decoded", async () => {
    expect(await db.orders.put(order("old"), { returnValues: "ALL_OLD" })).toBeUndefined();
    const old = await db.orders.put(order("old", { total: 13 }), { returnValues: "ALL_OLD" });
    expect(old).toEqual({ ...order("old"), ...defaults });
    const deleted = await db.orders.delete(key("old"), { returnValues: "ALL_OLD" });
    expect(deleted).toEqual({ ...order("old"), ...defaults, total: 13 });
    expect(await db.orders.delete(key("old"), { returnValues: "ALL_OLD" })).toBeUndefined();
    expect(await db.orders.delete(key("old"))).toBeUndefined();
  });

  describe("create", () => {
    it("stores an item once", async () => {
      await db.orders.create(order("created"));
      const again = db.orders.create(order("created", { total: 99 }));
      await expect(again).rejects.toBeInstanceOf(ItemExists);
      await expect(again).rejects.toMatchObject({ tableName: Orders.name, key: key("created") });
      expect((await db.orders.getOrThrow(key("created"))).total).toBe(12);
    });

    it("tells its own condition from an item that is there", async () => {
      const condition = F("note").exists();
      const options = { condition };
      const attempt = db.orders.create(order("conditional"), options);
      await expect(attempt).rejects.toBeInstanceOf(ConditionalCheckFailed);
      expect(await db.orders.get(key("conditional"))).toBeUndefined();
      await db.orders.create(order("conditional"), { condition: F("note").notExists() });
      const again = db.orders.create(order("conditional"), options);
      await expect(again).rejects.toBeInstanceOf(ItemExists);
    });

    it("knows an item that is there though it does not fit the schema", async () => {
      await client.put(Orders.name, { ...key("misfit"), total: 1, lines: "none" });
      for (const condition of [undefined, F("note").notExists()]) {
        const attempt = db.orders.create(order("misfit"), condition && { condition });
        await expect(attempt).rejects.toBeInstanceOf(ItemExists);
      }
    });

    it("names the key by its own values", async () => {
      const Visits = defineTable({
        name: uniqueTableName(),
        schema: z.object({ page: z.string(), at: isoDate() }),
        partitionKey: "page",
        sortKey: "at",
      });
      const { visits } = connect(client, { visits: Visits });
      await visits.table.create({ wait: true });
      const at = new Date(0);
      await visits.create({ page: "home", at });
      const again = visits.create({ page: "home", at });
      await expect(again).rejects.toMatchObject({ key: { page: "home", at } });
      await expect(again).rejects.toThrow('{ page: "home", at: 1970-01-01T00:00:00.000Z }');
    });
  });

  it("throws from getOrThrow where there is no item", async () => {
    const attempt = db.orders.getOrThrow(key("absent"));
    await expect(attempt).rejects.toBeInstanceOf(ItemNotFound);
    await expect(attempt).rejects.toMatchObject({ tableName: Orders.name, key: key("absent") });
    expect(await db.orders.get(key("absent"))).toBeUndefined();
  });

  it("carries the item on which a condition failed, decoded", async () => {
    await db.orders.put(order("failed", { note: "here" }));
    const options = {
      condition: F("placedAt").gt(new Date("2027-01-01")),
      returnValuesOnConditionCheckFailure: "ALL_OLD",
    } as const;
    const expected = { ...order("failed"), ...defaults, note: "here" };
    for (const attempt of [
      () => db.orders.put(order("failed"), options),
      () => db.orders.delete(key("failed"), options),
      () => db.orders.update(key("failed"), F("total").set(5), options),
      () => db.orders.patch(key("failed"), { total: 5 }, options),
      () => db.orders.upsert(order("failed"), options),
    ]) {
      const error: unknown = await attempt().catch((thrown: unknown) => thrown);
      if (!isConditionalCheckFailed(error, Orders)) throw error;
      expect(error.item).toEqual(expected);
      expect(error.item?.placedAt).toEqual(order("failed").placedAt);
    }
    const { returnValuesOnConditionCheckFailure: _, ...without } = options;
    const error: unknown = await db.orders.delete(key("failed"), without).catch((e: unknown) => e);
    expect(isConditionalCheckFailed(error, Orders) && error.item).toBeUndefined();
    expect(isConditionalCheckFailed(error, ordersTable("another"))).toBe(false);
  });
});
