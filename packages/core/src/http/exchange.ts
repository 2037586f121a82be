import type { HttpRequest } from "@smithy/types";
import type { Cancellation } from "./cancellation.ts";
import type { RequestHandler } from "./request-handler.ts";
import { discardBody, readBody } from "./response-body.ts";

/** A whole response: status, headers and every byte of the body. */
export interface ReceivedResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The request timeout was over before the response was whole. */
export class ExchangeTimedOut extends Error {}

export interface ExchangeOptions {
  readonly handler: RequestHandler;
  readonly cancellation: Cancellation;
  /** Milliseconds for the request, the response and its body together. */
  readonly timeout: number;
  /** The caller's signal. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Sends one request and reads its whole response. The timeout and the caller's signal end it at once, whether the handler
 * heeds them or not.
 *
 * @throws the signal's reason, ExchangeTimedOut, or what the handler threw.
 */
export function exchange(
  request: HttpRequest,
  options: ExchangeOptions,
): Promise<ReceivedResponse> {
  const { handler, cancellation, timeout, signal } = options;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    let ended = false;
    let body: unknown;

    const end = (): boolean => {
      if (ended) return false;
      ended = true;
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      return true;
    };
    const cancel = (reason: unknown): void => {
      if (!end()) return;
      reject(reason);
      cancellation.abort(reason);
      discardBody(body);
    };
    const fail = (error: unknown): void => {
      if (!end()) return;
      reject(error);
      discardBody(body);
    };
    const onAbort = (): void => cancel(signal?.reason);

    const timer = setTimeout(
      () => cancel(new ExchangeTimedOut(`no whole response within ${timeout} ms`)),
      timeout,
    );
    signal?.addEventListener("abort", onAbort, { once: true });

    send(handler, request, cancellation.signal, timeout)
      .then(async ({ response }) => {
        body = response.body;
        if (ended) return discardBody(body);
        const { statusCode, headers } = response;
        const bytes = await readBody(body);
        if (end()) resolve({ statusCode, headers, body: bytes });
      })
      .catch(fail);
  });
}

// `async`, so that a handler that throws instead of rejecting is no special case.
async function send(
  handler: RequestHandler,
  request: HttpRequest,
  abortSignal: AbortSignal,
  requestTimeout: number,
): ReturnType<RequestHandler["handle"]> {
  return handler.handle(request, { abortSignal, requestTimeout });
}
