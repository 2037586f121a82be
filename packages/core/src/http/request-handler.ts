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

export interface ConnectionOptions {
  /** Milliseconds for making a connection. */
  readonly connectionTimeout: number;
  /** How many connections may be open at once. */
  readonly maxSockets: number;
}

/** Makes the default handler, with `@smithy/node-http-handler` loaded only now. */
export async function createDefaultHandler(
  options: ConnectionOptions,
): Promise<Required<RequestHandler>> {
  const { NodeHttpHandler } = await import("@smithy/node-http-handler");
  const { maxSockets } = options;
  // Node closes all but 256 idle connections, unless told otherwise.
  const agent = { keepAlive: true, maxSockets, maxFreeSockets: maxSockets };
  const handler = new NodeHttpHandler({
    connectionTimeout: options.connectionTimeout,
    socketTimeout: 0,
    throwOnRequestTimeout: true,
    httpAgent: agent,
    httpsAgent: agent,
  });
  return {
    // No request timeout for the handler: it would end at the headers, and the exchange's own timer covers the body too.
    handle: (request, { abortSignal } = {}) =>
      // smithy's handlers take plain objects; only their declared type is the class.
      handler.handle(request as never, abortSignal === undefined ? {} : { abortSignal }),
    destroy: () => handler.destroy(),
  };
}
