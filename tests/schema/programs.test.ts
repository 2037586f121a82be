import { ConditionalCheckFailed, TransactionCanceled } from "@fieldwise/core";
import {
  connect,
  type Database,
  type InferItem,
  ItemExists,
  ItemNotFound,
} from "@fieldwise/schema";
import * as fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";
import { items, tableOf, updates } from "../support/random-updates.ts";

type Table = ReturnType<typeof tableOf>;
type Item = InferItem<Table>;
/** What the table must hold, by the key. */
type Held = Map<string, Item>;

describeOnEachServer("any program", ({ client, uniqueTableName }) => {
  const Things = tableOf(uniqueTableName());
  const db = connect(client, { things: Things });
  const { things } = db;
  const steps = stepsOf(db, Things.F);

  beforeAll(async () => {
    await things.table.create({ wait: true });
  });

  it("leaves in the table what it leaves in memory", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { maxLength: 30, size: "max" }), async (program) => {
        await things.batchDelete([{ id: "a" }, { id: "b" }, { id: "c" }]);
        const held: Held = new Map();
        for (const run of program) {
          await run(held);
          const all = ["a", "b", "c"];
          const { items: found } = await things.batchGet(all.map((id) => ({ id })));
          expect(found).toEqual(all.map((id) => held.get(id)));
        }
      }),
      { numRuns: 40, seed: 1 },
    );
  });
});

/** What a program may do: on the table, with what it expects of it, and in memory. */
function stepsOf(
  db: Database<{ things: Table }>,
  F: Table["F"],
): fc.Arbitrary<(held: Held) => Promise<void>> {
  const { things } = db;
  const ids = fc.constantFrom("a", "b", "c");
  const drawnItems = fc.tuple(ids, items).map(([id, item]): Item => ({ ...item, id }));
  const limits = fc.integer({ min: -1000, max: 1000 });

  const step = <Drawn>(
    drawn: fc.Arbitrary<Drawn>,
    run: (value: Drawn, held: Held) => Promise<void>,
  ): fc.Arbitrary<(held: Held) => Promise<void>> =>
    drawn.map((value) =>
      Object.assign((held: Held) => run(value, held), {
        [fc.toStringMethod]: () => `${fc.stringify(value)} by ${run.toString().slice(0, 200)}`,
      }),
    );
  const refused = async (
    outcome: Promise<unknown>,
    error: abstract new (...given: never) => Error,
  ): Promise<void> => {
    await expect(outcome).rejects.toBeInstanceOf(error);
  };

  return fc.oneof(
    step(drawnItems, async (item, held) => {
      const old = await things.put(item, { returnValues: "ALL_OLD" });
      expect(old).toEqual(held.get(item.id));
      held.set(item.id, item);
    }),
    step(drawnItems, async (item, held) => {
      if (held.has(item.id)) return refused(things.create(item), ItemExists);
      await things.create(item);
      held.set(item.id, item);
    }),
    step(fc.tuple(drawnItems, limits), async ([item, limit], held) => {
      const before = held.get(item.id);
      const condition = F("count").lt(limit);
      const replaced = things.put(item, { condition });
      if (before === undefined || before.count >= limit)
        return refused(replaced, ConditionalCheckFailed);
      await replaced;
      held.set(item.id, item);
    }),
    step(fc.tuple(ids, updates), async ([id, drawn], held) => {
      const before = held.get(id);
      const actions = drawn.map(({ action }) => action(F)) as never;
      const condition = F("id").exists();
      const updated = things.update({ id }, actions, { condition, returnValues: "ALL_NEW" });
      if (before === undefined) return refused(updated, ConditionalCheckFailed);
      const after = structuredClone(before);
      for (const { apply } of drawn) apply(after, before);
      expect(await updated).toEqual(after);
      held.set(id, after);
    }),
    step(drawnItems, async ({ id, count, text, tags }, held) => {
      const before = held.get(id);
      const patched = things.patch({ id }, { count, text, tags, at: undefined });
      if (before === undefined) return refused(patched, ItemNotFound);
      await patched;
      const { at: _, ...others } = before;
      held.set(id, { ...others, count, text, tags });
    }),
    step(drawnItems, async (item, held) => {
      const after = { ...held.get(item.id), ...item };
      expect(await things.upsert(item, { returnValues: "ALL_NEW" })).toEqual(after);
      held.set(item.id, after);
    }),
    step(ids, async (id, held) => {
      expect(await things.delete({ id }, { returnValues: "ALL_OLD" })).toEqual(held.get(id));
      held.delete(id);
    }),
    step(fc.tuple(drawnItems, ids), async ([item, id], held) => {
      await things.batchWrite({ put: [item], delete: id === item.id ? [] : [{ id }] });
      if (id !== item.id) held.delete(id);
      held.set(item.id, item);
    }),
    step(fc.tuple(drawnItems, ids, limits), async ([item, id, limit], held) => {
      const condition = F("count").lt(limit);
      const done = db.transactWrite((tx) => [
        tx.things.put(item),
        ...(id === item.id ? [] : [tx.things.delete({ id }, { condition })]),
      ]);
      const { count = limit } = held.get(id) ?? {};
      if (id !== item.id && count >= limit) return refused(done, TransactionCanceled);
      await done;
      held.delete(id);
      held.set(item.id, item);
    }),
    step(limits, async (limit, held) => {
      const found = await things.scan({ filter: F("count").lt(limit), pageSize: 1 }).toArray();
      expect(inOrder(found)).toEqual(inOrder([...held.values()].filter((i) => i.count < limit)));
    }),
  );
}

function inOrder(list: readonly Item[]): readonly Item[] {
  return list.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}
