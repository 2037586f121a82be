import type { Item } from "./attribute-value/types.ts";
import type { Execute } from "./execute.ts";
import type { Call } from "./operations/call.ts";
import type { Page, PageRequest, ReadManyOptions, ScanOptions } from "./operations/read-many.ts";
import { type FetchPage, type Pages, sequentialPages } from "./pagination.ts";
import { segmentedPages } from "./segments.ts";
import type { ReadManyOutput } from "./wire/items.ts";

/** Makes the call for one page. */
export type MakePageCall = (page: PageRequest) => Call<ReadManyOutput, Page<Item>>;

/** The items of a query or scan; of several segments at once where there are several makers of calls. */
export function readMany(
  execute: Execute,
  makeCalls: readonly MakePageCall[],
  options: ReadManyOptions & Pick<ScanOptions, "segments">,
): Pages<Item> {
  const fetchers = makeCalls.map(
    (makeCall): FetchPage<Item> =>
      async (page, signal) =>
        // Options are of ever other shapes, and to spread them would take longer.
        execute(makeCall(page), Object.assign({}, options, { signal })),
  );
  const pagesOptions = {
    ...options,
    // It was checked when the query was made, and is read when its first page is asked for.
    startKey: options.startKey && { ...options.startKey },
    filtered: options.filter !== undefined,
    counting: options.select === "COUNT",
  };
  const [only, ...others] = fetchers;
  if (only !== undefined && others.length === 0) return sequentialPages(only, pagesOptions);
  return segmentedPages(fetchers, pagesOptions);
}

/** Adds up what the pages count. */
export async function countAll(pages: Pages<Item>, limit: number = Infinity): Promise<number> {
  let count = 0;
  for await (const page of pages.pages()) count += page.count;
  return Math.min(count, limit);
}
