import type { Page, PageRequest } from "../src/operations/read-many.ts";
import type { FetchPage } from "../src/pagination.ts";

/** One request for a page, to be answered by the test. */
export interface AskedPage extends PageRequest {
  readonly signal: AbortSignal | undefined;
  readonly answer: (page: Page<number>) => void;
  readonly fail: (error: unknown) => void;
}

/** A page of numbers; `next` is where the next one begins. */
export function pageOf(items: readonly number[], next?: number): Page<number> {
  return {
    items,
    count: items.length,
    scannedCount: items.length,
    lastEvaluatedKey: next === undefined ? undefined : { n: next },
    consumedCapacity: undefined,
  };
}

/** A source whose every page waits for the test. It fails, as a transport does, when its signal fires. */
export function askedPages(): {
  readonly fetchPage: FetchPage<number>;
  readonly asked: AskedPage[];
} {
  const asked: AskedPage[] = [];
  const fetchPage: FetchPage<number> = (request, signal) =>
    new Promise((answer, fail) => {
      signal?.addEventListener("abort", () => fail(signal.reason));
      asked.push({ ...request, signal, answer, fail });
    });
  return { fetchPage, asked };
}

/** The numbers below `total`, as a table that reads `mostPerPage` at a time and delivers those that `keep` keeps. */
export function numbersBelow(
  total: number,
  mostPerPage: number,
  keep: (n: number) => boolean = () => true,
): { readonly fetchPage: FetchPage<number>; readonly requests: PageRequest[] } {
  const requests: PageRequest[] = [];
  const fetchPage: FetchPage<number> = async (request) => {
    requests.push(request);
    const start = (request.startKey?.["n"] as number | undefined) ?? 0;
    const end = Math.min(total, start + Math.min(mostPerPage, request.limit ?? Infinity));
    const read = Array.from({ length: end - start }, (_, index) => start + index);
    const items = read.filter(keep);
    return { ...pageOf(items, end < total ? end : undefined), scannedCount: read.length };
  };
  return { fetchPage, requests };
}

/** Lets everything run that is not waiting for the test. */
export async function settle(): Promise<void> {
  for (let turns = 0; turns < 3; turns++)
    await new Promise<void>((resolve) => setImmediate(resolve));
}

/** Runs something, and returns what was rejected in it with nobody to handle it. */
export async function unhandledDuring(run: () => Promise<void>): Promise<readonly unknown[]> {
  const unhandled: unknown[] = [];
  const listen = (reason: unknown): void => void unhandled.push(reason);
  process.on("unhandledRejection", listen);
  try {
    await run();
    await settle();
  } finally {
    process.off("unhandledRejection", listen);
  }
  return unhandled;
}
