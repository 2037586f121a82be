import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import {
  $add,
  BatchGetCommand,
  BatchGetRequest,
  BatchPutRequest,
  BatchWriteCommand,
  ConditionCheck,
  DeleteTransaction,
  executeBatchGet,
  executeBatchWrite,
  executeTransactGet,
  executeTransactWrite,
  GetItemCommand,
  GetTransaction,
  PutItemCommand,
  PutTransaction,
  QueryCommand,
  ScanCommand,
  UpdateTransaction,
} from "dynamodb-toolbox";
import { orderKey } from "../data/names.ts";
import { batchSize, orderOf, plainOrder, readKeys, transaction } from "../data/orders.ts";
import type { Connection, Contender } from "./contender.ts";
import { ordersEntity } from "./dynamodb-toolbox-orders.ts";

export const takesHandler = true;

/** DynamoDB-Toolbox over the document client. */
export function createContender(connection: Connection): Contender {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(connection));
  const { table, entity } = ordersEntity(client);
  const order = toolboxOrder(0);
  const batch = Array.from({ length: batchSize }, (_, index) => toolboxOrder(index));
  const puts = transaction.puts.map((put) => ({ ...plainOrder(put), lines: [...put.lines] }));
  return {
    async get() {
      return (await entity.build(GetItemCommand).key(orderKey).send()).Item;
    },
    put: () => entity.build(PutItemCommand).item(order).send(),
    async query() {
      const page = await table
        .build(QueryCommand)
        .entities(entity)
        .query({ partition: "c1" })
        .options({ entityAttrFilter: false })
        .send();
      return page.Items?.length ?? 0;
    },
    async scan() {
      const { Items } = await table
        .build(ScanCommand)
        .entities(entity)
        .options({ maxPages: Infinity, entityAttrFilter: false })
        .send();
      let count = 0;
      for (const item of Items ?? []) if (item !== undefined) count++;
      return count;
    },
    async batchGet() {
      const { Responses } = await executeBatchGet(
        table
          .build(BatchGetCommand)
          .requests(...readKeys.map((key) => entity.build(BatchGetRequest).key(key))),
      );
      return Responses?.[0]?.filter((item) => item !== undefined).length ?? 0;
    },
    async transactGet() {
      const { Responses } = await executeTransactGet(
        ...readKeys.map((key) => entity.build(GetTransaction).key(key)),
      );
      return Responses?.filter(({ Item }) => Item !== undefined).length ?? 0;
    },
    batchWrite: () =>
      executeBatchWrite(
        table
          .build(BatchWriteCommand)
          .requests(...batch.map((item) => entity.build(BatchPutRequest).item(item))),
      ),
    transactWrite: () =>
      executeTransactWrite(
        ...puts.map((item) => entity.build(PutTransaction).item(item)),
        ...transaction.updates.map((key) =>
          entity
            .build(UpdateTransaction)
            .item({ ...key, status: "shipped", total: $add(2) })
            .options({ condition: { attr: "status", eq: "placed" } }),
        ),
        entity.build(DeleteTransaction).key(transaction.delete),
        entity
          .build(ConditionCheck)
          .key(transaction.check)
          .condition({ attr: "orderId", exists: true }),
      ),
  };
}

function toolboxOrder(index: number) {
  const order = orderOf(index);
  return { ...plainOrder(order), lines: [...order.lines] };
}
