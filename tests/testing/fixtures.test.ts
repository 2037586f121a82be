import { connect, defineTable } from "@fieldwise/schema";
import { fixtures } from "@fieldwise/testing";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import * as z from "zod";
import { tables } from "../../packages/schema/test-support/schema-arbitrary.ts";
import { eventsTable } from "../../packages/testing/test-support/events-table.ts";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";
import { ordersTable } from "../support/schema-tables.ts";

describeOnEachServer("fixtures", ({ client, createTable, uniqueTableName }) => {
  it("are what get gives once they were put", async () => {
    const table = eventsTable(uniqueTableName());
    const db = connect(client, { table });
    await db.table.table.create({ wait: true });
    const items = fixtures(table, { seed: 3 }).many(60);
    for (const item of items) {
      await db.table.put(item);
      const { tenant, at } = item;
      expect(await db.table.get({ tenant, at }, { consistentRead: true })).toEqual(item);
    }
    expect(await db.table.scan({ consistentRead: true }).toArray()).toHaveLength(items.length);
  });

  it("are in every index that they have the attributes of", async () => {
    const table = ordersTable(uniqueTableName());
    const db = connect(client, { table });
    await db.table.table.create({ wait: true });
    const items = fixtures(table).many(40, { customerId: "c1" });
    await db.table.batchWrite({ put: items });
    expect(await db.table.count({ customerId: "c1" }, { consistentRead: true })).toBe(40);
    expect(await db.table.index("byTotal").count({ customerId: "c1" })).toBe(40);
    const noted = await db.table.index("byNote").scan().toArray();
    expect(noted).toHaveLength(items.filter(({ note }) => note !== undefined).length);
  });

  it("make what put takes, and keys that there are no items of", async () => {
    const table = ordersTable(uniqueTableName());
    const db = connect(client, { table });
    await db.table.table.create({ wait: true });
    const orders = fixtures(table);
    for (let index = 0; index < 20; index++) await db.table.create(orders.putInput());
    expect(await db.table.get(orders.key())).toBeUndefined();
    expect(await db.table.scan({ consistentRead: true }).toArray()).toHaveLength(20);
  });

  it("are so for schemas drawn at random", async () => {
    const name = await createTable({ partitionKey: { name: "id", type: "S" } });
    await fc.assert(
      fc.asyncProperty(tables, fc.maxSafeInteger(), async ({ schema }, seed) => {
        const table = defineTable({
          name,
          schema: z.object({ id: z.string(), drawn: schema }),
          partitionKey: "id",
        });
        const db = connect(client, { table });
        const items = fixtures(table, { seed }).many(3);
        const keys = items.map(({ id }) => ({ id }));
        await db.table.batchWrite({ put: items });
        const read = await db.table.batchGet(keys, { consistentRead: true });
        expect(read.items).toEqual(items);
      }),
      { numRuns: Number(process.env["RUNS"] ?? 40) },
    );
  });
});
