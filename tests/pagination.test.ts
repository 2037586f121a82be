import {
  type Client,
  F,
  type Item,
  NumberValue,
  type Page,
  partitionKey,
  sortKey,
} from "@fieldwise/core";
import { beforeAll, describe, expect, it } from "vitest";
import { describeOnEachServer } from "./support/describe-on-each-server.ts";
import { RecordingHandler } from "./support/request-handlers.ts";

const total = 120;
const key = partitionKey("h").eq("h");
const numbered = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);
const numbers = (items: readonly Item[]): number[] => items.map((item) => item["r"] as number);

describeOnEachServer("pagination", ({ client, newClient, createTable }) => {
  let table: string;
  beforeAll(async () => {
    table = await createTable({
      partitionKey: { name: "h", type: "S" },
      sortKey: { name: "r", type: "N" },
      globalSecondaryIndexes: {
        byKind: { partitionKey: { name: "kind", type: "N" } },
      },
      localSecondaryIndexes: { byRank: { sortKey: { name: "rank", type: "N" } } },
    });
    const put = numbered(0, total).map((r) => ({ h: "h", r, kind: r % 2, rank: -r }));
    await client.batchWrite({ [table]: { put, keyAttributes: ["h", "r"] } });
  });

  /** A client that counts its requests. */
  function observe(): { client: Client; requests: RecordingHandler["requests"] } {
    const requestHandler = new RecordingHandler();
    return { client: newClient({ requestHandler }), requests: requestHandler.requests };
  }

  describe("limit", () => {
    it.each([
      { limit: 1 },
      { limit: 90 },
      { limit: 90, pageSize: 40 },
      { limit: 90, pageSize: 45 },
      { limit: total },
      { limit: 1000, pageSize: 50 },
      { limit: Number.MAX_SAFE_INTEGER },
    ])("delivers so many items: %j", async (options) => {
      const expected = numbered(0, Math.min(options.limit, total));
      expect(numbers(await client.query(table, key, options).toArray())).toEqual(expected);
      expect(await client.scan(table, options).toArray()).toHaveLength(expected.length);
      expect(await client.count(table, key, options)).toBe(expected.length);
      expect(await client.scanCount(table, options)).toBe(expected.length);
    });

    it("counts the items that the filter lets through", async () => {
      const filter = F("kind").eq(1);
      const options = { limit: 7, pageSize: 10, filter };
      expect(numbers(await client.query(table, key, options).toArray())).toEqual([
        1, 3, 5, 7, 9, 11, 13,
      ]);
      expect(await client.count(table, key, options)).toBe(7);
      expect(await client.count(table, key, { filter })).toBe(60);
      expect(await client.scanCount(table, { filter, limit: 61 })).toBe(60);
    });

    it("asks for no more than it delivers", async () => {
      const { client: observed, requests } = observe();
      await observed.query(table, key, { limit: 30 }).toArray();
      await observed.query(table, key, { limit: 30, pageSize: 20 }).toArray();
      await observed.query(table, key, { limit: 3, filter: F("kind").eq(0) }).toArray();
      expect(requests.map(({ input }) => input.Limit as unknown)).toEqual([30, 20, 10, undefined]);
    });
  });

  it("counts nothing where nothing is", async () => {
    const nobody = partitionKey("h").eq("nobody");
    expect(await client.count(table, nobody)).toBe(0);
    expect(await client.count(table, nobody, { limit: 1 })).toBe(0);
    expect(await client.count(table, key.and(sortKey("r").gt(total)))).toBe(0);
  });

  // These servers are consistent in any case, so only the request tells.
  it("asks for consistent reads where it is told to", async () => {
    const { client: observed, requests } = observe();
    const options = { consistentRead: true, limit: 1 };
    await observed.query(table, key, options).toArray();
    await observed.scan(table, options).toArray();
    await observed.count(table, key, options);
    await observed.scanCount(table, options);
    await observed.get(table, { h: "h", r: 1 }, options);
    expect(requests.map(({ input }) => input.ConsistentRead as unknown)).toEqual(
      Array.from({ length: 5 }, () => true),
    );
  });

  it("goes on from the key of a page", async () => {
    const first = await client.query(table, key, { pageSize: 50 }).page();
    expect(numbers(first.items)).toEqual(numbered(0, 50));
    expect(first).toMatchObject({
      count: 50,
      scannedCount: 50,
      lastEvaluatedKey: { h: "h", r: 49 },
    });
    const startKey = first.lastEvaluatedKey!;
    const second = await client.query(table, key, { pageSize: 50 }).page(startKey);
    expect(numbers(second.items)).toEqual(numbered(50, 100));
    const rest = await client.query(table, key, { startKey: second.lastEvaluatedKey }).toArray();
    expect(numbers(rest)).toEqual(numbered(100, total));
    expect((await client.query(table, key).page()).lastEvaluatedKey).toBeUndefined();

    const scanned = await client.scan(table, { pageSize: 100 }).page();
    const others = await client.scan(table, { startKey: scanned.lastEvaluatedKey }).toArray();
    expect(scanned.items).toHaveLength(100);
    expect(numbers([...scanned.items, ...others]).toSorted((a, b) => a - b)).toEqual(
      numbered(0, total),
    );
  });

  it("goes on from the key of a page of an index, and backwards", async () => {
    for (const [index, of, options] of [
      ["byKind", partitionKey("kind").eq(0), {}],
      ["byRank", key, {}],
      ["byRank", key, { descending: true }],
    ] as const) {
      const found: Item[] = [];
      let startKey: Item | undefined;
      do {
        const page: Page<Item> = await client
          .query(table, of, { index, pageSize: 25, ...options })
          .page(startKey);
        found.push(...page.items);
        startKey = page.lastEvaluatedKey;
      } while (startKey !== undefined);
      const whole = await client.query(table, of, { index, ...options }).toArray();
      expect(found).toEqual(whole);
      expect(new Set(numbers(found)).size).toBe(index === "byKind" ? 60 : total);
    }
  });

  it("gives pages as the server answers them", async () => {
    const sizes: [number, number][] = [];
    const pages = client.query(table, key, { pageSize: 50, filter: F("rank").gt(-60) }).pages();
    for await (const page of pages) {
      sizes.push([page.count, page.scannedCount]);
      expect(page.items).toHaveLength(page.count);
    }
    expect(sizes).toEqual([
      [50, 50],
      [10, 50],
      [0, 20],
    ]);
  });

  it("reports the capacity of each page", async () => {
    const page = await client.query(table, key, { returnConsumedCapacity: "TOTAL" }).page();
    expect(page.consumedCapacity).toMatchObject({ tableName: table });
    expect(page.consumedCapacity?.capacityUnits).toBeGreaterThan(0);
  });

  it("finds the first item with one request, or none", async () => {
    const { client: observed, requests } = observe();
    expect(await observed.query(table, key, { descending: true }).first()).toMatchObject({
      r: total - 1,
    });
    expect(requests).toHaveLength(1);
    expect(
      await client.query(table, key, { filter: F("rank").eq(-77), pageSize: 30 }).first(),
    ).toEqual({
      h: "h",
      r: 77,
      kind: 1,
      rank: -77,
    });
    expect(await client.query(table, key.and(sortKey("r").gt(total))).first()).toBeUndefined();
  });

  it("reads anew each time it is iterated", async () => {
    const query = client.query(table, key, { pageSize: 70 });
    expect(await query.toArray()).toEqual(await query.toArray());
  });

  it("sends nothing until it is read, and one page ahead of the reader", async () => {
    const { client: observed, requests } = observe();
    const query = observed.query(table, key, { pageSize: 10 });
    expect(requests).toHaveLength(0);
    const pages = query.pages();
    await pages.next();
    await expect.poll(() => requests.length).toBe(2);
    await pages.return();
    expect(requests).toHaveLength(2);
  });

  it("stops when the loop is left", async () => {
    const { client: observed, requests } = observe();
    const seen: number[] = [];
    for await (const item of observed.query(table, key, { pageSize: 10 })) {
      seen.push(item["r"] as number);
      if (seen.length === 15) break;
    }
    expect(seen).toEqual(numbered(0, 15));
    expect(requests.length).toBeLessThanOrEqual(3);
    const stopped = async (): Promise<void> => {
      for await (const _ of observed.scan(table, { pageSize: 10 })) throw new Error("enough");
    };
    await expect(stopped()).rejects.toThrow("enough");
  });

  it("stops when it is aborted, with the signal's reason", async () => {
    const { client: observed, requests } = observe();
    const controller = new AbortController();
    const seen: Item[] = [];
    const read = async (): Promise<void> => {
      const options = { pageSize: 10, signal: controller.signal };
      for await (const item of observed.query(table, key, options)) {
        seen.push(item);
        if (seen.length === 12) controller.abort(new Error("changed my mind"));
      }
    };
    await expect(read()).rejects.toThrow("changed my mind");
    expect(seen).toHaveLength(12);
    expect(requests.length).toBeLessThanOrEqual(3);
    await expect(
      observed.scan(table, { signal: AbortSignal.abort(new Error("before")) }).toArray(),
    ).rejects.toThrow("before");
  });

  it("throws the failure of a later page where it is reached", async () => {
    let answered = 0;
    const requestHandler = new RecordingHandler((_, send) => {
      if (++answered > 2) throw new TypeError("out of order");
      return send();
    });
    const failing = newClient({ requestHandler });
    const seen: Item[] = [];
    const read = async (): Promise<void> => {
      for await (const item of failing.query(table, key, { pageSize: 10 })) seen.push(item);
    };
    await expect(read()).rejects.toThrow("out of order");
    expect(seen).toHaveLength(20);
    answered = 1;
    for await (const item of failing.query(table, key, { pageSize: 10, limit: 10 }))
      seen.push(item);
    // The page that was fetched ahead fails, but the reader has left.
    answered = 1;
    for await (const _ of failing.query(table, key, { pageSize: 10 })) break;
    expect(seen).toHaveLength(30);
  });

  it("reads on where items fill a page of 1 MB", async () => {
    const big = await createTable({
      partitionKey: { name: "h", type: "S" },
      sortKey: { name: "r", type: "N" },
    });
    const put = numbered(0, 60).map((r) => ({ h: "h", r, big: "x".repeat(20_000) }));
    await client.batchWrite({ [big]: { put, keyAttributes: ["h", "r"] } });
    const page = await client.query(big, key).page();
    expect(page.lastEvaluatedKey).toBeDefined();
    expect(page.count).toBeGreaterThan(40);
    const next = await client.query(big, key).page(page.lastEvaluatedKey);
    expect(numbers([...page.items, ...next.items])).toEqual(numbered(0, 60));
    expect(await client.query(big, key, { projection: ["r"] }).toArray()).toHaveLength(60);
    expect(await client.scan(big).toArray()).toHaveLength(60);
    expect(await client.count(big, key)).toBe(60);
    expect(await client.scanCount(big, { limit: 59 })).toBe(59);
  });

  describe("goes on behind numbers that a number can't hold", () => {
    const marks = numbered(0, 10);
    const texts = {
      fractions: marks.map((mark) => `1700000000.1234567${mark}5`),
      integers: marks.map((mark) => String(9_007_199_254_740_993n + BigInt(mark))),
    };

    it.each([
      { kind: "fractions", numbers: undefined },
      { kind: "fractions", numbers: "string" },
      { kind: "fractions", numbers: Number },
      { kind: "integers", numbers: "bigint" },
      { kind: "integers", numbers: (text: string) => ({ text }) },
    ] as const)("%j", async ({ kind, numbers: given }) => {
      const exact = await createTable({
        partitionKey: { name: "h", type: "S" },
        sortKey: { name: "r", type: "N" },
      });
      const put = texts[kind].map((text, mark) => ({
        h: "h",
        r: new NumberValue(text),
        mark: `${mark}`,
      }));
      await client.batchWrite({ [exact]: { put } });
      const reading = newClient({ numbers: given });
      for (const descending of [false, true]) {
        const found: Item[] = [];
        for await (const item of reading.query(exact, key, { pageSize: 3, descending })) {
          found.push(item);
          // Pages that begin too early have no end.
          if (found.length > marks.length) break;
        }
        const expected = put.map(({ mark }) => mark);
        if (descending) expected.reverse();
        expect(found.map((item) => item["mark"] as string)).toEqual(expected);
        expect(await reading.count(exact, key, { pageSize: 3, limit: 11, descending })).toBe(10);
      }
    });
  });
});
