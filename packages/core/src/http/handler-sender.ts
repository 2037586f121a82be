import type { HttpRequest } from "@smithy/types";
import { longestTimer } from "../sleep.ts";
import { HandlerSignals } from "./handler-signals.ts";
import type { RequestHandler } from "./request-handler.ts";
import { discardBody, readBody } from "./response-body.ts";
import type { ResponseListener, Sender } from "./sender.ts";

/** Sends requests by a smithy request handler, of whatever kind. */
export class HandlerSender implements Sender {
  readonly #handler: RequestHandler;
  readonly #signals: HandlerSignals = new HandlerSignals();

  constructor(handler: RequestHandler) {
    this.#handler = handler;
  }

  send(
    request: HttpRequest,
    timeout: number,
    listener: ResponseListener,
  ): (reason: unknown) => void {
    const cancellation = this.#signals.take();
    let body: unknown;
    let ended = false;
    const fail = (fault: unknown): void => {
      if (ended) return;
      ended = true;
      listener.onFault(fault);
      // Some leave going on what they gave up.
      cancellation.abort(fault);
      discardBody(body);
    };
    // The deadline of the exchange comes first, late or not: it ends the connection as well, which not every handler does.
    const requestTimeout = Math.min(2 * timeout, longestTimer);
    this.#handle(request, { abortSignal: cancellation.signal, requestTimeout })
      .then(({ response }) => {
        body = response.body;
        if (ended) return discardBody(body);
        const { statusCode, headers } = response;
        return readBody(
          body,
          (bytes) => {
            if (ended) return;
            ended = true;
            this.#signals.giveBack(cancellation);
            listener.onResponse({ statusCode, headers, body: bytes });
          },
          fail,
        );
      })
      .catch(fail);
    return (reason) => {
      if (ended) return;
      ended = true;
      cancellation.abort(reason);
      discardBody(body);
    };
  }

  // A handler that throws instead of rejecting is no special case.
  #handle(
    request: HttpRequest,
    options: { abortSignal: AbortSignal; requestTimeout: number },
  ): ReturnType<RequestHandler["handle"]> {
    try {
      return Promise.resolve(this.#handler.handle(request, options));
    } catch (fault) {
      return Promise.reject(fault);
    }
  }
}
