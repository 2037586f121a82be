/** Ends one exchange: `signal` goes to the request handler. */
export interface Cancellation {
  readonly signal: AbortSignal;
  abort(reason: unknown): void;
}

/** Makes a cancellation that any handler understands. */
export function standardCancellation(): Cancellation {
  return new AbortController();
}

/**
 * Makes a cancellation for a handler that only adds and removes one listener, as `NodeHttpHandler` does: an
 * `AbortController` for every request costs more than its signature.
 */
export function lightCancellation(): Cancellation {
  const signal = new LightSignal();
  return { signal: signal as unknown as AbortSignal, abort: (reason) => signal.abort(reason) };
}

class LightSignal {
  aborted = false;
  reason: unknown = undefined;
  onabort: (() => void) | null = null;
  #listeners: Set<() => void> | undefined;

  addEventListener(_type: "abort", listener: () => void): void {
    (this.#listeners ??= new Set()).add(listener);
  }

  removeEventListener(_type: "abort", listener: () => void): void {
    this.#listeners?.delete(listener);
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }

  abort(reason: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    this.onabort?.();
    for (const listener of this.#listeners ?? []) listener();
  }
}
