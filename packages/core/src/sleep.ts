import { offAbort, onAbort } from "./abort-listeners.ts";

/** `setTimeout` takes no more, and fires at once when it is given more. */
export const longestTimer: number = 2 ** 31 - 1;

/**
 * Waits. A signal ends the wait at once.
 *
 * @param milliseconds how long
 * @throws the signal's reason.
 */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const wake = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(
      () => {
        if (signal !== undefined) offAbort(signal, wake);
        resolve();
      },
      Math.min(milliseconds, longestTimer),
    );
    if (signal !== undefined) onAbort(signal, wake);
  });
}
