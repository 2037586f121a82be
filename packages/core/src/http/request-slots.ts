import { offAbort, onAbort } from "../abort-listeners.ts";

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
  /** Goes along the line as it grows and shrinks: each new one would begin before all who have left. */
  #line: Iterator<Waiter> | undefined;

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
      const giveUp = (): void => {
        this.#waiting.delete(waiter);
        reject(signal?.reason);
      };
      const waiter: Waiter = {
        go: () => {
          if (signal !== undefined) offAbort(signal, giveUp);
          resolve();
        },
      };
      this.#waiting.add(waiter);
      if (signal !== undefined) onAbort(signal, giveUp);
    });
  }

  /** Gives a slot back, to the one who waits longest. */
  giveBack(): void {
    this.#line ??= this.#waiting.values();
    const next = this.#line.next();
    if (next.done === true) {
      // It sees nobody who comes after its end.
      this.#line = undefined;
      this.#free++;
      return;
    }
    this.#waiting.delete(next.value);
    next.value.go();
  }
}
