import { describe, expect, test } from "vitest";
import { scriptedClient } from "../test-support/scripted-client.ts";
import { F } from "./expressions/attribute-path.ts";
import { partitionKey } from "./expressions/key-condition.ts";

const key = partitionKey("id").eq("a");

/** A table of the numbers below `total`, which reads at most `most` of them at once. */
const numbers = (total: number, most: number) =>
  scriptedClient(({ input }) => {
    const start = Number(input.ExclusiveStartKey?.n.N ?? 0);
    const end = Math.min(
      total,
      start + Math.min(most, (input.Limit as number | undefined) ?? most),
    );
    const Count = end - start;
    const Items = Array.from({ length: Count }, (_, n) => ({ n: { N: String(start + n) } }));
    return {
      ...(input.Select === "COUNT" ? {} : { Items }),
      Count,
      ScannedCount: Count,
      ...(end < total && { LastEvaluatedKey: { n: { N: String(end) } } }),
    };
  });

describe("query and scan", () => {
  test("read page after page", async () => {
    const { client, sent } = numbers(5, 2);
    const expected = [0, 1, 2, 3, 4].map((n) => ({ n }));
    expect(await client.query("orders", key).toArray()).toEqual(expected);
    expect(await client.scan("orders").toArray()).toEqual(expected);
    expect(sent.map(({ operation }) => operation)).toEqual([
      "Query",
      "Query",
      "Query",
      "Scan",
      "Scan",
      "Scan",
    ]);
    expect(await client.query("orders", key, { limit: 3, startKey: { n: 1 } }).toArray()).toEqual(
      expected.slice(1, 4),
    );
    expect(sent.slice(6).map(({ input }) => [input.ExclusiveStartKey, input.Limit])).toEqual([
      [{ n: { N: "1" } }, 3],
      [{ n: { N: "3" } }, 1],
    ]);
  });

  test("a start key is the one that was given, whatever becomes of the object", async () => {
    const { client } = numbers(5, 2);
    const startKey = { n: 3 };
    const items = client.query("orders", key, { startKey });
    startKey.n = 0;
    expect(await items.toArray()).toEqual([{ n: 3 }, { n: 4 }]);
    expect((await items.page()).items).toEqual([{ n: 3 }, { n: 4 }]);
  });

  test.each(['{"n":3}', null, [{ n: 3 }]])("a start key is an object, not %j", async (startKey) => {
    const { client, sent } = numbers(5, 2);
    const message = "A start key is the lastEvaluatedKey of a page, an object";
    await expect(client.query("orders", key).page(startKey as never)).rejects.toThrow(message);
    expect(() => client.query("orders", key, { startKey: startKey as never })).toThrow(message);
    expect(sent).toEqual([]);
  });

  test("with a filter the limit is not sent", async () => {
    const { client, sent } = numbers(5, 2);
    const filtered = client.scan("orders", { limit: 1, filter: F("n").gte(0) });
    expect(await filtered.toArray()).toEqual([{ n: 0 }]);
    expect(sent.map(({ input }) => input.Limit as unknown)).toEqual([undefined]);
  });

  test("the caller's signal ends the reading, whatever the request handler does", async () => {
    const controller = new AbortController();
    const { client } = scriptedClient(() => new Promise(() => undefined));
    const reading = client.scan("orders", { signal: controller.signal }).toArray();
    setImmediate(() => controller.abort(new Error("enough")));
    await expect(reading).rejects.toThrow("enough");
  });

  test("several segments are one request each, of one scan", async () => {
    const { client, sent } = numbers(2, 5);
    expect(await client.scan("orders", { segments: 3 }).toArray()).toHaveLength(6);
    expect(sent.map(({ input }) => [input.Segment, input.TotalSegments])).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
    ]);
    expect(await client.scan("orders", { segment: 1, totalSegments: 3 }).toArray()).toHaveLength(2);
    expect(sent[3]?.input).toMatchObject({ Segment: 1, TotalSegments: 3 });
    // One segment is a scan like any other, and has single pages.
    expect((await client.scan("orders", { segments: 1 }).page()).items).toHaveLength(2);
  });

  test("bad input is thrown at once, without a request", () => {
    const { client, sent } = numbers(1, 1);
    expect(() => client.query("orders", key, { limit: 0 })).toThrow(/limit must be/);
    expect(() => client.scan("orders", { segments: 0 })).toThrow(/1 to 1000000 segments/);
    expect(sent).toEqual([]);
  });
});

describe("counts", () => {
  test("add up what all pages count", async () => {
    const { client, sent } = numbers(5, 2);
    expect(await client.count("orders", key)).toBe(5);
    expect(await client.scanCount("orders")).toBe(5);
    expect(await client.scanCount("orders", { segments: 2 })).toBe(10);
    expect(sent.every(({ input }) => input.Select === "COUNT")).toBe(true);
  });

  test.each([
    [1, 1],
    [4, 4],
    [5, 5],
    [9, 5],
  ])("up to a limit of %i", async (limit, expected) => {
    const { client } = numbers(5, 2);
    expect(await client.count("orders", key, { limit })).toBe(expected);
    expect(await client.count("orders", key, { limit, filter: F("n").gte(0) })).toBe(expected);
    expect(await client.scanCount("orders", { limit })).toBe(expected);
  });

  test("reject bad input", async () => {
    const { client } = numbers(1, 1);
    await expect(client.count("orders", key, { limit: -1 })).rejects.toThrow(/limit must be/);
    await expect(client.scanCount("x")).rejects.toThrow(/is no table name/);
  });
});
