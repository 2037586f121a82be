import type { HttpRequest } from "@smithy/types";
import { offAbort, onAbort } from "../abort-listeners.ts";
import type { Deadline, Deadlines } from "./deadlines.ts";
import type { ReceivedResponse, Sender } from "./sender.ts";
import { dropReceived } from "./sent-secrets.ts";

/** The request timeout was over before the response was whole. */
export class ExchangeTimedOut extends Error {}

export interface ExchangeOptions {
  readonly sender: Sender;
  readonly deadlines: Deadlines;
  /** Milliseconds for the request, the response and its body together. */
  readonly timeout: number;
  /** The caller's signal. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Sends one request and reads its whole response. The timeout and the caller's signal end it at once, whether the sender
 * heeds them or not.
 *
 * @throws the signal's reason, ExchangeTimedOut, or the sender's fault.
 */
export function exchange(
  request: HttpRequest,
  { sender, deadlines, timeout, signal }: ExchangeOptions,
): Promise<ReceivedResponse> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    let ended = false;
    let deadline: Deadline | undefined;
    let abort: ((reason: unknown) => void) | undefined;

    const end = (): boolean => {
      if (ended) return false;
      ended = true;
      if (deadline !== undefined) deadlines.remove(deadline);
      if (signal !== undefined) offAbort(signal, giveUp);
      return true;
    };
    const cancel = (reason: unknown): void => {
      if (!end()) return;
      reject(reason);
      abort?.(reason);
    };
    const giveUp = (): void => cancel(signal?.reason);

    deadline = deadlines.add(timeout, () =>
      cancel(new ExchangeTimedOut(`no whole response within ${timeout} ms`)),
    );
    if (signal !== undefined) onAbort(signal, giveUp);
    abort = sender.send(request, timeout, {
      onResponse(response) {
        if (end()) resolve(response);
      },
      onFault(fault) {
        if (!end()) return;
        dropReceived(fault);
        reject(fault);
      },
    });
    // The signal may have fired while the sender was at work.
    if (signal?.aborted === true) abort(signal.reason);
  });
}
