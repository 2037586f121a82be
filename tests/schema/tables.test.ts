import { connect, defineTable, epochSeconds } from "@fieldwise/schema";
import * as z from "zod";
import { beforeAll, describe, expect, it } from "vitest";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";
import { ordersTable, stockTable } from "../support/schema-tables.ts";

const schema = z.object({
  id: z.string(),
  n: z.number(),
  a: z.string().optional(),
  b: z.string().optional(),
  size: z.number().optional(),
  until: epochSeconds().optional(),
});
const keys = { partitionKey: "id", sortKey: "n" } as const;

describeOnEachServer("tables of schemas", ({ client, uniqueTableName }) => {
  const tableOf = (table: Parameters<typeof connect>[1][string]) =>
    connect(client, { t: table }).t.table;

  it("are created with all that their schemas say, and agree with them then", async () => {
    const Orders = ordersTable(uniqueTableName());
    const table = tableOf(Orders);
    expect(table.name).toBe(Orders.name);
    expect(table.definition).toEqual({
      partitionKey: { name: "customerId", type: "S" },
      sortKey: { name: "orderId", type: "S" },
      globalSecondaryIndexes: {
        byStatus: {
          partitionKey: [{ name: "status", type: "S" }],
          sortKey: [{ name: "placedAt", type: "S" }],
          projection: ["total"],
        },
        byNote: {
          partitionKey: [{ name: "note", type: "S" }],
          sortKey: [],
          projection: "KEYS_ONLY",
        },
      },
      localSecondaryIndexes: {
        byTotal: { sortKey: { name: "total", type: "N" }, projection: "ALL" },
      },
    });
    expect(await table.exists()).toBe(false);
    await expect(table.describe()).rejects.toMatchObject({ name: "ResourceNotFound" });
    await expect(table.diff()).rejects.toMatchObject({ name: "ResourceNotFound" });
    // Without waiting, UpdateTimeToLive would come too early.
    const created = await table.create({ wait: false });
    expect(created).toMatchObject({ name: Orders.name, status: "ACTIVE" });
    expect(await table.exists()).toBe(true);
    expect(await table.describe()).toMatchObject({ sortKey: { name: "orderId", type: "S" } });
    const { status, attribute } = await table.describeTimeToLive();
    expect([status?.startsWith("ENABL"), attribute]).toEqual([true, "expires"]);
    expect(await table.diff()).toEqual({
      differences: [],
      text: `Table ${Orders.name} is deployed as its schema says.`,
    });
    await expect(table.create()).rejects.toMatchObject({
      name: expect.stringMatching(/InUse|Exists/) as string,
    });
    await table.delete({ wait: true });
    expect(await table.exists()).toBe(false);
  });

  it("can be created without a time to live, which then can't be set", async () => {
    const table = tableOf(stockTable(uniqueTableName()));
    await table.create({ wait: true });
    expect((await table.describeTimeToLive()).status).toBe("DISABLED");
    await expect(table.enableTimeToLive()).rejects.toThrow(/names no ttl attribute/);
    await expect(table.disableTimeToLive()).rejects.toThrow(/names no ttl attribute/);
    expect((await table.diff()).differences).toEqual([]);
  });

  describe("diff", () => {
    const name = uniqueTableName();
    const deployed = defineTable({
      name,
      schema,
      ...keys,
      indexes: {
        byA: { partitionKey: "a", projection: ["b", "size"] },
        byB: { partitionKey: "b" },
        bySize: { sortKey: "size", projection: "keys" },
      },
      billing: { readCapacityUnits: 1, writeCapacityUnits: 2 },
      stream: "NEW_IMAGE",
      ttl: "until",
    });
    const diff = (table: Parameters<typeof tableOf>[0]) => tableOf(table).diff();
    const like = { name, schema, ...keys, ttl: "until", stream: "NEW_IMAGE" } as const;
    const billing = { readCapacityUnits: 1, writeCapacityUnits: 2 };
    const indexes = {
      byA: { partitionKey: "a", projection: ["size", "b"] },
      byB: { partitionKey: "b" },
      bySize: { sortKey: "size", projection: "keys" },
    } as const;
    beforeAll(async () => {
      await tableOf(deployed).create({ wait: true });
    });

    it("finds none where only the order of a projection differs", async () => {
      expect((await diff(deployed)).differences).toEqual([]);
      expect((await diff(defineTable({ ...like, billing, indexes }))).differences).toEqual([]);
    });

    it("tells of keys", async () => {
      const other = defineTable({
        ...like,
        partitionKey: "n" as never,
        sortKey: undefined as never,
        billing,
      });
      const { differences } = await diff(other);
      expect(differences.slice(0, 2)).toEqual([
        {
          aspect: "partitionKey",
          schema: { name: "n", type: "N" },
          deployed: { name: "id", type: "S" },
        },
        { aspect: "sortKey", schema: undefined, deployed: { name: "n", type: "N" } },
      ]);
    });

    it("tells of indexes that are missing on either side, and of their parts", async () => {
      const other = defineTable({
        ...like,
        billing,
        indexes: {
          byA: { partitionKey: "a", sortKey: "b", projection: "all" },
          bySize: { sortKey: "size", projection: ["a"] },
          constructor: { partitionKey: "size" },
        },
      });
      const { differences, text } = await diff(other);
      expect(differences).toEqual([
        { aspect: "indexes.byA.sortKey", schema: [{ name: "b", type: "S" }], deployed: [] },
        { aspect: "indexes.byA.projection", schema: "ALL", deployed: ["b", "size"] },
        {
          aspect: "indexes.constructor",
          schema: { partitionKey: [{ name: "size", type: "N" }], sortKey: [], projection: "ALL" },
          deployed: undefined,
        },
        {
          aspect: "indexes.byB",
          schema: undefined,
          deployed: { partitionKey: [{ name: "b", type: "S" }], sortKey: [], projection: "ALL" },
        },
        { aspect: "indexes.bySize.projection", schema: ["a"], deployed: "KEYS_ONLY" },
      ]);
      expect(text.split("\n")).toHaveLength(6);
      expect(text).toContain(`Table ${name} differs from its schema:\n`);
      expect(text).toContain(
        '  indexes.byA.projection: the schema says "ALL", deployed is ["b","size"]',
      );
    });

    it("tells of time to live, billing, stream and protection", async () => {
      const other = defineTable({ name, schema, ...keys, indexes, deletionProtection: true });
      const { differences, text } = await diff(other);
      expect(differences).toEqual([
        { aspect: "ttl", schema: undefined, deployed: "until" },
        { aspect: "billing", schema: "PAY_PER_REQUEST", deployed: billing },
        { aspect: "stream", schema: undefined, deployed: "NEW_IMAGE" },
        { aspect: "deletionProtection", schema: true, deployed: false },
      ]);
      expect(text).toContain('  ttl: the schema says nothing, deployed is "until"');
    });
  });
});
