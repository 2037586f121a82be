import { connect, defineTable, InvalidCursor } from "@fieldwise/schema";
import * as z from "zod";
import { beforeAll, describe, expect, it } from "vitest";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";

const tableOf = (name: string) =>
  defineTable({
    name,
    schema: z.object({
      owner: z.string(),
      number: z.bigint(),
      color: z.enum(["red", "blue"]),
      weight: z.number(),
    }),
    partitionKey: "owner",
    sortKey: "number",
    indexes: { byColor: { partitionKey: "color", sortKey: "weight" } },
  });

/** The content of a cursor with another in its place. */
const altered = (cursor: string, change: (key: Record<string, unknown>) => unknown): string => {
  const [content = "", ...signature] = cursor.split(".");
  const [fingerprint, key] = JSON.parse(Buffer.from(content, "base64url").toString()) as [
    string,
    Record<string, unknown>,
  ];
  const text = JSON.stringify([fingerprint, change(key)]);
  return [Buffer.from(text).toString("base64url"), ...signature].join(".");
};

describeOnEachServer("cursors", ({ client, uniqueTableName }) => {
  const Marbles = tableOf(uniqueTableName());
  const { F } = Marbles;
  const open = connect(client, { marbles: Marbles }).marbles;
  const signed = connect(client, { marbles: Marbles }, { cursorSecret: "secret" }).marbles;
  // Neighbours that a number can't tell apart.
  const numberOf = (n: number) => 2n ** 70n + BigInt(n);
  const numbers = Array.from({ length: 7 }, (_, n) => numberOf(n));

  beforeAll(async () => {
    await open.table.create({ wait: true });
    await open.batchPut(
      numbers.flatMap((number, n) => [
        { owner: "a", number, color: "red", weight: n / 10 },
        { owner: "b", number, color: "blue", weight: 1 },
      ]),
    );
  });

  describe.each([
    ["without a secret", open],
    ["with a secret", signed],
  ] as const)("%s", (_, marbles) => {
    it("goes through all pages, exact to the last digit", async () => {
      const query = () => marbles.query({ owner: "a" }, { pageSize: 3 });
      const found: bigint[] = [];
      let cursor: string | undefined;
      do {
        const page = await query().page({ cursor });
        found.push(...page.items.map(({ number }) => number));
        ({ cursor } = page);
      } while (cursor !== undefined);
      expect(found).toEqual(numbers);
    });

    it("goes on as an option of a query, a scan and an index", async () => {
      const { cursor } = await marbles.query({ owner: "a" }, { pageSize: 2 }).page();
      expect(cursor).toMatch(/^[\w.-]+$/);
      const rest = await marbles.query({ owner: "a" }, { cursor: cursor as string }).toArray();
      expect(rest.map(({ number }) => number)).toEqual(numbers.slice(2));
      const first = await marbles.scan({ pageSize: 5 }).page();
      const others = await marbles.scan({ cursor: first.cursor as string }).toArray();
      expect(first.items.length + others.length).toBe(14);
      const byColor = marbles.index("byColor");
      const page = await byColor.query({ color: "red" }, { pageSize: 6 }).page();
      const last = await byColor.query({ color: "red" }).page({ cursor: page.cursor });
      expect(last.items.map(({ weight }) => weight)).toEqual([0.6]);
    });

    it("begins at the cursor again where a page is asked for without one", async () => {
      const { cursor } = await marbles.query({ owner: "a" }, { limit: 2 }).page();
      const options = { cursor: cursor as string, pageSize: 1 };
      const page = await marbles.query({ owner: "a" }, options).page();
      expect(page.items.map(({ number }) => number)).toEqual([numberOf(2)]);
    });

    it("stays good for a page of another size and another projection", async () => {
      const { cursor } = await marbles.query({ owner: "a" }, { pageSize: 2 }).page();
      const options = { pageSize: 1, project: [F("weight")], consistentRead: true };
      expect((await marbles.query({ owner: "a" }, options).page({ cursor })).items).toEqual([
        { weight: 0.2 },
      ]);
    });

    it("refuses another query's", async () => {
      const { cursor } = await marbles.query({ owner: "a" }, { pageSize: 2 }).page();
      const scanned = await marbles.scan({ pageSize: 2 }).page();
      const byColor = marbles.index("byColor");
      const filter = F("weight").gt(0);
      for (const other of [
        marbles.query({ owner: "b" }),
        marbles.query({ owner: "a", number: { gt: 0n } }),
        marbles.query({ owner: "a" }, { descending: true }),
        marbles.query({ owner: "a" }, { filter }),
        marbles.scan(),
        byColor.query({ color: "red" }),
      ]) {
        await expect(other.page({ cursor })).rejects.toThrow(/belongs to another query/);
      }
      for (const other of [
        marbles.scan({ filter }),
        marbles.scan({ segment: 0, totalSegments: 2 }),
        byColor.scan(),
        marbles.query({ owner: "a" }),
      ]) {
        await expect(other.page({ cursor: scanned.cursor })).rejects.toThrow(InvalidCursor);
      }
      expect(() => marbles.query({ owner: "b" }, { cursor: cursor as string })).toThrow(
        InvalidCursor,
      );
    });

    it.each(["", "x", "not base64 !", "e30", "W10", `${"a".repeat(50)}.x`, "a.b.c"])(
      "refuses %j",
      async (cursor) => {
        await expect(marbles.scan().page({ cursor })).rejects.toThrow(InvalidCursor);
      },
    );

    it.each([
      ["of other attributes", () => ({ owner: { S: "a" }, weight: { N: "1" } })],
      ["of too few", () => ({ owner: { S: "a" } })],
      ["of no values", () => ({ owner: "a", number: 1 })],
      ["that is a list", () => []],
      ["that is null", () => null],
    ])("refuses a key %s", async (_title, change) => {
      const query = marbles.query({ owner: "a" }, { pageSize: 2 });
      const { cursor = "" } = await query.page();
      await expect(query.page({ cursor: altered(cursor, change) })).rejects.toThrow(InvalidCursor);
    });
  });

  it("refuses what was not signed with its secret", async () => {
    const query = (marbles: typeof open) => marbles.query({ owner: "a" }, { pageSize: 2 });
    const other = connect(client, { marbles: Marbles }, { cursorSecret: "another" }).marbles;
    const { cursor = "" } = await query(signed).page();
    const unsigned = await query(open).page();
    await expect(query(other).page({ cursor })).rejects.toThrow(/was not made here/);
    await expect(query(open).page({ cursor })).rejects.toThrow(InvalidCursor);
    await expect(query(signed).page({ cursor: unsigned.cursor })).rejects.toThrow(InvalidCursor);
    const elsewhere = altered(cursor, (key) => ({ ...key, number: { N: "0" } }));
    await expect(query(signed).page({ cursor: elsewhere })).rejects.toThrow(/was not made here/);
    await expect(query(signed).page({ cursor: `${cursor}A` })).rejects.toThrow(/was not made here/);
    expect((await query(signed).page({ cursor })).items).toHaveLength(2);
  });

  it("names the table, and tells nothing of the key", async () => {
    const error = await open
      .scan()
      .page({ cursor: "x" })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "InvalidCursor", tableName: Marbles.name });
  });

  it("makes none of a scan of several segments at once, which has no one place to go on", async () => {
    for await (const page of open.scan({ segments: 2, pageSize: 1 }).pages()) {
      expect(page.cursor).toBeUndefined();
    }
    const { cursor = "" } = await open.scan({ pageSize: 1 }).page();
    await expect(open.scan({ segments: 2 }).page()).rejects.toThrow(/no single page/);
    await expect(open.scan({ segments: 2 }).page({ cursor })).rejects.toThrow(/no single page/);
    expect(() => open.scan({ segments: 2, cursor })).toThrow(/takes no cursor/);
  });
});
