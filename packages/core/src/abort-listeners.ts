interface Listening {
  /** In the order in which they came. */
  readonly callbacks: Set<() => void>;
  readonly listener: () => void;
}

const listening: WeakMap<AbortSignal, Listening> = new WeakMap();

/**
 * Calls back once when a signal fires that has not fired yet. A signal has one listener for all of these: it looks through all
 * that it has for each that is added or removed, and Node takes more than a few for a leak, and warns.
 */
export function onAbort(signal: AbortSignal, callback: () => void): void {
  const known = listening.get(signal);
  if (known !== undefined) {
    known.callbacks.add(callback);
    return;
  }
  const callbacks = new Set([callback]);
  const listener = (): void => callAll(callbacks);
  listening.set(signal, { callbacks, listener });
  signal.addEventListener("abort", listener, { once: true });
}

/** Takes back what `onAbort` was asked for. */
export function offAbort(signal: AbortSignal, callback: () => void): void {
  const known = listening.get(signal);
  if (known?.callbacks.delete(callback) !== true || known.callbacks.size > 0) return;
  // Most signals are one request's: a large table of theirs would be long to collect.
  listening.delete(signal);
  signal.removeEventListener("abort", known.listener);
}

function callAll(callbacks: Set<() => void>): void {
  for (const callback of callbacks) {
    callbacks.delete(callback);
    try {
      callback();
    } catch (error) {
      // As a signal has it: the others are called all the same.
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}
