import {
  BatchInterrupted,
  ConditionalCheckFailed,
  DynamoDBError,
  RequestError,
  TransactionCanceled,
} from "@fieldwise/core";
import { ItemExists } from "@fieldwise/schema";
import type { WriteEnd } from "./model.ts";

/** How an operation of the workload ended. */
export interface End {
  readonly end: WriteEnd;
  /** Whether it was sent more than once. */
  readonly repeated: boolean;
}

/**
 * Tells what an error says about a write.
 *
 * @returns `undefined` for an error that the faults do not explain.
 */
export function endOf(error: unknown): End | undefined {
  if (error instanceof ItemExists || error instanceof BatchInterrupted) return endOf(error.cause);
  if (!(error instanceof RequestError)) return undefined;
  const repeated = error.attempts > 1;
  if (error instanceof ConditionalCheckFailed) return { end: "refused", repeated };
  if (error instanceof TransactionCanceled) {
    const refused = error.reasons.some(({ code }) => code === "ConditionalCheckFailed");
    if (refused) return { end: "refused", repeated };
  }
  if (!error.retryable) return undefined;
  // What DynamoDB itself refused was not carried out, unless by an attempt before.
  const refused = error instanceof DynamoDBError && error.statusCode < 500;
  return { end: refused && !repeated ? "nothing" : "unknown", repeated };
}

/** What must be taken for possible where an error says nothing. */
export const unexplained: End = { end: "unknown", repeated: true };

/** What became of the operations of one kind. */
export interface KindTally {
  done: number;
  refused: number;
  /** Failed after all retries. */
  failed: number;
}

/** Counts of what was done, by kind of operation, and what went wrong that must not. */
export class Tally {
  readonly kinds: Record<string, KindTally> = {};
  readonly violations: string[] = [];

  count(kind: string, how: keyof KindTally): void {
    this.kinds[kind] ??= { done: 0, refused: 0, failed: 0 };
    this.kinds[kind][how]++;
  }

  total(how: keyof KindTally): number {
    return Object.values(this.kinds).reduce((sum, kind) => sum + kind[how], 0);
  }

  /** Takes note of how an operation failed; what the faults do not explain is a violation. */
  failed(kind: string, error: unknown): End {
    const end = endOf(error);
    if (end === undefined) this.violations.push(`${kind} failed: ${String(error)}`);
    this.count(kind, end?.end === "refused" ? "refused" : "failed");
    return end ?? unexplained;
  }
}
