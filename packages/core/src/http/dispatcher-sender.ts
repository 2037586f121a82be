import type { HttpRequest } from "@smithy/types";
import type { ReceivedHeaders } from "./headers.ts";
import { isSamePlace, pathOf, type Place, placeOf } from "./place.ts";
import type { DispatchController, DispatchHandler, RequestDispatcher } from "./request-handler.ts";
import { BodyBuffer, tooLong } from "./response-body.ts";
import type { ResponseListener, Sender } from "./sender.ts";

/** Sends requests by a dispatcher of undici's, through its callbacks: without streams, and without a promise. */
export class DispatcherSender implements Sender {
  readonly #dispatcher: RequestDispatcher;
  #route: { place: Place; origin: string; path: string } | undefined;

  constructor(dispatcher: RequestDispatcher) {
    this.#dispatcher = dispatcher;
  }

  send(
    request: HttpRequest,
    _timeout: number,
    listener: ResponseListener,
  ): (reason: unknown) => void {
    const dispatched = new Dispatched(listener);
    try {
      let route = this.#route;
      if (route === undefined || !isSamePlace(route.place, request)) {
        const { protocol, hostname, port } = request;
        const origin = `${protocol}//${hostname}${port === undefined ? "" : `:${port}`}`;
        route = this.#route = { place: placeOf(request), origin, path: pathOf(request) };
      }
      const { origin, path } = route;
      const { headers, body } = request as { headers: Record<string, string>; body: string };
      this.#dispatcher.dispatch({ origin, path, method: "POST", headers, body }, dispatched);
    } catch (fault) {
      dispatched.onResponseError(undefined, fault);
    }
    return (reason) => dispatched.end(reason);
  }
}

/** One request: what undici calls back. */
class Dispatched implements DispatchHandler {
  readonly #listener: ResponseListener;
  #controller: DispatchController | undefined;
  #ended: Error | undefined;
  #statusCode = 0;
  #headers: ReceivedHeaders = [];
  #body: BodyBuffer = new BodyBuffer();

  constructor(listener: ResponseListener) {
    this.#listener = listener;
  }

  /** Ends the request; one that still waits for a connection, when it gets one. */
  end(reason: unknown): void {
    this.#ended ??= reason instanceof Error ? reason : new Error("ended");
    this.#controller?.abort(this.#ended);
  }

  // A retry interceptor begins anew.
  onRequestStart(controller: DispatchController): void {
    this.#controller = controller;
    this.#body = new BodyBuffer();
    if (this.#ended !== undefined) controller.abort(this.#ended);
  }

  // Called for an interim response (1xx) too: the last one counts.
  onResponseStart(
    _controller: DispatchController,
    statusCode: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    this.#statusCode = statusCode;
    this.#headers = headers;
  }

  onResponseData(controller: DispatchController, chunk: Buffer): void {
    if (!this.#body.add(chunk)) controller.abort(tooLong());
  }

  onResponseEnd(): void {
    if (this.#ended !== undefined) return;
    this.#ended = over;
    this.#listener.onResponse({
      statusCode: this.#statusCode,
      headers: this.#headers,
      body: this.#body.whole(),
    });
  }

  onResponseError(_controller: unknown, fault: unknown): void {
    if (this.#ended !== undefined) return;
    this.#ended = over;
    this.#listener.onFault(fault);
  }
}

const over = new Error("ended");
