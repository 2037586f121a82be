import type { ConsumedCapacity, Item, Page, Pages } from "@fieldwise/core";
import type { Cursors } from "./cursor.ts";

/** One page of a query or scan. */
export interface ItemPage<out Result> {
  readonly items: readonly Result[];
  /** Where the next page begins, for `page({ cursor })` of the same query; `undefined` at the end. */
  readonly cursor: string | undefined;
  /** How many items DynamoDB found. */
  readonly count: number;
  /** How many items DynamoDB read before the filter. */
  readonly scannedCount: number;
  readonly consumedCapacity: ConsumedCapacity | undefined;
}

/**
 * The items of a query or scan, decoded and validated. Nothing is read until it is iterated or one of its methods is called,
 * and each iteration reads anew; the page after is fetched while one is consumed.
 *
 * @example
 * for await (const order of db.orders.query({ customerId: "c1" }, { limit: 100 })) console.log(order.total);
 */
export class ItemPages<out Result> implements AsyncIterable<Result> {
  readonly #pages: Pages<Item>;
  readonly #cursors: Cursors | undefined;

  /** @internal */
  constructor(pages: Pages<Item>, cursors: Cursors | undefined) {
    this.#pages = pages;
    this.#cursors = cursors;
  }

  /** Every item, page after page, up to `limit`. */
  [Symbol.asyncIterator](): AsyncGenerator<Result, void, undefined> {
    return this.#pages[Symbol.asyncIterator]() as AsyncGenerator<Result, void, undefined>;
  }

  /** Page by page, as DynamoDB answers; reading ends with the page that reaches `limit`. */
  async *pages(): AsyncGenerator<ItemPage<Result>, void, undefined> {
    for await (const page of this.#pages.pages()) yield this.#page(page);
  }

  /**
   * One page: one request, of up to `pageSize` (or else `limit`) items read before the filter.
   *
   * @param options.cursor - Where the page begins: the `cursor` of the page before.
   * @throws InvalidCursor where the cursor is damaged, forged, or another query's.
   */
  async page(options: { readonly cursor?: string | undefined } = {}): Promise<ItemPage<Result>> {
    const { cursor } = options;
    const startKey = cursor === undefined ? undefined : this.#cursors?.read(cursor);
    return this.#page(await this.#pages.page(startKey));
  }

  /** All items, up to `limit`, as an array. */
  toArray(): Promise<Result[]> {
    return this.#pages.toArray() as Promise<Result[]>;
  }

  /** The first item, or `undefined` where there is none. */
  first(): Promise<Result | undefined> {
    return this.#pages.first() as Promise<Result | undefined>;
  }

  #page({
    items,
    lastEvaluatedKey,
    count,
    scannedCount,
    consumedCapacity,
  }: Page<Item>): ItemPage<Result> {
    const cursor =
      lastEvaluatedKey === undefined ? undefined : this.#cursors?.write(lastEvaluatedKey);
    return { items: items as readonly Result[], cursor, count, scannedCount, consumedCapacity };
  }
}
