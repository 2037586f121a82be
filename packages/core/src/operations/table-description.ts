import type {
  AttributeDefinition,
  IndexDescription as WireIndex,
  IndexStatus,
  KeySchemaElement,
  ProvisionedThroughput,
  StreamViewType,
  TableClass,
  TableDescriptionOutput,
  TableStatus,
} from "../wire/tables.ts";
import type {
  Billing,
  IndexProjection,
  KeyAttribute,
  MaximumThroughput,
  Throughput,
} from "./table-definition.ts";

/** An index as DynamoDB describes it. */
export interface IndexDescription {
  readonly partitionKey: readonly KeyAttribute[];
  readonly sortKey: readonly KeyAttribute[];
  readonly projection: IndexProjection;
  /** Of a global secondary index; `undefined` for a local one, which is there with its table. */
  readonly status: IndexStatus | undefined;
  /** Whether the index is still being filled. */
  readonly backfilling: boolean;
  /** Where the table has provisioned throughput. */
  readonly throughput: Throughput | MaximumThroughput | undefined;
  readonly sizeBytes: number | undefined;
  readonly itemCount: number | undefined;
  readonly arn: string | undefined;
}

/** A table as DynamoDB describes it. Counts and sizes are about six hours old. */
export interface TableDescription {
  readonly name: string;
  readonly arn: string | undefined;
  readonly id: string | undefined;
  readonly status: TableStatus | undefined;
  readonly partitionKey: KeyAttribute | undefined;
  readonly sortKey: KeyAttribute | undefined;
  readonly globalSecondaryIndexes: Readonly<Record<string, IndexDescription>>;
  readonly localSecondaryIndexes: Readonly<Record<string, IndexDescription>>;
  readonly billing: Billing;
  readonly stream: StreamViewType | undefined;
  readonly streamArn: string | undefined;
  readonly tableClass: TableClass;
  readonly deletionProtection: boolean;
  readonly createdAt: Date | undefined;
  readonly itemCount: number | undefined;
  readonly sizeBytes: number | undefined;
  /** The description on the wire, with whatever this version of the library does not know. */
  readonly raw: TableDescriptionOutput;
}

export function readTableDescription(wire: TableDescriptionOutput): TableDescription {
  const keys = keyReader(wire.AttributeDefinitions ?? []);
  return {
    name: wire.TableName ?? "",
    arn: wire.TableArn,
    id: wire.TableId,
    status: wire.TableStatus,
    partitionKey: keys(wire.KeySchema, "HASH")[0],
    sortKey: keys(wire.KeySchema, "RANGE")[0],
    globalSecondaryIndexes: readIndexes(wire.GlobalSecondaryIndexes, keys),
    localSecondaryIndexes: readIndexes(wire.LocalSecondaryIndexes, keys),
    billing: readBilling(wire),
    stream:
      wire.StreamSpecification?.StreamEnabled === true
        ? wire.StreamSpecification.StreamViewType
        : undefined,
    streamArn: wire.LatestStreamArn,
    tableClass: wire.TableClassSummary?.TableClass ?? "STANDARD",
    deletionProtection: wire.DeletionProtectionEnabled ?? false,
    createdAt:
      wire.CreationDateTime === undefined ? undefined : new Date(wire.CreationDateTime * 1000),
    itemCount: wire.ItemCount,
    sizeBytes: wire.TableSizeBytes,
    raw: wire,
  };
}

type KeyReader = (
  schema: readonly KeySchemaElement[] | undefined,
  type: KeySchemaElement["KeyType"],
) => KeyAttribute[];

function keyReader(definitions: readonly AttributeDefinition[]): KeyReader {
  const types = new Map(
    definitions.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]),
  );
  return (schema = [], keyType) =>
    schema
      .filter(({ KeyType }) => KeyType === keyType)
      .map(({ AttributeName: name }) => ({ name, type: types.get(name) ?? "S" }));
}

function readIndexes(
  wire: readonly WireIndex[] = [],
  keys: KeyReader,
): Record<string, IndexDescription> {
  return Object.fromEntries(
    wire.map((index) => [
      index.IndexName ?? "",
      {
        partitionKey: keys(index.KeySchema, "HASH"),
        sortKey: keys(index.KeySchema, "RANGE"),
        projection:
          index.Projection?.ProjectionType === "INCLUDE"
            ? (index.Projection.NonKeyAttributes ?? [])
            : (index.Projection?.ProjectionType ?? "ALL"),
        status: index.IndexStatus,
        backfilling: index.Backfilling ?? false,
        throughput: provisioned(index.ProvisionedThroughput) ?? maximum(index),
        sizeBytes: index.IndexSizeBytes,
        itemCount: index.ItemCount,
        arn: index.IndexArn,
      },
    ]),
  );
}

// An old table with provisioned throughput has no billing mode; an on-demand one describes its throughput as zeros.
function readBilling(wire: TableDescriptionOutput): Billing {
  if (wire.BillingModeSummary?.BillingMode !== "PAY_PER_REQUEST") {
    const throughput = provisioned(wire.ProvisionedThroughput);
    if (throughput !== undefined) return throughput;
  }
  return maximum(wire) ?? "PAY_PER_REQUEST";
}

function provisioned(wire: ProvisionedThroughput | undefined): Throughput | undefined {
  if (wire === undefined || wire.ReadCapacityUnits === 0) return undefined;
  return { readCapacityUnits: wire.ReadCapacityUnits, writeCapacityUnits: wire.WriteCapacityUnits };
}

function maximum({
  OnDemandThroughput: wire,
}: Pick<WireIndex, "OnDemandThroughput">): MaximumThroughput | undefined {
  if (wire === undefined) return undefined;
  return {
    maxReadRequestUnits: wire.MaxReadRequestUnits,
    maxWriteRequestUnits: wire.MaxWriteRequestUnits,
  };
}
