import { describe, expect, test } from "vitest";
import type { TableDescriptionOutput } from "../wire/tables.ts";
import { readTableDescription } from "./table-description.ts";

describe("readTableDescription", () => {
  const wire: TableDescriptionOutput = {
    TableName: "orders",
    TableArn: "arn:aws:dynamodb:eu-west-1:1:table/orders",
    TableId: "T1",
    TableStatus: "ACTIVE",
    AttributeDefinitions: [
      { AttributeName: "id", AttributeType: "S" },
      { AttributeName: "at", AttributeType: "N" },
      { AttributeName: "region", AttributeType: "B" },
    ],
    KeySchema: [
      { AttributeName: "at", KeyType: "RANGE" },
      { AttributeName: "id", KeyType: "HASH" },
    ],
    CreationDateTime: 1_700_000_000.5,
    ItemCount: 5,
    TableSizeBytes: 100,
    BillingModeSummary: { BillingMode: "PROVISIONED" },
    ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 2 },
    GlobalSecondaryIndexes: [
      {
        IndexName: "byRegion",
        KeySchema: [
          { AttributeName: "region", KeyType: "HASH" },
          { AttributeName: "id", KeyType: "HASH" },
          { AttributeName: "at", KeyType: "RANGE" },
        ],
        Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["total"] },
        IndexStatus: "CREATING",
        Backfilling: true,
        ProvisionedThroughput: { ReadCapacityUnits: 3, WriteCapacityUnits: 4 },
        IndexSizeBytes: 10,
        ItemCount: 2,
        IndexArn: "arn:index",
      },
    ],
    LocalSecondaryIndexes: [
      {
        IndexName: "byAt",
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        Projection: { ProjectionType: "KEYS_ONLY" },
      },
    ],
    StreamSpecification: { StreamEnabled: true, StreamViewType: "OLD_IMAGE" },
    LatestStreamArn: "arn:stream",
    TableClassSummary: { TableClass: "STANDARD_INFREQUENT_ACCESS" },
    DeletionProtectionEnabled: true,
  };
  const id = { name: "id", type: "S" };
  const at = { name: "at", type: "N" };

  test("reads everything", () => {
    expect(readTableDescription(wire)).toEqual({
      name: "orders",
      arn: "arn:aws:dynamodb:eu-west-1:1:table/orders",
      id: "T1",
      status: "ACTIVE",
      partitionKey: id,
      sortKey: at,
      globalSecondaryIndexes: {
        byRegion: {
          partitionKey: [{ name: "region", type: "B" }, id],
          sortKey: [at],
          projection: ["total"],
          status: "CREATING",
          backfilling: true,
          throughput: { readCapacityUnits: 3, writeCapacityUnits: 4 },
          sizeBytes: 10,
          itemCount: 2,
          arn: "arn:index",
        },
      },
      localSecondaryIndexes: {
        byAt: {
          partitionKey: [id],
          sortKey: [],
          projection: "KEYS_ONLY",
          status: undefined,
          backfilling: false,
          throughput: undefined,
          sizeBytes: undefined,
          itemCount: undefined,
          arn: undefined,
        },
      },
      billing: { readCapacityUnits: 1, writeCapacityUnits: 2 },
      stream: "OLD_IMAGE",
      streamArn: "arn:stream",
      tableClass: "STANDARD_INFREQUENT_ACCESS",
      deletionProtection: true,
      createdAt: new Date(1_700_000_000_500),
      itemCount: 5,
      sizeBytes: 100,
      raw: wire,
    });
  });

  test("reads an answer that lacks members", () => {
    expect(readTableDescription({})).toMatchObject({
      name: "",
      status: undefined,
      partitionKey: undefined,
      globalSecondaryIndexes: {},
      billing: "PAY_PER_REQUEST",
      stream: undefined,
      tableClass: "STANDARD",
      deletionProtection: false,
      createdAt: undefined,
    });
  });

  const zeros = { ReadCapacityUnits: 0, WriteCapacityUnits: 0 };
  const some = { ReadCapacityUnits: 1, WriteCapacityUnits: 2 };
  test.each<[string, TableDescriptionOutput, unknown]>([
    [
      "an old table, without a billing mode",
      { ProvisionedThroughput: some },
      { readCapacityUnits: 1, writeCapacityUnits: 2 },
    ],
    [
      "an on-demand table, with zeros",
      { BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" }, ProvisionedThroughput: zeros },
      "PAY_PER_REQUEST",
    ],
    [
      "an on-demand table, with a past throughput",
      { BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" }, ProvisionedThroughput: some },
      "PAY_PER_REQUEST",
    ],
    [
      "an on-demand table with an upper bound",
      {
        BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
        OnDemandThroughput: { MaxReadRequestUnits: 5 },
      },
      { maxReadRequestUnits: 5, maxWriteRequestUnits: undefined },
    ],
  ])("bills %s", (_, description, billing) => {
    expect(readTableDescription(description).billing).toEqual(billing);
  });

  test("a stream that ended is none", () => {
    const ended = { StreamSpecification: { StreamEnabled: false } };
    expect(readTableDescription(ended).stream).toBeUndefined();
  });
});
