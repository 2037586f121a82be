import { InvalidInput } from "../errors/input-errors.ts";
import { shown } from "../expressions/shown.ts";
import type { CapacityOptions, RequestOptions } from "../operations/options.ts";
import { checkRetryConfig, RetryConfig, startWaits } from "../retry.ts";
import { sleep } from "../sleep.ts";

/** What `batchGet` and `batchWrite` take. */
export interface BatchOptions extends RequestOptions, CapacityOptions {
  /** How many requests run at once; 4 by default. */
  readonly concurrency?: number | undefined;
  /**
   * How often and how long unprocessed keys or items are sent again; for one minute with full jitter by default, counted
   * from the end of the round that first left any.
   */
  readonly unprocessedRetry?: RetryConfig | undefined;
}

const defaultRetry = RetryConfig.exponential();
const defaultConcurrency = 4;

/** How a batch ended. */
export interface Ending<Entry> {
  /** What was not processed. */
  readonly left: readonly Entry[];
  /** The error that ended it early, where one did. */
  readonly failure: unknown;
}

/**
 * Sends entries in rounds: cut into requests, several at once, and what comes back unprocessed again after a wait, until
 * all is done or the time is up.
 *
 * @param divide - Cuts entries into requests.
 * @param send - Sends one request; returns the entries that were not processed.
 * @throws what the first request to fail throws, where none has been processed yet.
 */
export async function sendInRounds<Entry>(
  entries: readonly Entry[],
  options: BatchOptions,
  divide: (entries: readonly Entry[]) => readonly (readonly Entry[])[],
  send: (entries: readonly Entry[]) => Promise<readonly Entry[]>,
): Promise<Ending<Entry>> {
  const { signal, unprocessedRetry = defaultRetry, concurrency = defaultConcurrency } = options;
  if (!Number.isSafeInteger(concurrency) || concurrency < 1) {
    throw new InvalidInput(`concurrency must be a whole number from 1, not ${shown(concurrency)}`);
  }
  checkRetryConfig(unprocessedRetry, "unprocessedRetry");
  let nextWait: (() => number | undefined) | undefined;
  let left = entries;
  for (;;) {
    const round = await sendRound(divide(left), concurrency, send);
    left = round.left;
    if (round.failed) {
      signal?.throwIfAborted();
      // Where nothing was done yet the error says it all; otherwise the caller must learn what is left.
      if (left.length === entries.length) throw round.failure;
      return { left, failure: round.failure };
    }
    if (left.length === 0) return { left, failure: undefined };
    // Not before: the first round of a large batch may take longer than the time limit, and all is well.
    nextWait ??= startWaits(unprocessedRetry);
    const wait = nextWait();
    if (wait === undefined) return { left, failure: undefined };
    await sleep(wait, signal);
  }
}

async function sendRound<Entry>(
  requests: readonly (readonly Entry[])[],
  concurrency: number,
  send: (entries: readonly Entry[]) => Promise<readonly Entry[]>,
): Promise<Ending<Entry> & { readonly failed: boolean }> {
  // Lists of entries: as arguments of one call, hundreds of thousands would exhaust the stack.
  const left: (readonly Entry[])[] = [];
  const failures: unknown[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < requests.length && failures.length === 0) {
      const request = requests[next++] as readonly Entry[];
      try {
        left.push(await send(request));
      } catch (error) {
        failures.push(error);
        left.push(request);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, requests.length) }, worker));
  const all = [...left, ...requests.slice(next)].flat();
  return { left: all, failure: failures[0], failed: failures.length > 0 };
}

/** The unprocessed entries that an answer names; all of the request's where it names one that was not in it. */
export function recognized<Entry>(
  named: readonly (Entry | undefined)[],
  sent: readonly Entry[],
): readonly Entry[] {
  const known = named.filter((entry) => entry !== undefined);
  // Sending all again changes nothing that was done: reads and puts of whole items can be repeated.
  return known.length === named.length ? known : sent;
}
