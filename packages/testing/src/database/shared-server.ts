import { type LocalDynamoDB, startDynamoDB } from "../dynamodb/start-dynamodb.ts";

// On the global object: test runners load modules anew for each file, in a process that stays the same.
const place = Symbol.for("@fieldwise/testing/shared-server");
const holder = globalThis as { [place]?: Map<string, Promise<LocalDynamoDB>> };

/**
 * The server that all the tests of this process share, started by the first one that asks. It ends with the process, and
 * does not keep it from exiting. A start that failed is tried again by the next one that asks, and so is a server that came to
 * its end.
 *
 * @throws LocalDynamoDBError when it does not start
 */
export async function sharedServer(): Promise<LocalDynamoDB> {
  const servers = (holder[place] ??= new Map());
  const external = process.env["DYNAMODB_ENDPOINT"] ?? "";
  let starting = servers.get(external);
  if (starting !== undefined && (await starting).stopped) {
    // Somebody who waited as well may have been quicker.
    if (servers.get(external) === starting) servers.delete(external);
    starting = servers.get(external);
  }
  if (starting === undefined) {
    starting = startDynamoDB();
    servers.set(external, starting);
    starting.catch(() => servers.delete(external));
  }
  return starting;
}
