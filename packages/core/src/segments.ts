import { InvalidInput } from "./errors/input-errors.ts";
import type { Page, PageRequest, ScanOptions } from "./operations/read-many.ts";
import { type FetchPage, Pages, type PagesOptions, readPages, stopSignal } from "./pagination.ts";

/** AWS, "Scanning tables in DynamoDB", parallel scan: 1 to 1,000,000 segments. */
const maximumSegments = 1_000_000;

/** Checks how a scan is divided into segments. */
export function checkSegments({ segments, segment, totalSegments, startKey }: ScanOptions): void {
  if ((segment === undefined) !== (totalSegments === undefined)) {
    throw new InvalidInput("A scan of one segment takes both segment and totalSegments");
  }
  const total = segments ?? totalSegments;
  if (total === undefined) return;
  if (segments !== undefined && segment !== undefined) {
    throw new InvalidInput(
      "A scan takes segments (all of them, at once) or segment and totalSegments (one of them), not both",
    );
  }
  if (!Number.isSafeInteger(total) || total < 1 || total > maximumSegments) {
    throw new InvalidInput(`A scan has 1 to ${maximumSegments} segments, not ${total}`);
  }
  if (
    segment !== undefined &&
    (!Number.isSafeInteger(segment) || segment < 0 || segment >= total)
  ) {
    throw new InvalidInput(`The segments of this scan are 0 to ${total - 1}, not ${segment}`);
  }
  if (segments !== undefined && startKey !== undefined) {
    throw new InvalidInput(
      "A scan of several segments at once has no startKey: each segment has its own",
    );
  }
}

/** The scans that a scan of several segments at once consists of. */
export function divideIntoSegments(options: ScanOptions): readonly ScanOptions[] {
  const { segments } = options;
  if (segments === undefined) return [options];
  return Array.from({ length: segments }, (_, segment) => ({
    ...options,
    segment,
    totalSegments: segments,
  }));
}

/** Pages of several segments that are read at once. */
export function segmentedPages<T>(
  fetchers: readonly FetchPage<T>[],
  options: PagesOptions,
): Pages<T> {
  const source = {
    read: (given: PagesOptions) => readSegments(fetchers, given),
    fetchPage: () =>
      Promise.reject(
        new InvalidInput("A scan of several segments at once has no single page: use pages()"),
      ),
  };
  return new Pages<T>(source, options);
}

/** Reads all segments at once, each at most two pages ahead of the consumer, and delivers pages as they come. */
async function* readSegments<T>(
  fetchers: readonly FetchPage<T>[],
  options: PagesOptions,
): AsyncGenerator<Page<T>, void, undefined> {
  const stop = stopSignal(options.signal);
  let remaining = options.limit ?? Infinity;
  const sources = fetchers.map((fetchPage) =>
    readPages((request: PageRequest, signal) => fetchPage(request, signal), {
      ...options,
      signal: stop.signal,
    }),
  );
  const arrivals = new Arrivals<T>();
  let reading = sources.length;
  try {
    for (const source of sources) arrivals.await(source);
    while (reading > 0) {
      const { source, result } = await arrivals.next();
      if (result.done === true) {
        reading--;
        continue;
      }
      remaining -= options.counting === true ? result.value.count : result.value.items.length;
      if (remaining > 0) arrivals.await(source);
      else reading = 0;
      options.signal?.throwIfAborted();
      yield result.value;
    }
  } finally {
    stop.end();
    await Promise.allSettled(sources.map((source) => source.return()));
  }
}

interface Step<T> {
  readonly source: AsyncGenerator<Page<T>, void, undefined>;
  readonly result: IteratorResult<Page<T>, void>;
}

/**
 * The next pages of several segments, in the order in which they come, so that no segment starves behind one that is always
 * ready. A race of promises would go through all segments for each page, and leave something at each.
 */
class Arrivals<T> {
  readonly #arrived: Set<Promise<Step<T>>> = new Set();
  /** Goes along them as they come and go: each new one would begin before all that are gone. */
  #line: Iterator<Promise<Step<T>>> | undefined;
  #wake: () => void = () => {};

  /** Asks a segment for its next page. */
  await(source: AsyncGenerator<Page<T>, void, undefined>): void {
    const step = source.next().then((result) => ({ source, result }));
    const arrive = (): void => {
      this.#arrived.add(step);
      this.#wake();
    };
    // The first failure ends the reading; the others' must not count as unhandled.
    step.then(arrive, arrive);
  }

  /** @throws what the segment failed with. */
  async next(): Promise<Step<T>> {
    for (;;) {
      this.#line ??= this.#arrived.values();
      const first = this.#line.next();
      if (first.done !== true) {
        this.#arrived.delete(first.value);
        return first.value;
      }
      // It sees nothing that comes after its end.
      this.#line = undefined;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
