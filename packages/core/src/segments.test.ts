import { describe, expect, test } from "vitest";
import {
  type AskedPage,
  askedPages,
  numbersBelow,
  pageOf,
  settle,
  unhandledDuring,
} from "../test-support/paged-source.ts";
import { InvalidInput } from "./errors/input-errors.ts";
import type { ScanOptions } from "./operations/read-many.ts";
import { checkSegments, divideIntoSegments, segmentedPages } from "./segments.ts";

describe("options", () => {
  test.each<[ScanOptions, string]>([
    [{ segments: 0 }, "A scan has 1 to 1000000 segments, not 0"],
    [{ segments: 1.5 }, "not 1.5"],
    [{ segments: 1_000_001 }, "not 1000001"],
    [{ segment: 0 }, "takes both segment and totalSegments"],
    [{ totalSegments: 2 }, "takes both segment and totalSegments"],
    [{ segments: 2, segment: 0, totalSegments: 2 }, "not both"],
    [{ segment: 2, totalSegments: 2 }, "The segments of this scan are 0 to 1, not 2"],
    [{ segment: -1, totalSegments: 2 }, "not -1"],
    [{ segment: 0.5, totalSegments: 2 }, "not 0.5"],
    [{ segment: 0, totalSegments: 0 }, "1 to 1000000 segments, not 0"],
    [{ segments: 2, startKey: { id: "a" } }, "has no startKey"],
  ])("%o is refused", (options, message) => {
    expect(() => checkSegments(options)).toThrow(InvalidInput);
    expect(() => checkSegments(options)).toThrow(message);
  });

  test.each<[ScanOptions]>([
    [{}],
    [{ startKey: { id: "a" } }],
    [{ segments: 1 }],
    [{ segments: 1_000_000 }],
    [{ segment: 1, totalSegments: 2, startKey: { id: "a" } }],
  ])("%o is taken", (options) => {
    expect(() => checkSegments(options)).not.toThrow();
  });

  test("are divided into one scan for each segment", () => {
    const options = { segments: 3, limit: 5, index: "byStatus" };
    expect(divideIntoSegments(options)).toEqual(
      [0, 1, 2].map((segment) => ({ ...options, segment, totalSegments: 3 })),
    );
    const alone = { limit: 5 };
    expect(divideIntoSegments(alone)).toEqual([alone]);
  });
});

describe("delivery", () => {
  test("every item of every segment, each segment's in order", async () => {
    const sources = [7, 0, 4].map((total) => numbersBelow(total, 2).fetchPage);
    const items = await segmentedPages(sources, {}).toArray();
    expect(items.toSorted((a, b) => a - b)).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 5, 6]);
  });

  test.each([1, 5, 6, 11, 12, 50])("a limit of %i is of items over all segments", async (limit) => {
    const sources = [6, 5].map((total) => numbersBelow(total, 2).fetchPage);
    expect(await segmentedPages(sources, { limit }).toArray()).toHaveLength(Math.min(limit, 11));
  });

  test("a segment that is slow holds up no other", async () => {
    const slow = askedPages();
    const quick = numbersBelow(6, 2);
    const items = segmentedPages([slow.fetchPage, quick.fetchPage], {})[Symbol.asyncIterator]();
    const seen = [];
    for (let count = 0; count < 6; count++) seen.push((await items.next()).value);
    expect(seen).toEqual([0, 1, 2, 3, 4, 5]);
    const last = items.next();
    slow.asked[0]?.answer(pageOf([9]));
    expect((await last).value).toBe(9);
    expect((await items.next()).done).toBe(true);
  });

  test("each segment is at most two pages ahead of the consumer", async () => {
    const sources = [1, 2, 3].map(() => numbersBelow(1000, 1));
    const pages = segmentedPages(
      sources.map(({ fetchPage }) => fetchPage),
      {},
    ).pages();
    for (let delivered = 1; delivered <= 20; delivered++) {
      await pages.next();
      await settle();
      const asked = sources.map(({ requests }) => requests.length);
      expect(Math.max(...asked)).toBeLessThanOrEqual(delivered + 2);
      expect(asked.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(delivered + 6);
    }
    await pages.return();
  });

  test("no segment starves behind one that is always ready", async () => {
    const sources = [1, 2, 3].map(() => numbersBelow(100, 1));
    const pages = segmentedPages(
      sources.map(({ fetchPage }) => fetchPage),
      {},
    ).pages();
    for (let delivered = 0; delivered < 30; delivered++) {
      await pages.next();
      await settle();
    }
    for (const { requests } of sources) expect(requests.length).toBeGreaterThan(5);
    await pages.return();
  });

  test("thousands of segments take no longer each than a few", async () => {
    const sources = Array.from({ length: 10_000 }, () => numbersBelow(1, 1).fetchPage);
    expect(await segmentedPages(sources, {}).toArray()).toHaveLength(10_000);
  });

  test("there is no single page", async () => {
    const pages = segmentedPages([numbersBelow(1, 1).fetchPage, numbersBelow(1, 1).fetchPage], {});
    await expect(pages.page()).rejects.toThrow(/no single page: use pages\(\)/);
    expect(await pages.first()).toBe(0);
  });
});

