import { type LocalDynamoDB, startDynamoDB } from "../dynamodb/start-dynamodb.ts";

// On the global object: test runners load modules anew for each file, in a process that stays the same.
const place = Symbol.for("@fieldwise/testing/shared-server");
const holder = globalThis as { [place]?: Map<string, Promise<LocalDynamoDB>> };

/**
 * The server that all the tests of this process share, started by the first one that asks. It ends with the process, and
 * does not keep it from exiting. A start that failed is tried again by the next one that asks.
 *
 * @throws LocalDynamoDBError when it does not start
 */
export function sharedServer(): Promise<LocalDynamoDB> {
  const servers = (holder[place] ??= new Map());
  const external = process.env["DYNAMODB_ENDPOINT"] ?? "";
  let server = servers.get(external);
  if (server === undefined) {
    server = startDynamoDB();
    servers.set(external, server);
    server.catch(() => servers.delete(external));
  }
  return server;
}
