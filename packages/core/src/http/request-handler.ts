import type { HttpRequest, HttpResponse } from "@smithy/types";

export interface RequestHandlerOptions {
  /** Ends the request when it fires: the caller's signal did, or the request timeout is over. */
  abortSignal?: AbortSignal;
  /** Milliseconds that the whole request may take. */
  requestTimeout?: number;
}

/**
 * What sends a request and brings its response: any smithy request handler, such as `NodeHttpHandler` of
 * `@smithy/node-http-handler`, `FetchHttpHandler` of `@smithy/fetch-http-handler` or `UndiciHttpHandler` of
 * `@smithy/undici-http-handler`, or one's own. The response's body may be a Node or web stream, a `Blob`, bytes or text.
 *
 * @example
 * const client = new Client({ requestHandler: new FetchHttpHandler() });
 */
export interface RequestHandler {
  handle(
    request: HttpRequest,
    options?: RequestHandlerOptions,
  ): Promise<{ response: HttpResponse }>;
  destroy?(): void;
}

/**
 * A dispatcher of undici 7 or later: an `Agent`, a `Pool`, a `ProxyAgent`, or one with interceptors. Requests go through its
 * callbacks, which is the fastest way there is.
 *
 * @example
 * const client = new Client({ requestHandler: new Agent() });
 */
export interface RequestDispatcher {
  dispatch(options: DispatchOptions, handler: DispatchHandler): boolean;
}

export interface DispatchOptions {
  origin: string;
  path: string;
  method: "POST";
  headers: Record<string, string>;
  body: string;
}

export interface DispatchController {
  abort(reason: Error): void;
}

/** What undici calls back: "Dispatcher", `dispatch(options, handler)`, in its documentation. */
export interface DispatchHandler {
  onRequestStart(controller: DispatchController, context: unknown): void;
  onResponseStart(
    controller: DispatchController,
    statusCode: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
    statusMessage?: string,
  ): void;
  onResponseData(controller: DispatchController, chunk: Buffer): void;
  onResponseEnd(controller: DispatchController, trailers: unknown): void;
  onResponseError(controller: DispatchController | undefined, fault: unknown): void;
}
