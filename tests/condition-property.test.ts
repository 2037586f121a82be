import { partitionKey } from "@fieldwise/core";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { itemAndConditions } from "./support/condition-arbitraries.ts";
import { evaluate } from "./support/condition-reading.ts";
import { buildCondition } from "./support/condition-tree.ts";
import { describeOnEachServer } from "./support/describe-on-each-server.ts";

const numberOfItems = 80;
const conditionsPerItem = 40;

describeOnEachServer("any condition", ({ client, createTable }) => {
  it("holds on the server where it holds in a plain reading of the same tree", async () => {
    const table = await createTable();
    const counts = { held: 0, failed: 0 };
    let nextId = 0;
    const property = fc.asyncProperty(
      itemAndConditions(conditionsPerItem),
      async ([attributes, trees]) => {
        const id = String(nextId++);
        await client.put(table, { ...attributes, id });
        const key = partitionKey("id").eq(id);
        const conditions = trees.map(buildCondition);
        const found = await Promise.all(
          conditions.map((filter) => client.count(table, key, { filter })),
        );
        const label = (index: number): string => conditions[index]!.debug();
        const read = trees.map((tree) => evaluate(tree, attributes));
        for (const holds of read) counts[holds ? "held" : "failed"]++;
        expect(found.map((count, index) => [label(index), count === 1])).toEqual(
          read.map((holds, index) => [label(index), holds]),
        );
      },
    );
    await fc.assert(property, { numRuns: numberOfItems, interruptAfterTimeLimit: 40_000 });
    // The conditions are worth trying: neither do nearly all of them hold nor nearly none.
    expect(Math.min(counts.held, counts.failed)).toBeGreaterThan((counts.held + counts.failed) / 5);
  }, 60_000);
});
