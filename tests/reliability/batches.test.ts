import { type Client, RetryConfig } from "@fieldwise/core";
import { connect, defineTable } from "@fieldwise/schema";
import { type FaultyHandler, withFaults } from "@fieldwise/testing";
import * as z from "zod";
import { afterEach, expect, expectTypeOf, it } from "vitest";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";
import { recordFigure } from "./figures.ts";
import { profile } from "./profile.ts";
import { choices } from "./workload-random.ts";

// oxlint-disable-next-line typescript/consistent-type-definitions -- an item to put has an index signature
type Stored = { readonly id: string; readonly count: number };

const count = profile.pick(2_000, 10_000);
const keyAttributes = ["id"];
/** Soon enough for a test, and until all is done. */
const patient = RetryConfig.exponential({ base: 2, cap: 20 });
/** Sends what is left once more and then gives up. */
const impatient = RetryConfig.static({ delay: 0, maxAttempts: 2 });

const items: readonly Stored[] = Array.from({ length: count }, (_, index) => ({
  id: `item-${index}`,
  count: index,
}));
const byId = (a: Stored, b: Stored): number => a.count - b.count;

/** Keys in no order: some twice, some of items that are not there; and what is to come for each. */
function asked(): { keys: { id: string }[]; expected: (Stored | undefined)[] } {
  const random = choices(profile.seed, 1);
  const order = random.several(count, count);
  const places = [...order, ...order.slice(0, 100)].flatMap((place, index) =>
    index % 50 === 0 ? [place, count + index] : [place],
  );
  return {
    keys: places.map((place) => ({ id: `item-${place}` })),
    expected: places.map((place) => items[place]),
  };
}

