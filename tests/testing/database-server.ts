import type { LocalDynamoDB } from "@fieldwise/testing";
import type { ServerSuite } from "../support/describe-on-each-server.ts";

/** A suite's server, as `createTestDatabase` takes a server. */
export function serverOfSuite({ server, newClient }: ServerSuite): LocalDynamoDB {
  return {
    endpoint: server.endpoint,
    external: true,
    stopped: false,
    client: newClient,
    stop: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
