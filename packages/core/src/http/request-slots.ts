interface Waiter {
  readonly go: () => void;
}

/**
 * Lets so many requests be on their way at once and has the others wait in line, where no timeout runs yet. Without it a
 * burst would wait within the request handler, and run into its timeouts there.
 */
export class RequestSlots {
  #free: number;
  /** In the order in which they came; whoever gives up is taken out. */
  readonly #waiting: Set<Waiter> = new Set();

  constructor(count: number) {
    this.#free = count;
  }

  /**
   * Takes a slot: at once where one is free.
   *
   * @returns a promise where it must be waited for; it rejects with the signal's reason.
   */
  take(signal: AbortSignal | undefined): Promise<void> | undefined {
    if (this.#free > 0) {
      this.#free--;
      return undefined;
    }
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = (): void => {
        this.#waiting.delete(waiter);
        reject(signal?.reason);
      };
      const waiter: Waiter = {
        go: () => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        },
      };
      this.#waiting.add(waiter);
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  }

  /** Gives a slot back, to the one who waits longest. */
  giveBack(): void {
    for (const waiter of this.#waiting) {
      this.#waiting.delete(waiter);
      waiter.go();
      return;
    }
    this.#free++;
  }
}
