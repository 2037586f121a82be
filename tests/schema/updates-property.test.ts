import { connect } from "@fieldwise/schema";
import * as fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";
import { items, tableOf, updates } from "../support/random-updates.ts";

describeOnEachServer("any update", ({ client, uniqueTableName }) => {
  const Things = tableOf(uniqueTableName());
  const { things } = connect(client, { things: Things });

  beforeAll(async () => {
    await things.table.create({ wait: true });
  });

  it("does on the server what it does to a plain object", async () => {
    await fc.assert(
      fc.asyncProperty(items, updates, async (before, drawn) => {
        await things.put(before);
        const expected = structuredClone(before);
        for (const { apply } of drawn) apply(expected, before);
        const actions = drawn.map(({ action }) => action(Things.F)) as never;
        const returned = await things.update({ id: "x" }, actions, { returnValues: "ALL_NEW" });
        expect(returned).toEqual(expected);
        expect(await things.get({ id: "x" })).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });
});
