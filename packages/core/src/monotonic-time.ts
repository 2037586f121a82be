/**
 * Milliseconds since some moment, by a clock that is never set back: for spans of time. The first `performance.now()` of a process
 * would load ten modules of Node.
 */
export function monotonicTime(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1_000_000;
}
