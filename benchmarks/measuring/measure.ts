/** What one measurement showed, for one call. Times in microseconds. */
export interface Figures {
  /** How often it was called. */
  readonly calls: number;
  /** Elapsed time: with several calls at once, less than a call takes. */
  readonly time: number;
  /** CPU time of the whole process: its own code's, the garbage collector's and the kernel's. */
  readonly cpu: number;
  /** How long half of the calls took at most, where one was made at a time. */
  readonly median?: number;
  /** How long 99 of 100 calls took at most. */
  readonly slowest?: number;
}

const batch = 20;

/**
 * Calls again and again, as often as there are seats at once, until the process has used so many milliseconds of CPU time:
 * where other work takes part of the machine, a round takes longer and is worth the same.
 */
export async function measure(
  call: () => unknown,
  { seats, milliseconds }: { readonly seats: number; readonly milliseconds: number },
): Promise<Figures> {
  const times: number[] = [];
  let calls = 0;
  let over = false;
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  const work = async (): Promise<void> => {
    while (!over) {
      const before = performance.now();
      const result = call();
      if (result instanceof Promise) await result;
      else for (let more = 1; more < batch; more++, calls++) call();
      calls++;
      const now = performance.now();
      if (seats === 1) times.push(now - before);
      // Asking for it costs as much as a small piece of work.
      if (calls % batch === 0 || now - before > 1) {
        const { user, system } = process.cpuUsage(cpuBefore);
        over = user + system >= 1000 * milliseconds;
      }
    }
  };
  await Promise.all(Array.from({ length: seats }, work));
  const elapsed = performance.now() - started;
  const { user, system } = process.cpuUsage(cpuBefore);
  times.sort((a, b) => a - b);
  return {
    calls,
    time: (1000 * elapsed) / calls,
    cpu: (user + system) / calls,
    ...(seats === 1 && { median: 1000 * atMost(times, 0.5), slowest: 1000 * atMost(times, 0.99) }),
  };
}

/** What so great a part of sorted times is at most. */
export function atMost(times: readonly number[], part: number): number {
  return times[Math.ceil(part * times.length) - 1] ?? 0;
}