describeOnEachServer("batches of which a third is unprocessed each time", (suite) => {
  const { client, newClient, createTable, uniqueTableName } = suite;
  const handlers: FaultyHandler[] = [];
  afterEach(() => {
    for (const handler of handlers.splice(0)) handler.destroy();
  });

  /** @param lost - Whether answers are lost, too: then what is left unprocessed may have been stored before. */
  function faultyClient(lost: boolean): { client: Client; handler: FaultyHandler } {
    const requestHandler = withFaults({
      seed: profile.seed,
      faults: [
        { fault: "resetAfter", probability: lost ? 0.03 : 0 },
        { fault: "unprocessed", share: 1 / 3 },
      ],
    });
    handlers.push(requestHandler);
    return { client: newClient({ requestHandler, retry: patient }), handler: requestHandler };
  }

  async function schemaTable() {
    const Items = defineTable({
      name: uniqueTableName(),
      schema: z.object({ id: z.string(), count: z.int() }),
      partitionKey: "id",
    });
    await connect(client, { items: Items }).items.table.create({ wait: true });
    return Items;
  }

  const content = async (table: string): Promise<readonly Stored[]> => {
    const found = await client.scan(table, { consistentRead: true }).toArray();
    return (found as Stored[]).toSorted(byId);
  };

  /** At least a third was held back in the first round, of each request. */
  function record(title: string, { log, requests }: FaultyHandler): void {
    const held = log.filter(({ fault }) => fault === "unprocessed").length;
    expect(held).toBeGreaterThan(count / 100);
    recordFigure(
      `batches of ${count}`,
      `${title}: requests, of those with unprocessed entries`,
      `${requests}, ${held}`,
    );
  }

  it("are stored, read in order and deleted by core", { timeout: 120_000 }, async () => {
    const table = await createTable();
    const other = await createTable();
    const { client: faulty, handler } = faultyClient(true);
    const options = { unprocessedRetry: patient };
    // What comes twice is put as it came last.
    const put = [...items.slice(0, 100).map(({ id }) => ({ id, count: -1 })), ...items];
    const writes = { [table]: { put, keyAttributes }, [other]: { put: items.slice(0, 50) } };
    expect(await faulty.batchWrite(writes, options)).toEqual({ unprocessed: {} });
    expect(await content(table)).toEqual(items);
    expect(await content(other)).toEqual(items.slice(0, 50));

    const { keys, expected } = asked();
    const requests = { [table]: { keys, consistentRead: true }, [other]: [{ id: "item-7" }] };
    const found = await faulty.batchGet(requests, options);
    expect(found).toEqual({
      items: { [table]: expected, [other]: [items[7]] },
      unprocessedKeys: {},
    });

    const odd = items.filter((item) => item.count % 2 === 1);
    const even = items.filter((item) => item.count % 2 === 0);
    await faulty.batchWrite({ [table]: { delete: odd.map(({ id }) => ({ id })) } }, options);
    expect(await content(table)).toEqual(even);
    record("core", handler);
  });

  it(
    "are stored, read in order and deleted by the schema package",
    { timeout: 120_000 },
    async () => {
      const Items = await schemaTable();
      const { client: faulty, handler } = faultyClient(true);
      const db = connect(faulty, { items: Items });
      const options = { unprocessedRetry: patient, consistentRead: true };
      const put = [...items.slice(0, 100).map(({ id }) => ({ id, count: -1 })), ...items];
      expect(await db.items.batchPut(put, options)).toEqual({ put: [], delete: [] });
      expect(await content(Items.name)).toEqual(items);

      const { keys, expected } = asked();
      expect(await db.items.batchGet(keys, options)).toEqual({
        items: expected,
        unprocessedKeys: [],
      });
      const several = await db.batchGet({ items: { keys, consistentRead: true } }, options);
      expect(several.items.items).toEqual(expected);

      const gone = items.slice(count / 2).map(({ id }) => ({ id }));
      const replaced = items
        .slice(0, count / 2)
        .map((item) => ({ ...item, count: item.count + 1 }));
      await db.items.batchWrite({ put: replaced, delete: gone }, options);
      expect(await content(Items.name)).toEqual(replaced);
      record("schema", handler);
    },
  );

  it("give back what is left when the time is up, by core", async () => {
    const table = await createTable();
    const { client: faulty } = faultyClient(false);
    const options = { unprocessedRetry: impatient };
    const { unprocessed } = await faulty.batchWrite({ [table]: { put: items } }, options);
    const left = (unprocessed[table]?.put ?? []) as readonly Stored[];
    expect(left.length).toBeGreaterThan(0);
    expect(left.every((item) => items.includes(item))).toBe(true);
    expect(unprocessed[table]?.delete).toEqual([]);
    // What is left is not in the table, and all the rest is.
    const stored = items.filter((item) => !left.includes(item));
    expect(await content(table)).toEqual(stored);

    const keys = stored.map(({ id }) => ({ id }));
    const read = await faulty.batchGet({ [table]: keys }, options);
    const leftKeys = read.unprocessedKeys[table] ?? [];
    expect(leftKeys.length).toBeGreaterThan(0);
    const expected = stored.map((item, place) =>
      leftKeys.includes(keys[place]!) ? undefined : item,
    );
    expect(read.items[table]).toEqual(expected);
  });

  it("give back what is left when the time is up, by the schema package", async () => {
    const Items = await schemaTable();
    const { client: faulty } = faultyClient(false);
    const db = connect(faulty, { items: Items });
    const options = { unprocessedRetry: impatient };
    const left = await db.items.batchPut(items, options);
    expectTypeOf(left.put[0]).toEqualTypeOf<Stored | undefined>();
    expectTypeOf(left.delete[0]?.id).toEqualTypeOf<string | undefined>();
    expect(left.put.length).toBeGreaterThan(0);
    const stored = items.filter((item) => !left.put.includes(item));
    expect(await content(Items.name)).toEqual(stored);

    const keys = stored.map(({ id }) => ({ id }));
    const { items: found, unprocessedKeys } = await db.items.batchGet(keys, options);
    expectTypeOf(found[0]).toEqualTypeOf<{ id: string; count: number } | undefined>();
    expect(unprocessedKeys.length).toBeGreaterThan(0);
    const expected = stored.map((item, place) =>
      unprocessedKeys.includes(keys[place]!) ? undefined : item,
    );
    expect(found).toEqual(expected);
    const rest = await db.items.batchDelete(keys, options);
    expect(rest.delete.length).toBeGreaterThan(0);
    const kept = new Set(rest.delete.map(({ id }) => id));
    expect(await content(Items.name)).toEqual(stored.filter(({ id }) => kept.has(id)));
  });
});
