import type { RequestHandler } from "@fieldwise/core";

/** A `NodeHttpHandler` that is loaded with the first request. */
export function ownHandler(): RequestHandler {
  let opening: Promise<Required<RequestHandler>> | undefined;
  let destroyed = false;
  return {
    handle: async (request, options) => {
      if (destroyed) throw new Error("the request handler was destroyed");
      const handler = await (opening ??= openHandler());
      return handler.handle(request, options);
    },
    destroy: () => {
      destroyed = true;
      void opening?.then((handler) => handler.destroy());
    },
  };
}

/** As the client's own: a connection for each of up to 500 requests at once, no limits but the caller's. */
const agent = { keepAlive: true, maxSockets: 500, maxFreeSockets: 500 };

async function openHandler(): Promise<Required<RequestHandler>> {
  const { NodeHttpHandler } = await import("@smithy/node-http-handler");
  const handler = new NodeHttpHandler({
    connectionTimeout: 2_000,
    socketTimeout: 0,
    throwOnRequestTimeout: true,
    httpAgent: agent,
    httpsAgent: agent,
  });
  return {
    // smithy's handlers take plain objects; only their declared type is the class.
    handle: (request, options) => handler.handle(request as never, options),
    destroy: () => handler.destroy(),
  };
}
