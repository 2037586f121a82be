import { offAbort, onAbort } from "./abort-listeners.ts";

/** Waits for a promise no longer than until the signal fires. What the promise stands for goes on for whoever else waits. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(signal.reason);
    if (signal.aborted) giveUp();
    else onAbort(signal, giveUp);
    // Also where nobody waits any longer: a failure that nobody takes ends the process.
    promise.then(resolve, reject).finally(() => offAbort(signal, giveUp));
  });
}
