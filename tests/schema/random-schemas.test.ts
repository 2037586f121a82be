import { connect, defineTable } from "@fieldwise/schema";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import * as z from "zod";
import { tables } from "../../packages/schema/test-support/schema-arbitrary.ts";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";

describeOnEachServer("schemas drawn at random", ({ client, createTable }) => {
  it("give back every valid item as it was put", async () => {
    const name = await createTable({ partitionKey: { name: "id", type: "S" } });
    await fc.assert(
      fc.asyncProperty(tables, async ({ schema, item: drawn }) => {
        const table = defineTable({
          name,
          schema: z.object({ id: z.string(), drawn: schema }),
          partitionKey: "id",
        });
        const db = connect(client, { table });
        const item = { id: "a", drawn };
        await db.table.put(item);
        expect(await db.table.get({ id: "a" }, { consistentRead: true })).toEqual(item);
        const { items } = await db.table.batchGet([{ id: "a" }], { consistentRead: true });
        expect(items).toEqual([item]);
      }),
      { numRuns: 150 },
    );
  });
});
