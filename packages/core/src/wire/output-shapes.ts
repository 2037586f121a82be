import { isObject } from "../is-object.ts";
import type { OperationName } from "./operations.ts";

/** Whether what came over the wire is of one kind. */
type Guard = (value: unknown) => boolean;

/** What the members of an output are, where they are there. */
export type OutputShape = Readonly<Record<string, Guard>>;

const text: Guard = (value) => typeof value === "string";
const flag: Guard = (value) => typeof value === "boolean";
const number: Guard = (value) => Number.isFinite(value);
const count: Guard = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
/** Seconds since 1970 that a `Date` can hold. */
const seconds: Guard = (value) => Math.abs(Number(value)) <= 8.64e12 && number(value);
const map: Guard = isObject;

function listOf(member: Guard): Guard {
  return (value) => Array.isArray(value) && value.every(member);
}

function mapOf(member: Guard): Guard {
  return (value) => map(value) && Object.values(value as object).every(member);
}

function record(optional: OutputShape, required: OutputShape = {}): Guard {
  const all = { ...optional, ...required };
  const names = Object.keys(required);
  return (value) =>
    map(value) &&
    misfit(value as Record<string, unknown>, all) === undefined &&
    names.every((name) => (value as Record<string, unknown>)[name] !== undefined);
}

function orNull(guard: Guard): Guard {
  return (value) => value === null || guard(value);
}

const units = { CapacityUnits: number, ReadCapacityUnits: number, WriteCapacityUnits: number };
const capacity = record({
  ...units,
  TableName: text,
  Table: record(units),
  LocalSecondaryIndexes: mapOf(record(units)),
  GlobalSecondaryIndexes: mapOf(record(units)),
});

const throughput = record({}, { ReadCapacityUnits: number, WriteCapacityUnits: number });
const onDemand = record({ MaxReadRequestUnits: number, MaxWriteRequestUnits: number });
const keySchema = listOf(record({}, { AttributeName: text, KeyType: text }));
const indexes = listOf(
  record({
    IndexName: text,
    IndexArn: text,
    IndexStatus: text,
    KeySchema: keySchema,
    Projection: record({ ProjectionType: text, NonKeyAttributes: listOf(text) }),
    Backfilling: flag,
    ProvisionedThroughput: throughput,
    OnDemandThroughput: onDemand,
    IndexSizeBytes: number,
    ItemCount: number,
  }),
);
const table = record({
  TableName: text,
  TableArn: text,
  TableId: text,
  TableStatus: text,
  AttributeDefinitions: listOf(record({}, { AttributeName: text, AttributeType: text })),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: indexes,
  LocalSecondaryIndexes: indexes,
  BillingModeSummary: record({ BillingMode: text }),
  ProvisionedThroughput: throughput,
  OnDemandThroughput: onDemand,
  StreamSpecification: record({ StreamEnabled: flag, StreamViewType: text }),
  LatestStreamArn: text,
  TableClassSummary: record({ TableClass: text }),
  DeletionProtectionEnabled: flag,
  CreationDateTime: seconds,
  ItemCount: number,
  TableSizeBytes: number,
});

const written: OutputShape = { Attributes: map };
const found: OutputShape = {
  Items: listOf(map),
  Count: count,
  ScannedCount: count,
  LastEvaluatedKey: map,
  ConsumedCapacity: capacity,
};
const described: OutputShape = { TableDescription: table };
const items: OutputShape = { Responses: listOf(orNull(record({ Item: map }))) };
const writeRequest: Guard = (value) =>
  record({}, { PutRequest: record({}, { Item: map }) })(value) ||
  record({}, { DeleteRequest: record({}, { Key: map }) })(value);

/** What is read of the outputs of operations, of those operations whose output is read. */
export const outputShapes: Readonly<Partial<Record<OperationName, OutputShape>>> = {
  GetItem: { Item: map },
  PutItem: written,
  UpdateItem: written,
  DeleteItem: written,
  Query: found,
  Scan: found,
  BatchGetItem: {
    Responses: mapOf(listOf(map)),
    UnprocessedKeys: mapOf(record({}, { Keys: listOf(map) })),
  },
  BatchWriteItem: { UnprocessedItems: mapOf(listOf(writeRequest)) },
  TransactGetItems: items,
  ExecuteTransaction: items,
  ExecuteStatement: { Items: listOf(map), NextToken: text, ConsumedCapacity: capacity },
  BatchExecuteStatement: {
    Responses: listOf(
      orNull(
        record({
          TableName: text,
          Item: map,
          Error: record({ Code: text, Message: text, Item: map }),
        }),
      ),
    ),
  },
  ListTables: { TableNames: listOf(text), LastEvaluatedTableName: text },
  CreateTable: described,
  UpdateTable: described,
  DeleteTable: described,
  DescribeTable: { Table: table },
  DescribeTimeToLive: {
    TimeToLiveDescription: record({ TimeToLiveStatus: text, AttributeName: text }),
  },
  ListTagsOfResource: { Tags: listOf(record({}, { Key: text, Value: text })), NextToken: text },
};

/**
 * The first member that is not what it should be. OutputShape that are null count as not there, as some servers write it, and
 * are taken out.
 */
export function misfit(output: Record<string, unknown>, shape: OutputShape): string | undefined {
  for (const name in shape) {
    const value = output[name];
    if (value === undefined) continue;
    if (value === null) delete output[name];
    else if (shape[name]?.(value) === false) return name;
  }
  return undefined;
}
