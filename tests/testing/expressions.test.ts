import { F, marshall, type UpdateAction } from "@fieldwise/core";
import { type Condition, connect, isConditionalCheckFailed, not } from "@fieldwise/schema";
import { arbitrary, arbitraryCondition, arbitraryUpdate } from "@fieldwise/testing";
import * as fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { outcomeOf } from "../../packages/testing/src/arbitrary/update-outcome.ts";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";
import { richTable } from "../support/rich-table.ts";

describeOnEachServer("expressions drawn at random", (suite) => {
  const { client, uniqueTableName, createTable, deviates } = suite;
  const Things = richTable(uniqueTableName());
  const { things } = connect(client, { things: Things });
  const key = { customer: "c", number: 1 };
  const items = arbitrary(Things, { values: key });

  beforeAll(async () => {
    await things.table.create({ wait: true });
  });

  const several = <Value>(values: fc.Arbitrary<Value>, count: number): fc.Arbitrary<Value[]> =>
    fc.array(values, { maxLength: count, size: "max" });

  it("are conditions that writes and filters take, and understand alike", async () => {
    const itemAndConditions = items.chain((item) =>
      fc.tuple(fc.constant(item), several(arbitraryCondition(Things, { item }), 20)),
    );
    const counts = { held: 0, failed: 0 };
    const holds = async (condition: Condition<typeof Things.name>): Promise<boolean> => {
      try {
        await things.update(key, Things.F("gift").set(true), { condition });
        return true;
      } catch (error) {
        if (isConditionalCheckFailed(error, Things)) return false;
        throw error;
      }
    };
    await fc.assert(
      fc.asyncProperty(itemAndConditions, async ([drawn, conditions]) => {
        const item = { ...drawn, gift: true };
        await things.put(item);
        for (const condition of conditions) {
          const filtered = await things.scan({ filter: condition }).toArray();
          const held = filtered.length > 0;
          expect(filtered).toEqual(held ? [item] : []);
          expect(await holds(condition)).toBe(held);
          expect(await holds(not(condition))).toBe(!held);
          counts[held ? "held" : "failed"]++;
        }
      }),
      { numRuns: 25 },
    );
    expect(Math.min(counts.held, counts.failed)).toBeGreaterThan((counts.held + counts.failed) / 5);
  }, 60_000);

  it("are filters that queries of a table and of its indexes take", async () => {
    const itemAndFilters = items.chain((item) =>
      fc.tuple(fc.constant(item), several(arbitraryCondition(Things, { item, keys: false }), 10)),
    );
    await fc.assert(
      fc.asyncProperty(itemAndFilters, async ([item, filters]) => {
        await things.put(item);
        for (const filter of filters) {
          const found = await things.query({ customer: "c" }, { filter }).toArray();
          const { status } = item;
          const indexed = await things.index("byStatus").query({ status }, { filter }).toArray();
          expect(indexed).toEqual(found);
        }
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  it("are updates that leave what the schema takes, of an item that is known", async () => {
    const itemAndUpdates = items.chain((item) =>
      fc.tuple(fc.constant(item), several(arbitraryUpdate(Things, { item }), 10)),
    );
    await fc.assert(
      fc.asyncProperty(itemAndUpdates, async ([item, updates]) => {
        for (const actions of updates) {
          await things.put(item);
          const after = await things.update(key, actions, { returnValues: "ALL_NEW" });
          expect(await things.get(key)).toEqual(after);
          const before = marshall(Things.codec.encodeItem(item));
          const read = outcomeOf(before, actions as unknown as readonly UpdateAction[]);
          expect({ ok: true, item: after }).toEqual(Things.codec.decodeItem(read ?? {}));
        }
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it("are updates that leave what the schema takes, of any item", async () => {
    // A sum has more digits than a number holds only at its very ends.
    const moderate = (value: number | bigint): boolean =>
      Number(value) === 0 || (Math.abs(Number(value)) > 1e-9 && Math.abs(Number(value)) < 2 ** 50);
    const moderateItems = items.filter(({ views, score, big, pair }) =>
      [views, score, big, pair[1]].every(moderate),
    );
    await fc.assert(
      fc.asyncProperty(
        moderateItems,
        several(arbitraryUpdate(Things), 10),
        async (item, updates) => {
          for (const actions of updates) {
            await things.put(item);
            await things.update(key, actions);
            expect(await things.get(key)).toMatchObject(key);
          }
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);

  // The rich table's number set holds integers because of it.
  deviates(
    { dynoxide: "finds duplicates" },
    "add to a set the small number that it has",
    async () => {
      const table = await createTable();
      const item = { id: "a", numbers: new Set([-1e-130]) };
      await client.put(table, item);
      await client.update(table, { id: "a" }, F("numbers").add(new Set([-1e-130])));
      expect(await client.get(table, { id: "a" })).toEqual(item);
    },
  );
});
