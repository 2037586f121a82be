import type { Item } from "@fieldwise/core";
import { beforeAll, expect, it } from "vitest";
import { describeOnEachServer } from "./support/describe-on-each-server.ts";

describeOnEachServer("PartiQL", ({ client, createTable, deviates }) => {
  let table: string;
  beforeAll(async () => {
    table = await createTable({
      partitionKey: { name: "h", type: "S" },
      sortKey: { name: "r", type: "N" },
    });
  });

  it("inserts, selects, updates and deletes with parameters of every type", async () => {
    const item = {
      h: "types",
      r: 1,
      s: 'it\'s a "string"',
      empty: "",
      yes: true,
      nothing: null,
      b: new Uint8Array([1, 2]),
      list: [1, "x", { y: 2 }],
      map: { a: [1] },
      tags: new Set(["a", "b"]),
    };
    const insert = `INSERT INTO "${table}" VALUE {${Object.keys(item)
      .map((name) => `'${name}': ?`)
      .join(", ")}}`;
    expect((await client.executeStatement(insert, Object.values(item))).items).toEqual([]);
    const where = `"h" = ? AND "r" = ?`;
    const select = `SELECT * FROM "${table}" WHERE ${where}`;
    const key = [item.h, item.r];
    const selected = await client.executeStatement(select, key, { consistentRead: true });
    expect(selected).toMatchObject({ items: [item], nextToken: undefined });

    await client.executeStatement(`UPDATE "${table}" SET "s" = ? REMOVE "empty" WHERE ${where}`, [
      "changed",
      ...key,
    ]);
    const projected = await client.executeStatement(
      `SELECT "s", "empty", "map" FROM "${table}" WHERE ${where}`,
      key,
    );
    expect(projected.items).toEqual([{ s: "changed", map: { a: [1] } }]);

    await client.executeStatement(`DELETE FROM "${table}" WHERE ${where}`, key);
    expect((await client.executeStatement(select, key)).items).toEqual([]);
  });

  it("refuses to insert an item that is there", async () => {
    const insert = `INSERT INTO "${table}" VALUE {'h': ?, 'r': ?}`;
    await client.executeStatement(insert, ["duplicate", 1]);
    await expect(client.executeStatement(insert, ["duplicate", 1])).rejects.toMatchObject({
      name: "DuplicateItem",
      operation: "ExecuteStatement",
    });
  });

  deviates(
    { dynoxide: "leaves the item out" },
    "gives the item that a condition failed on, where asked for",
    async () => {
      const item = { h: "condition", r: 1, n: 1 };
      await client.put(table, item);
      const update = `UPDATE "${table}" SET "n" = 2 WHERE "h" = ? AND "r" = ? AND "n" = 5`;
      await expect(
        client.executeStatement(update, ["condition", 1], {
          returnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      ).rejects.toMatchObject({ name: "ConditionalCheckFailed", item });
    },
  );

  it("reads page by page", async () => {
    const put = Array.from({ length: 25 }, (_, r) => ({ h: "pages", r }));
    await client.batchWrite({ [table]: { put, keyAttributes: ["h", "r"] } });
    const found: Item[] = [];
    const sizes: number[] = [];
    let nextToken: string | undefined;
    do {
      const page = await client.executeStatement(
        `SELECT * FROM "${table}" WHERE "h" = ? AND "r" >= ?`,
        ["pages", 2],
        { limit: 10, nextToken },
      );
      found.push(...page.items);
      sizes.push(page.items.length);
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    expect(found).toEqual(put.slice(2));
    expect(sizes.slice(0, 3)).toEqual([10, 10, 3]);
  });

  it("says what is wrong with a statement", async () => {
    await expect(client.executeStatement(`SELEKT * FROM "${table}"`)).rejects.toMatchObject({
      name: "ValidationError",
      operation: "ExecuteStatement",
    });
  });

  it("runs several statements, each on its own", async () => {
    await client.put(table, { h: "batch", r: 1, v: "one" });
    const results = await client.batchExecuteStatement([
      {
        statement: `SELECT * FROM "${table}" WHERE "h" = ? AND "r" = ?`,
        parameters: ["batch", 1],
      },
      {
        statement: `SELECT * FROM "${table}" WHERE "h" = ? AND "r" = ?`,
        parameters: ["batch", 9],
      },
    ]);
    expect(results).toEqual([
      { tableName: table, item: { h: "batch", r: 1, v: "one" }, error: undefined },
      { tableName: table, item: undefined, error: undefined },
    ]);

    const [inserted, duplicate] = await client.batchExecuteStatement([
      { statement: `INSERT INTO "${table}" VALUE {'h': ?, 'r': ?}`, parameters: ["batch", 2] },
      { statement: `INSERT INTO "${table}" VALUE {'h': ?, 'r': ?}`, parameters: ["batch", 1] },
    ]);
    expect(inserted?.error).toBeUndefined();
    expect(duplicate).toMatchObject({
      item: undefined,
      error: { code: "DuplicateItem", message: expect.any(String) as string },
    });
    expect(await client.get(table, { h: "batch", r: 2 })).toBeDefined();
  });

  it("runs several statements as one transaction", async () => {
    const insert = (r: number) => ({
      statement: `INSERT INTO "${table}" VALUE {'h': ?, 'r': ?}`,
      parameters: ["transaction", r],
    });
    expect(await client.executeTransaction([insert(1), insert(2)])).toEqual([undefined, undefined]);
    const select = (r: number) => ({
      statement: `SELECT * FROM "${table}" WHERE "h" = ? AND "r" = ?`,
      parameters: ["transaction", r],
    });
    expect(await client.executeTransaction([select(2), select(9), select(1)])).toEqual([
      { h: "transaction", r: 2 },
      undefined,
      { h: "transaction", r: 1 },
    ]);
    await expect(client.executeTransaction([insert(3), insert(1)])).rejects.toMatchObject({
      name: "TransactionCanceled",
      reasons: [{ code: "None" }, { message: expect.stringContaining("Duplicate") as string }],
    });
    expect(await client.get(table, { h: "transaction", r: 3 })).toBeUndefined();
  });

  deviates(
    { "dynamodb-local": "calls it a ValidationError" },
    "gives the code of an item that is there already as a transaction's reason",
    async () => {
      const insert = { statement: `INSERT INTO "${table}" VALUE {'h': 'reason', 'r': 1}` };
      await client.executeStatement(insert.statement);
      await expect(client.executeTransaction([insert])).rejects.toMatchObject({
        reasons: [{ code: "DuplicateItem" }],
      });
    },
  );
});
