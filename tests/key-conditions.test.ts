import { F, type KeyCondition, type KeyValue, partitionKey, sortKey } from "@fieldwise/core";
import { beforeAll, describe, expect, it } from "vitest";
import { describeOnEachServer } from "./support/describe-on-each-server.ts";

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values);
const r = sortKey("r");

/** The sort keys of one partition in their order, and which of them a condition finds. */
interface Kind {
  readonly type: "S" | "N" | "B";
  readonly keys: readonly KeyValue[];
  readonly finds: readonly (readonly [KeyCondition, readonly KeyValue[]])[];
}

const kinds: readonly Kind[] = [
  {
    type: "S",
    // In the order of their UTF-8 bytes, which for the last two is not JavaScript's.
    keys: ["0", "1", "10", "9", "98", "99", "Z", "a", "é", "漢", "～", "😀"],
    finds: [
      [r.eq("1"), ["1"]],
      [r.lt("1"), ["0"]],
      [r.lte("1"), ["0", "1"]],
      [r.gt("漢"), ["～", "😀"]],
      [r.gt("～"), ["😀"]],
      [r.gte("é"), ["é", "漢", "～", "😀"]],
      [r.between("98", "Z"), ["98", "99", "Z"]],
      [r.beginsWith("9"), ["9", "98", "99"]],
      [r.beginsWith("1"), ["1", "10"]],
      [r.eq("absent"), []],
    ],
  },
  {
    type: "N",
    keys: [-1.5, 0, 1, 2, 2.5, 9, 10, 100],
    finds: [
      [r.eq(2), [2]],
      [r.lt(0), [-1.5]],
      [r.lte(0), [-1.5, 0]],
      [r.gt(9), [10, 100]],
      [r.gte(10n), [10, 100]],
      [r.between(1, 2.5), [1, 2, 2.5]],
    ],
  },
  {
    type: "B",
    keys: [bytes(0), bytes(0, 1), bytes(1), bytes(127), bytes(128), bytes(255)],
    finds: [
      [r.eq(bytes(1)), [bytes(1)]],
      [r.lt(bytes(0, 1)), [bytes(0)]],
      [r.lte(bytes(0, 1)), [bytes(0), bytes(0, 1)]],
      // Bytes count as unsigned.
      [r.gt(bytes(127)), [bytes(128), bytes(255)]],
      [r.gte(bytes(128)), [bytes(128), bytes(255)]],
      [r.between(bytes(1), bytes(128)), [bytes(1), bytes(127), bytes(128)]],
      [r.beginsWith(bytes(0)), [bytes(0), bytes(0, 1)]],
    ],
  },
];

