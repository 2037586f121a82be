import { monotonicTime } from "../monotonic-time.ts";

/**
 * How long to wait on when the timer of a deadline has fired. One that comes late was held up, by code that ran for long or
 * with the whole process: an answer may have come meanwhile that nobody has read yet, or the request was not even sent. It gets
 * back what it was late by, once; in any case what has come is read before.
 *
 * @param due - By `monotonicTime()`. @param most - Milliseconds.
 */
export function graceFor(due: number, most: number): number {
  const late = monotonicTime() - due;
  // Timers keep whole milliseconds.
  return late > 1 ? Math.min(late, most) : 0;
}
