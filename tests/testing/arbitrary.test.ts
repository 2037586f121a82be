import { connect, defineTable } from "@fieldwise/schema";
import { arbitrary, arbitraryKey } from "@fieldwise/testing";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import * as z from "zod";
import { tables } from "../../packages/schema/test-support/schema-arbitrary.ts";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";
import { ordersTable } from "../support/schema-tables.ts";

describeOnEachServer("arbitraries", ({ client, createTable, uniqueTableName }) => {
  it("give items that come back as they were put", async () => {
    const Orders = ordersTable(uniqueTableName());
    const { orders } = connect(client, { orders: Orders });
    await orders.table.create({ wait: true });
    await fc.assert(
      fc.asyncProperty(arbitrary(Orders), async (order) => {
        const { customerId, orderId } = order;
        await orders.put(order);
        const read = await orders.get({ customerId, orderId }, { consistentRead: true });
        expect(read).toEqual(order);
      }),
      { numRuns: 150 },
    );
  });

  it("give keys that the server takes", async () => {
    const Orders = ordersTable(uniqueTableName());
    const { orders } = connect(client, { orders: Orders });
    await orders.table.create({ wait: true });
    await fc.assert(
      fc.asyncProperty(arbitraryKey(Orders), async (key) => {
        expect(await orders.get(key)).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });

  it("of schemas drawn at random too", async () => {
    const name = await createTable({ partitionKey: { name: "id", type: "S" } });
    await fc.assert(
      fc.asyncProperty(tables, fc.integer(), async ({ schema }, seed) => {
        const table = defineTable({
          name,
          schema: z.object({ id: z.string(), drawn: schema }),
          partitionKey: "id",
        });
        const db = connect(client, { table });
        const items = fc.sample(arbitrary(table), { seed, numRuns: 3 });
        for (const item of items) {
          await db.table.put(item);
          expect(await db.table.get({ id: item.id }, { consistentRead: true })).toEqual(item);
        }
      }),
      { numRuns: 60 },
    );
  });
});