describeOnEachServer("key conditions", ({ client, createTable, deviates }) => {
  describe.each(kinds)("with a sort key of type $type", ({ type, keys, finds }) => {
    let table: string;
    beforeAll(async () => {
      table = await createTable({
        partitionKey: { name: "h", type: "S" },
        sortKey: { name: "r", type },
      });
      const put = [...keys.map((key) => ({ h: "h", r: key })), { h: "other", r: keys[0]! }];
      await client.batchWrite({ [table]: { put, keyAttributes: ["h", "r"] } });
    });

    const find = async (key: KeyCondition, descending?: boolean): Promise<unknown[]> => {
      const items = await client.query(table, key, { descending }).toArray();
      return items.map((item) => item["r"] as unknown);
    };

    it("reads one partition in order, and in the opposite order", async () => {
      expect(await find(partitionKey("h").eq("h"))).toEqual(keys);
      expect(await find(partitionKey("h").eq("h"), true)).toEqual(keys.toReversed());
      expect(await find(partitionKey("h").eq("nobody"))).toEqual([]);
    });

    it.each(finds.map(([condition, found]) => [condition.debug(), condition, found] as const))(
      "%s",
      async (_, condition, found) => {
        const key = partitionKey("h").eq("h").and(condition);
        expect(await find(key)).toEqual(found);
        expect(await find(key, true)).toEqual(found.toReversed());
        expect(await client.count(table, key)).toBe(found.length);
      },
    );
  });

  describe("of indexes", () => {
    let table: string;
    beforeAll(async () => {
      table = await createTable({
        partitionKey: { name: "h", type: "S" },
        sortKey: { name: "r", type: "S" },
        globalSecondaryIndexes: {
          byStatus: {
            partitionKey: { name: "status", type: "S" },
            sortKey: { name: "at", type: "N" },
            projection: ["total"],
          },
          byFlag: { partitionKey: { name: "flag", type: "N" }, projection: "KEYS_ONLY" },
        },
        localSecondaryIndexes: {
          byAt: { sortKey: { name: "at", type: "N" } },
          byTotal: { sortKey: { name: "total", type: "N" }, projection: "KEYS_ONLY" },
        },
      });
      const orders = [1, 2, 3, 4, 5, 6].map((n) => ({
        h: n % 2 === 0 ? "even" : "odd",
        r: `r${n}`,
        at: 10 - n,
        status: n < 5 ? "open" : "done",
        total: n * 100,
        note: "x",
        ...(n === 3 && { flag: 1 }),
      }));
      await client.batchWrite({ [table]: { put: orders, keyAttributes: ["h", "r"] } });
    });

    it("reads a global index, in its own order and with what it projects", async () => {
      const open = partitionKey("status").eq("open");
      const page = await client.query(table, open, { index: "byStatus" }).toArray();
      expect(page).toEqual(
        [4, 3, 2, 1].map((n) => ({
          h: n % 2 === 0 ? "even" : "odd",
          r: `r${n}`,
          at: 10 - n,
          status: "open",
          total: n * 100,
        })),
      );
      const late = await client
        .query(table, open.and(sortKey("at").gt(7)), {
          index: "byStatus",
          descending: true,
          filter: F("total").lt(200),
          projection: ["r"],
        })
        .toArray();
      expect(late).toEqual([{ r: "r1" }]);
    });

    it("reads a sparse index of keys only", async () => {
      const key = partitionKey("flag").eq(1);
      expect(await client.query(table, key, { index: "byFlag" }).toArray()).toEqual([
        { h: "odd", r: "r3", flag: 1 },
      ]);
      expect(await client.scan(table, { index: "byFlag" }).toArray()).toHaveLength(1);
    });

    it("reads a local index, consistently too", async () => {
      const key = partitionKey("h").eq("odd").and(sortKey("at").between(5, 8));
      const items = await client
        .query(table, key, { index: "byAt", consistentRead: true })
        .toArray();
      expect(items.map(({ r: name, note }) => [name, note] as unknown)).toEqual([
        ["r5", "x"],
        ["r3", "x"],
      ]);
    });

    it("reads of a local index what select says", async () => {
      const key = partitionKey("h").eq("odd").and(sortKey("total").lt(200));
      const keys = { h: "odd", r: "r1", total: 100 };
      for (const [select, found] of [
        ["ALL_PROJECTED_ATTRIBUTES", keys],
        ["ALL_ATTRIBUTES", { ...keys, at: 9, status: "open", note: "x" }],
      ] as const) {
        const query = client.query(table, key, { index: "byTotal", select });
        expect(await query.toArray()).toEqual([found]);
      }
      const counting = client.query(table, key, { index: "byTotal", select: "COUNT" });
      expect(await counting.page()).toMatchObject({ items: [], count: 1, scannedCount: 1 });
    });

    it("refuses a consistent read of a global index", async () => {
      const query = client.query(table, partitionKey("status").eq("open"), {
        index: "byStatus",
        consistentRead: true,
      });
      await expect(query.toArray()).rejects.toMatchObject({ name: "ValidationError" });
    });

    deviates({ dynoxide: "finds nothing" }, "refuses a key of another type", async () => {
      const query = client.query(table, partitionKey("status").eq(5), { index: "byStatus" });
      await expect(query.first()).rejects.toMatchObject({ name: "ValidationError" });
    });

    it("refuses an index that is not there, and a key that is not the index's", async () => {
      for (const query of [
        client.query(table, partitionKey("status").eq("open"), { index: "absent" }),
        client.query(table, partitionKey("h").eq("odd"), { index: "byStatus" }),
        client.query(table, partitionKey("note").eq("x")),
      ]) {
        await expect(query.first()).rejects.toMatchObject({ name: "ValidationError" });
      }
    });
  });

  deviates(
    { dynoxide: "takes one attribute for each key" },
    "reads an index with keys of several attributes",
    async () => {
      const table = await createTable({
        partitionKey: { name: "id", type: "S" },
        globalSecondaryIndexes: {
          byPlace: {
            partitionKey: [
              { name: "country", type: "S" },
              { name: "city", type: "S" },
            ],
            sortKey: [
              { name: "street", type: "S" },
              { name: "number", type: "N" },
            ],
          },
        },
      });
      await client.batchWrite({
        [table]: {
          put: [1, 2, 3, 4].map((number) => ({
            id: `p${number}`,
            country: "x",
            city: number === 4 ? "z" : "y",
            street: "s",
            number,
          })),
        },
      });
      const key = partitionKey("country")
        .eq("x")
        .and(partitionKey("city").eq("y"))
        .and(sortKey("street").eq("s"))
        .and(sortKey("number").gte(2));
      const items = await client.query(table, key, { index: "byPlace" }).toArray();
      expect(items.map(({ id }) => id as string)).toEqual(["p2", "p3"]);
    },
  );
});
