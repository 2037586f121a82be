import * as fc from "fast-check";
import { getEventListeners } from "node:events";
import { Readable } from "node:stream";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  askedPages,
  numbersBelow,
  pageOf,
  settle,
  unhandledDuring,
} from "../test-support/paged-source.ts";
import type { PageRequest } from "./operations/read-many.ts";
import { type PagesOptions, sequentialPages } from "./pagination.ts";

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

describe("delivery", () => {
  test("every item of every page, in order, from the start key on", async () => {
    const { fetchPage, requests } = numbersBelow(7, 3);
    expect(await sequentialPages(fetchPage, {}).toArray()).toEqual(upTo(7));
    expect(requests).toEqual(
      [undefined, { n: 3 }, { n: 6 }].map((startKey) => ({ startKey, limit: undefined })),
    );
    const later = sequentialPages(fetchPage, { startKey: { n: 5 } });
    expect(await later.toArray()).toEqual([5, 6]);
  });

  test("each iteration reads anew", async () => {
    const { fetchPage, requests } = numbersBelow(4, 2);
    const pages = sequentialPages(fetchPage, {});
    expect(requests).toEqual([]);
    expect(await pages.toArray()).toEqual(upTo(4));
    expect(await pages.toArray()).toEqual(upTo(4));
    expect(requests).toHaveLength(4);
    const [one, other] = [pages[Symbol.asyncIterator](), pages[Symbol.asyncIterator]()];
    expect(
      [await one.next(), await other.next(), await one.next()].map(({ value }) => value),
    ).toEqual([0, 0, 1]);
    await Promise.all([one.return(), other.return()]);
  });

  test("pages come whole, empty ones too", async () => {
    const { fetchPage } = numbersBelow(6, 2, (n) => n > 3);
    const pages = sequentialPages(fetchPage, { filtered: true });
    const delivered = [];
    for await (const { items } of pages.pages()) delivered.push(items);
    expect(delivered).toEqual([[], [], [4, 5]]);
    expect(await pages.toArray()).toEqual([4, 5]);
  });

  test("items come where built-in prototypes are frozen as well", async () => {
    const { fetchPage } = numbersBelow(2, 2);
    const prototype = Object.getPrototypeOf(async function* () {}.prototype) as object;
    const inherited = Object.getOwnPropertyDescriptors(prototype);
    onTestFinished(() => void Object.defineProperties(prototype, inherited));
    for (const name of ["return", "throw"])
      Object.defineProperty(prototype, name, { writable: false });
    expect(await sequentialPages(fetchPage, {}).toArray()).toEqual([0, 1]);
  });

  test("page() is one request, and its last key goes on", async () => {
    const { fetchPage, requests } = numbersBelow(5, 2);
    const pages = sequentialPages(fetchPage, { limit: 9, pageSize: 2, startKey: { n: 1 } });
    const first = await pages.page();
    expect(first).toMatchObject({ items: [1, 2], lastEvaluatedKey: { n: 3 } });
    expect(await pages.page(first.lastEvaluatedKey)).toMatchObject({
      items: [3, 4],
      lastEvaluatedKey: undefined,
    });
    await sequentialPages(fetchPage, { limit: 9 }).page();
    expect(requests).toEqual([
      { startKey: { n: 1 }, limit: 2 },
      { startKey: { n: 3 }, limit: 2 },
      { startKey: undefined, limit: 9 },
    ]);
  });

  test("first() asks for one item, and with a filter for as many pages as it takes", async () => {
    const { fetchPage, requests } = numbersBelow(5, 2);
    expect(await sequentialPages(fetchPage, { limit: 4 }).first()).toBe(0);
    expect(requests).toEqual([{ startKey: undefined, limit: 1 }]);
    const filtered = numbersBelow(9, 2, (n) => n === 5);
    expect(await sequentialPages(filtered.fetchPage, { filtered: true }).first()).toBe(5);
    expect(filtered.requests).toHaveLength(3);
    expect(await sequentialPages(numbersBelow(0, 2).fetchPage, {}).first()).toBeUndefined();
  });
});

