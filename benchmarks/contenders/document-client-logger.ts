import type { DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import type { Connection, Contender } from "./contender.ts";
import { documentContender } from "./document-client.ts";

export const takesHandler = true;

/**
 * The document client with an empty logger, the fairer baseline for pages: otherwise it prepares every answer for a log that
 * is not written.
 */
export function createContender(connection: Connection): Contender {
  return documentContender({
    ...connection,
    logger: {} as Required<DynamoDBClientConfig>["logger"],
  });
}
