import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  BatchWriteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  paginateScan,
  PutCommand,
  QueryCommand,
  TransactGetCommand,
  TransactWriteCommand,
} from "@aws-sdk/lib-dynamodb";
import { tableName } from "../data/names.ts";
import type { Connection, Contender } from "./contender.ts";
import { plainInputs } from "./plain-inputs.ts";

export const takesHandler = true;

/** AWS's own document client, as it comes. */
export function createContender(connection: Connection): Contender {
  return documentContender(connection);
}

export function documentContender(config: DynamoDBClientConfig): Contender {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(config));
  return {
    async get() {
      return (await client.send(new GetCommand(plainInputs.get))).Item;
    },
    put: () => client.send(new PutCommand(plainInputs.put)),
    async query() {
      return (await client.send(new QueryCommand(plainInputs.query))).Items?.length ?? 0;
    },
    async scan() {
      let count = 0;
      for await (const page of paginateScan({ client }, { ...plainInputs.scan })) {
        for (const item of page.Items ?? []) if (item !== undefined) count++;
      }
      return count;
    },
    async batchGet() {
      const { Responses } = await client.send(new BatchGetCommand(plainInputs.batchGet()));
      return Responses?.[tableName]?.length ?? 0;
    },
    async transactGet() {
      const { Responses } = await client.send(new TransactGetCommand(plainInputs.transactGet()));
      return Responses?.filter(({ Item }) => Item !== undefined).length ?? 0;
    },
    batchWrite: () => client.send(new BatchWriteCommand(plainInputs.batchWrite)),
    transactWrite: () => client.send(new TransactWriteCommand(plainInputs.transactWrite())),
  };
}
