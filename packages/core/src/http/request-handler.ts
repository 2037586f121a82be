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
