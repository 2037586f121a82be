import { offAbort, onAbort } from "./abort-listeners.ts";
import type { Item } from "./attribute-value/types.ts";
import type { Page, PageRequest } from "./operations/read-many.ts";

/** Fetches one page; aborted by the signal. */
export type FetchPage<T> = (
  request: PageRequest,
  signal: AbortSignal | undefined,
) => Promise<Page<T>>;

/** What governs the reading of pages. */
export interface PagesOptions {
  /** How many items to deliver. */
  readonly limit?: number | undefined;
  /** How many items one request reads. */
  readonly pageSize?: number | undefined;
  readonly startKey?: Item | undefined;
  readonly signal?: AbortSignal | undefined;
  /** A filter drops items after DynamoDB has counted them against the request's limit. */
  readonly filtered?: boolean | undefined;
  /** Pages count items and carry none. */
  readonly counting?: boolean | undefined;
}

/** Where pages come from. */
export interface PageSource<T> {
  /** All pages, one after another. */
  read(options: PagesOptions): AsyncGenerator<Page<T>, void, undefined>;
  /** One page. */
  readonly fetchPage: FetchPage<T>;
}

/**
 * The items of a query, a scan or another paginated read. Nothing is read until it is iterated or one of its methods is
 * called, and each iteration reads anew. The page after is fetched while one is consumed; leaving the loop, an error and
 * the `signal` option end the work.
 *
 * @example
 * for await (const item of table.query(partitionKey("id").eq("a"), { limit: 100 })) console.log(item);
 */
export class Pages<T> implements AsyncIterable<T> {
  readonly #source: PageSource<T>;
  readonly #options: PagesOptions;

  /** @internal */
  constructor(source: PageSource<T>, options: PagesOptions) {
    this.#source = source;
    this.#options = options;
  }

  /** Every item, page after page, up to `limit`. */
  [Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    const pages = this.pages();
    return endedWith(this.#itemsOf(pages), pages);
  }

  /**
   * Page by page, as DynamoDB answers. Pages are whole, so that each one's `lastEvaluatedKey` is the place to go on:
   * reading ends with the page that reaches `limit`, and with a filter, or where items are skipped that could not be read as
   * asked, that page may hold a few items more.
   */
  pages(): AsyncGenerator<Page<T>, void, undefined> {
    return this.#source.read(this.#options);
  }

  /**
   * One page: one request, of up to `pageSize` (or else `limit`) items read before the filter.
   *
   * @param startKey - Where to go on: the `lastEvaluatedKey` of the page before.
   */
  page(startKey: Item | undefined = this.#options.startKey): Promise<Page<T>> {
    const { pageSize, limit, signal } = this.#options;
    return this.#source.fetchPage({ startKey, limit: pageSize ?? limit }, signal);
  }

  /** All items, up to `limit`, as an array. */
  async toArray(): Promise<T[]> {
    const pages: (readonly T[])[] = [];
    // Item by item, the generator would take longer than the reading.
    for await (const { items } of this.pages()) pages.push(items);
    return pages.flat().slice(0, this.#options.limit);
  }

  /** The first item, or `undefined` where there is none. */
  async first(): Promise<T | undefined> {
    for await (const { items } of this.#source.read({ ...this.#options, limit: 1 }))
      if (items.length > 0) return items[0];
    return undefined;
  }

  async *#itemsOf(
    pages: AsyncGenerator<Page<T>, void, undefined>,
  ): AsyncGenerator<T, void, undefined> {
    let remaining = this.#options.limit ?? Infinity;
    for await (const page of pages) {
      for (const item of page.items) {
        this.#options.signal?.throwIfAborted();
        yield item;
        if (--remaining === 0) return;
      }
    }
  }
}

/**
 * Has whoever leaves the items leave the pages at once. A generator that looks for its next item is left when it has found it,
 * and a destroyed stream would read page after page that the filter leaves empty.
 */
function endedWith<T>(
  items: AsyncGenerator<T, void, undefined>,
  pages: AsyncGenerator<unknown, void, undefined>,
): AsyncGenerator<T, void, undefined> {
  const end = items.return.bind(items);
  const fail = items.throw.bind(items);
  // Defined, for where built-in prototypes are frozen an inherited method can't be assigned to.
  return Object.defineProperties(items, {
    return: {
      value(): ReturnType<typeof end> {
        void pages.return();
        return end();
      },
    },
    throw: {
      value(error: unknown): ReturnType<typeof fail> {
        void pages.return();
        return fail(error);
      },
    },
  });
}

/** Pages that follow each other: each begins where the one before ended. */
export function sequentialPages<T>(fetchPage: FetchPage<T>, options: PagesOptions): Pages<T> {
  return new Pages({ fetchPage, read: (given) => readPages(fetchPage, given) }, options);
}

/** Reads one page after another, one ahead of the consumer. */
export async function* readPages<T>(
  fetchPage: FetchPage<T>,
  options: PagesOptions,
): AsyncGenerator<Page<T>, void, undefined> {
  const { pageSize, filtered, signal } = options;
  let remaining = options.limit ?? Infinity;
  /** How many items a request reads at least, unless `pageSize` says less. */
  let least = 0;
  let ahead: ReturnType<typeof stopSignal> | undefined;
  const request = (startKey: Item | undefined): Promise<Page<T>> => {
    // With a filter the server's limit would count items that are never delivered: many requests for a few items.
    const wanted =
      filtered === true || remaining === Infinity ? undefined : Math.max(remaining, least);
    const limit =
      pageSize === undefined || wanted === undefined
        ? (pageSize ?? wanted)
        : Math.min(pageSize, wanted);
    return fetchPage({ startKey, limit }, ahead?.signal ?? signal);
  };
  try {
    let next: Promise<Page<T>> | undefined = request(options.startKey);
    while (next !== undefined) {
      const page: Page<T> = await next;
      remaining -= options.counting === true ? page.count : page.items.length;
      least = options.counting === true ? 0 : readForMore(page, remaining);
      next = undefined;
      if (page.lastEvaluatedKey !== undefined && remaining > 0) {
        // Most reads have one page, which nobody leaves before it is there.
        ahead ??= stopSignal(signal);
        next = request(page.lastEvaluatedKey);
        // Its failure is thrown when it is awaited, which it is not if the consumer leaves before.
        next.catch(() => undefined);
      }
      signal?.throwIfAborted();
      yield page;
    }
  } finally {
    ahead?.end();
  }
}

/**
 * How many items to read for some that are delivered, after a page of which the reader skipped some: as many more as it did.
 * By one at a time a thousand that are skipped would take a thousand requests.
 */
function readForMore({ items: { length: delivered }, count }: Page<unknown>, more: number): number {
  if (delivered >= count) return 0;
  return delivered === 0 ? 2 * count : Math.ceil((more * count) / delivered);
}

/** A signal that ends with the caller's or at `end`, and lets go of the caller's then. */
export function stopSignal(outer: AbortSignal | undefined): {
  readonly signal: AbortSignal;
  end(): void;
} {
  const controller = new AbortController();
  const forward = (): void => controller.abort(outer?.reason);
  if (outer?.aborted === true) forward();
  else if (outer !== undefined) onAbort(outer, forward);
  return {
    signal: controller.signal,
    end() {
      if (outer !== undefined) offAbort(outer, forward);
      controller.abort();
    },
  };
}
