import awsLite from "@aws-lite/client";
import dynamodb from "@aws-lite/dynamodb";
import { tableName } from "../data/names.ts";
import type { Connection, Contender } from "./contender.ts";
import { plainInputs } from "./plain-inputs.ts";

interface Answer {
  readonly Item?: unknown;
  readonly Items?: readonly unknown[];
  readonly Responses?: unknown;
}

type Operations = Readonly<Record<string, (input: unknown) => Promise<Answer>>>;

/** With connections kept alive, which it does by itself only within AWS. */
export async function createContender({
  endpoint,
  region,
  credentials,
}: Connection): Promise<Contender> {
  const client = await awsLite({
    endpoint,
    region,
    ...credentials,
    keepAlive: true,
    plugins: [dynamodb],
  });
  const {
    GetItem,
    PutItem,
    Query,
    Scan,
    BatchGetItem,
    TransactGetItems,
    BatchWriteItem,
    TransactWriteItems,
  } = (client as unknown as { readonly DynamoDB: Required<Operations> }).DynamoDB as Record<
    string,
    Operations[string]
  >;
  return {
    async get() {
      return (await GetItem?.(plainInputs.get))?.Item;
    },
    async put() {
      return PutItem?.(plainInputs.put);
    },
    async query() {
      return (await Query?.(plainInputs.query))?.Items?.length ?? 0;
    },
    async scan() {
      const pages = (await Scan?.({
        ...plainInputs.scan,
        paginate: "iterator",
      })) as unknown as AsyncIterable<Answer>;
      let count = 0;
      for await (const page of pages) {
        for (const item of page.Items ?? []) if (item !== undefined) count++;
      }
      return count;
    },
    async batchGet() {
      const answer = await BatchGetItem?.(plainInputs.batchGet());
      const found = answer?.Responses as Record<string, unknown[]> | undefined;
      return found?.[tableName]?.length ?? 0;
    },
    async transactGet() {
      const answer = await TransactGetItems?.(plainInputs.transactGet());
      const found = answer?.Responses as unknown[] | undefined;
      return found?.length ?? 0;
    },
    async batchWrite() {
      return BatchWriteItem?.(plainInputs.batchWrite);
    },
    async transactWrite() {
      return TransactWriteItems?.(plainInputs.transactWrite());
    },
  };
}