describe("endings", () => {
  const failure = new Error("lost");
  const open = () => {
    const sources = [askedPages(), askedPages(), askedPages()];
    const controller = new AbortController();
    const { signal } = controller;
    const pages = segmentedPages(
      sources.map(({ fetchPage }) => fetchPage),
      { signal },
    );
    const asked = (): AskedPage[] => sources.flatMap((source) => source.asked);
    return { sources, controller, reading: pages.pages(), asked };
  };

  test("one segment that fails ends all, and its failure is thrown once", async () => {
    const { sources, reading, asked } = open();
    const unhandled = await unhandledDuring(async () => {
      const first = reading.next();
      await settle();
      sources[1]?.asked[0]?.fail(failure);
      await expect(first).rejects.toBe(failure);
      expect(asked().map(({ signal }) => signal?.aborted)).toEqual([true, true, true]);
      expect((await reading.next()).done).toBe(true);
    });
    expect(unhandled).toEqual([]);
  });

  test("two that fail at once are one failure", async () => {
    const { sources, reading } = open();
    const unhandled = await unhandledDuring(async () => {
      const first = reading.next();
      await settle();
      sources[0]?.asked[0]?.fail(failure);
      sources[1]?.asked[0]?.fail(new Error("too"));
      await expect(first).rejects.toBe(failure);
    });
    expect(unhandled).toEqual([]);
  });

  test.each(["return", "throw"] as const)("%s ends every request under way", async (way) => {
    const { sources, reading, asked } = open();
    const unhandled = await unhandledDuring(async () => {
      const first = reading.next();
      await settle();
      sources[0]?.asked[0]?.answer(pageOf([1], 1));
      await first;
      const left = way === "return" ? reading.return() : reading.throw(failure);
      await left.catch(() => undefined);
      expect(asked()).toHaveLength(4);
      expect(asked().every(({ signal }) => signal?.aborted === true)).toBe(true);
    });
    expect(unhandled).toEqual([]);
  });

  test("a signal ends every request under way, with its reason", async () => {
    const { reading, controller, asked } = open();
    const unhandled = await unhandledDuring(async () => {
      const first = reading.next();
      await settle();
      controller.abort(failure);
      await expect(first).rejects.toBe(failure);
      expect(asked().map(({ signal }) => signal?.reason as unknown)).toEqual([
        failure,
        failure,
        failure,
      ]);
    });
    expect(unhandled).toEqual([]);
  });

  test("a limit that is reached ends the other segments' requests", async () => {
    const slow = askedPages();
    const quick = numbersBelow(5, 5);
    const pages = segmentedPages([slow.fetchPage, quick.fetchPage], { limit: 5 });
    const unhandled = await unhandledDuring(async () => {
      expect(await pages.toArray()).toEqual([0, 1, 2, 3, 4]);
      const delivered = [];
      for await (const { items } of pages.pages()) delivered.push(...items);
      expect(delivered).toEqual([0, 1, 2, 3, 4]);
    });
    expect(slow.asked.map(({ signal }) => signal?.aborted)).toEqual([true, true]);
    expect(unhandled).toEqual([]);
  });
});