describe("limit", () => {
  test("means items delivered, whatever page size and filter are", async () => {
    const options = fc.record({
      total: fc.nat({ max: 12 }),
      mostPerPage: fc.integer({ min: 1, max: 5 }),
      limit: fc.option(fc.integer({ min: 1, max: 14 }), { nil: undefined }),
      pageSize: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
      divisor: fc.integer({ min: 1, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(options, async ({ total, mostPerPage, limit, pageSize, divisor }) => {
        const keep = (n: number) => n % divisor === 0;
        const { fetchPage, requests } = numbersBelow(total, mostPerPage, keep);
        const given: PagesOptions = { limit, pageSize, filtered: divisor > 1 };
        const kept = upTo(total).filter(keep);
        expect(await sequentialPages(fetchPage, given).toArray()).toEqual(kept.slice(0, limit));

        // With a filter DynamoDB's limit would count what is never delivered; without one nothing more is read.
        const most = Math.min(pageSize ?? Infinity, divisor > 1 ? Infinity : (limit ?? Infinity));
        for (const request of requests) {
          expect(request.limit ?? Infinity).toBeLessThanOrEqual(most);
          expect(request.limit === undefined).toBe(most === Infinity);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("asks for more and more where a reader skips what was found", async () => {
    const { fetchPage, requests } = numbersBelow(1000, 1000);
    const skipping = async (request: PageRequest) => {
      const page = await fetchPage(request, undefined);
      return { ...page, items: page.items.filter((n) => n >= 990) };
    };
    const asked = () => requests.splice(0).map(({ limit }) => limit);
    expect(await sequentialPages(skipping, {}).first()).toBe(990);
    expect(asked()).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512]);
    expect(await sequentialPages(skipping, { limit: 3 }).toArray()).toEqual([990, 991, 992]);
    expect(asked()).toEqual([3, 6, 12, 24, 48, 96, 192, 384, 768]);
    expect(
      await sequentialPages(skipping, { limit: 7, startKey: { n: 989 } }).toArray(),
    ).toHaveLength(7);
    expect(asked()).toEqual([7, 2]);
    const pages = sequentialPages(skipping, { limit: 1, pageSize: 300, startKey: { n: 100 } });
    expect(await pages.toArray()).toEqual([990]);
    expect(Math.max(...asked().map(Number))).toBe(300);
  });

  test("no page is asked for behind the one that reaches it", async () => {
    const { fetchPage, requests } = numbersBelow(100, 5);
    const pages = sequentialPages(fetchPage, { limit: 12, pageSize: 5 });
    expect(await pages.toArray()).toEqual(upTo(12));
    expect(requests.map(({ limit }) => limit)).toEqual([5, 5, 2]);
  });
});

describe("the page after", () => {
  test("is asked for while one is consumed, and no page behind it", async () => {
    const { fetchPage, asked } = askedPages();
    const items = sequentialPages(fetchPage, {})[Symbol.asyncIterator]();
    const first = items.next();
    await settle();
    expect(asked).toHaveLength(1);
    asked[0]?.answer(pageOf([1, 2], 2));
    expect((await first).value).toBe(1);
    expect(asked.map(({ startKey }) => startKey)).toEqual([undefined, { n: 2 }]);
    asked[1]?.answer(pageOf([3], 3));
    expect((await items.next()).value).toBe(2);
    await settle();
    expect(asked).toHaveLength(2);
    expect((await items.next()).value).toBe(3);
    expect(asked).toHaveLength(3);
    await items.return();
  });

  test("its failure is thrown once, behind the items before it", async () => {
    const { fetchPage, asked } = askedPages();
    const failure = new Error("lost");
    const seen: unknown[] = [];
    const unhandled = await unhandledDuring(async () => {
      const items = sequentialPages(fetchPage, {})[Symbol.asyncIterator]();
      const first = items.next();
      await settle();
      asked[0]?.answer(pageOf([1, 2], 2));
      seen.push((await first).value);
      asked[1]?.fail(failure);
      await settle();
      seen.push((await items.next()).value);
      await expect(items.next()).rejects.toBe(failure);
      expect(await items.next()).toEqual({ value: undefined, done: true });
    });
    expect(seen).toEqual([1, 2]);
    expect(unhandled).toEqual([]);
  });
});

describe("leaving leaves nothing behind", () => {
  const leave: Record<string, (items: AsyncGenerator<unknown, void>) => Promise<unknown>> = {
    return: (items) => items.return(),
    throw: (items) => items.throw(new Error("consumer")).catch(() => undefined),
  };
  test.each(["return", "throw"])("%s, at an item or a page", async (way) => {
    for (const kind of ["items", "pages"] as const) {
      const { fetchPage, asked } = askedPages();
      const pages = sequentialPages(fetchPage, {});
      const unhandled = await unhandledDuring(async () => {
        const reading = kind === "items" ? pages[Symbol.asyncIterator]() : pages.pages();
        const first = reading.next();
        await settle();
        asked[0]?.answer(pageOf([1, 2], 2));
        await first;
        expect(asked[1]?.signal?.aborted).toBe(false);
        await leave[way]?.(reading);
        expect(asked[1]?.signal?.aborted).toBe(true);
        expect(await reading.next()).toEqual({ value: undefined, done: true });
      });
      expect(unhandled).toEqual([]);
      expect(asked).toHaveLength(2);
    }
  });

  test("a loop that breaks ends the page under way", async () => {
    const { fetchPage, asked } = askedPages();
    const unhandled = await unhandledDuring(async () => {
      setImmediate(() => asked[0]?.answer(pageOf([1], 1)));
      for await (const item of sequentialPages(fetchPage, {})) {
        expect(item).toBe(1);
        break;
      }
    });
    expect(asked).toHaveLength(2);
    expect(asked[1]?.signal?.aborted).toBe(true);
    expect(unhandled).toEqual([]);
  });

  test.each<[string, (items: AsyncGenerator<number>) => Promise<unknown>]>([
    ["return", (items) => items.return(undefined)],
    ["throw", (items) => items.throw(new Error("gone")).catch(() => undefined)],
  ])("%s() while an item is looked for reads no empty pages without end", async (_, goAway) => {
    const { fetchPage, requests } = numbersBelow(1_000, 1, () => false);
    const items = sequentialPages(fetchPage, { filtered: true })[Symbol.asyncIterator]();
    const first = items.next();
    await goAway(items);
    expect(await first).toEqual({ done: true, value: undefined });
    expect(requests.length).toBeLessThan(5);
  });

  test("a stream that is destroyed reads no further", async () => {
    const { fetchPage, requests } = numbersBelow(1_000, 1, () => false);
    const later = async (...page: Parameters<typeof fetchPage>) => {
      await settle();
      return fetchPage(...page);
    };
    const stream = Readable.from(sequentialPages(later, { filtered: true })).resume();
    await settle();
    stream.destroy();
    await settle();
    const { length } = requests;
    for (let turns = 0; turns < 5; turns++) await settle();
    expect(requests.length).toBeLessThanOrEqual(length + 1);
  });

  test("before the first page is asked for there is nothing to leave", async () => {
    const { fetchPage, asked } = askedPages();
    await sequentialPages(fetchPage, {}).pages().return();
    expect(asked).toEqual([]);
  });
});

describe("a signal", () => {
  const reason = new Error("enough");

  test("that has fired already lets no item through", async () => {
    const { fetchPage } = numbersBelow(3, 1);
    const pages = sequentialPages(fetchPage, { signal: AbortSignal.abort(reason) });
    await expect(pages.toArray()).rejects.toBe(reason);
    await expect(pages.first()).rejects.toBe(reason);
  });

  test("that fires during a page ends it, with its reason", async () => {
    const { fetchPage, asked } = askedPages();
    const controller = new AbortController();
    const unhandled = await unhandledDuring(async () => {
      const items = sequentialPages(fetchPage, { signal: controller.signal })[
        Symbol.asyncIterator
      ]();
      const first = items.next();
      await settle();
      controller.abort(reason);
      await expect(first).rejects.toBe(reason);
      expect(asked[0]?.signal?.reason).toBe(reason);
      expect((await items.next()).done).toBe(true);
    });
    expect(unhandled).toEqual([]);
  });

  test("that fires between two items ends the reading before the next", async () => {
    const { fetchPage, asked } = askedPages();
    const controller = new AbortController();
    const unhandled = await unhandledDuring(async () => {
      const items = sequentialPages(fetchPage, { signal: controller.signal })[
        Symbol.asyncIterator
      ]();
      const first = items.next();
      await settle();
      asked[0]?.answer(pageOf([1, 2], 2));
      await first;
      controller.abort(reason);
      await expect(items.next()).rejects.toBe(reason);
      expect(asked[1]?.signal?.aborted).toBe(true);
    });
    expect(unhandled).toEqual([]);
  });

  test("is let go of when reading ends", async () => {
    const { signal } = new AbortController();
    const pages = sequentialPages(numbersBelow(4, 2).fetchPage, { signal });
    const items = pages[Symbol.asyncIterator]();
    await items.next();
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    await items.return();
    expect(getEventListeners(signal, "abort")).toEqual([]);
    expect(await pages.toArray()).toEqual(upTo(4));
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});
