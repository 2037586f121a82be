import { connect, defineTable, InvalidItem, isoDate, sortableNumber } from "@fieldwise/schema";
import * as z from "zod";
import { beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";
import { RecordingHandler } from "../support/request-handlers.ts";
import { untyped } from "../support/refused.ts";

const tableOf = (name: string) =>
  defineTable({
    name,
    schema: z.object({
      room: z.string(),
      at: isoDate(),
      level: z.number(),
      place: z
        .object({ city: z.string(), since: isoDate(), zip: z.string().optional() })
        .default({ city: "Bern", since: new Date(0) }),
      lines: z.array(z.object({ sku: z.string(), quantity: z.number() })).optional(),
      note: z.string().max(3).optional(),
    }),
    partitionKey: "room",
    sortKey: "at",
  });

describeOnEachServer("queries through a schema", ({ client, newClient, uniqueTableName }) => {
  const Rooms = tableOf(uniqueTableName());
  const requestHandler = new RecordingHandler();
  const { rooms } = connect(newClient({ requestHandler }), { rooms: Rooms });
  const { F } = Rooms;
  const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour));
  const levels = async (pages: AsyncIterable<{ readonly level: number }>) => {
    const found: number[] = [];
    for await (const { level } of pages) found.push(level);
    return found;
  };

  beforeAll(async () => {
    await rooms.table.create({ wait: true });
    await rooms.batchPut(
      Array.from({ length: 10 }, (_, hour) => ({
        room: "a",
        at: at(hour),
        level: hour,
        ...(hour % 2 === 0 && { lines: [{ sku: `s${hour}`, quantity: hour }] }),
      })),
    );
    await rooms.put({ room: "b", at: at(0), level: 100 });
  });

  it.each([
    ["all", {}, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ["a value", { at: at(3) }, [3]],
    ["eq", { at: { eq: at(3) } }, [3]],
    ["lt", { at: { lt: at(2) } }, [0, 1]],
    ["lte", { at: { lte: at(2) } }, [0, 1, 2]],
    ["gt", { at: { gt: at(8) } }, [9]],
    ["gte", { at: { gte: at(8) } }, [8, 9]],
    ["between", { at: { between: [at(3), at(5)] } }, [3, 4, 5]],
    ["undefined", { at: undefined }, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ] as const)("finds by a sort key with a codec: %s", async (_, condition, expected) => {
    const key = untyped({ room: "a", ...condition });
    expect(await levels(rooms.query(key))).toEqual(expected);
    expect(await rooms.count(key)).toBe(expected.length);
  });

  it("takes the text of a prefix as it is stored", async () => {
    const prefix = untyped({ room: "a", at: { beginsWith: "2026-01-01T03" } });
    expect(await levels(rooms.query(prefix))).toEqual([3]);
  });

  it("delivers in order, both ways, up to a limit, by pages of a size", async () => {
    const { requests } = requestHandler;
    const key = { room: "a" };
    const before = requests.length;
    expect(await levels(rooms.query(key, { descending: true, limit: 3 }))).toEqual([9, 8, 7]);
    expect(requests.slice(before).map(({ input }) => input.Limit as number)).toEqual([3]);
    expect(await levels(rooms.query(key, { pageSize: 4 }))).toHaveLength(10);
    expect(requests.slice(before + 1)).toHaveLength(3);
    const sizes: number[] = [];
    for await (const page of rooms.query(key, { pageSize: 4 }).pages()) sizes.push(page.count);
    expect(sizes).toEqual([4, 4, 2]);
    expect(await rooms.query(key, { limit: 2, pageSize: 1 }).toArray()).toHaveLength(2);
    expect((await rooms.query(key, { descending: true }).first())?.at).toEqual(at(9));
    expect(await rooms.query({ room: "none" }).first()).toBeUndefined();
  });

  it("filters by conditions whose operands are encoded", async () => {
    const filter = F("place", "since")
      .lt(new Date(1))
      .and(F("level").in([1, 2, 50]));
    expect(await levels(rooms.query({ room: "a" }, { filter }))).toEqual([1, 2]);
    expect(await rooms.count({ room: "a" }, { filter })).toBe(2);
    expect(await rooms.count({ room: "a" }, { limit: 4 })).toBe(4);
    const { count, scannedCount } = await rooms.query({ room: "a" }, { filter }).page();
    expect([count, scannedCount]).toEqual([2, 10]);
  });

  it("does not hold operands of conditions to refinements, but to their type", async () => {
    const filter = F("note").ne("longer than three");
    expect(await rooms.count({ room: "a" }, { filter })).toBe(10);
    expect(() => F("note").eq(untyped(5))).toThrow(InvalidItem);
    expect(() => F("place", "since").gt(untyped("2026"))).toThrow(InvalidItem);
  });

  it("projects what is asked for: nested members and parts of lists", async () => {
    const project = [F("level"), F("place", "since"), F("lines", 0, "sku")];
    const items = await rooms.query({ room: "a", at: { lte: at(1) } }, { project }).toArray();
    expect(items).toEqual([
      { level: 0, place: { since: new Date(0) }, lines: [{ sku: "s0" }] },
      { level: 1, place: { since: new Date(0) } },
    ]);
    const one = await rooms.get(
      { room: "a", at: at(0) },
      { project: [F("place", "city"), F("note")] },
    );
    expectTypeOf(one).toEqualTypeOf<
      { place: { city: string }; note?: string | undefined } | undefined
    >();
    expect(one).toEqual({ place: { city: "Bern" } });
  });

  it("reads consistently, and reports the capacity where asked", async () => {
    const options = { consistentRead: true, returnConsumedCapacity: "TOTAL" } as const;
    const page = await rooms.query({ room: "a" }, options).page();
    expect(page.consumedCapacity?.tableName).toBe(Rooms.name);
    expect(requestHandler.requests.at(-1)?.input).toMatchObject({ ConsistentRead: true });
  });

  it("scans, whole and by segments", async () => {
    const all = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 100];
    const sorted = (found: readonly number[]) => found.toSorted((a, b) => a - b);
    expect(sorted(await levels(rooms.scan()))).toEqual(all);
    expect(sorted(await levels(rooms.scan({ segments: 3 })))).toEqual(all);
    const parts = await Promise.all(
      [0, 1].map((segment) => levels(rooms.scan({ segment, totalSegments: 2 }))),
    );
    expect(sorted(parts.flat())).toEqual(all);
    const filter = F("level").gte(9);
    expect(await levels(rooms.scan({ filter, limit: 1 }))).toHaveLength(1);
    expect(await rooms.scanCount()).toBe(11);
    expect(await rooms.scanCount({ filter, segments: 2 })).toBe(2);
    expect(await rooms.scan({ project: [F("level")], limit: 1 }).first()).toEqual({
      level: expect.any(Number) as number,
    });
  });

  it("ends with its signal", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(rooms.query({ room: "a" }, { signal }).toArray()).rejects.toThrow("enough");
    await expect(rooms.get({ room: "a", at: at(0) }, { signal })).rejects.toThrow("enough");
  });

  describe("with numbers inside string keys", () => {
    const Scores = defineTable({
      name: uniqueTableName(),
      schema: z.object({ game: z.string(), score: sortableNumber() }),
      partitionKey: "game",
      sortKey: "score",
    });
    const { scores } = connect(client, { scores: Scores });

    it("sorts by the number, and finds by prefix in strings as they are", async () => {
      await scores.table.create({ wait: true });
      const numbers = [5, -1.5, 100, 0, -200, 3e10];
      await scores.batchPut(numbers.map((score) => ({ game: "g", score })));
      const found = await scores.query({ game: "g" }).toArray();
      expect(found.map(({ score }) => score)).toEqual(numbers.toSorted((a, b) => a - b));
      const between = await scores.query({ game: "g", score: { between: [-2, 5] } }).toArray();
      expect(between.map(({ score }) => score)).toEqual([-1.5, 0, 5]);
      expect(await scores.get({ game: "g", score: -200 })).toEqual({ game: "g", score: -200 });
    });
  });
});
