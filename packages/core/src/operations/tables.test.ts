import { describe, expect, test } from "vitest";
import { numberReader } from "../attribute-value/unmarshall.ts";
import { InvalidInput } from "../errors/input-errors.ts";
import type { TableDefinition } from "./table-definition.ts";
import {
  createTable,
  deleteTable,
  describeTable,
  listTables,
  type TableChanges,
  updateTable,
} from "./tables.ts";
import { itemReader } from "./item-reader.ts";

const reader = itemReader(numberReader());
const id = { name: "id", type: "S" } as const;
const at = { name: "at", type: "N" } as const;
const status = { name: "status", type: "S" } as const;
const attribute = (AttributeName: string, AttributeType: string) => ({
  AttributeName,
  AttributeType,
});
const partition = (AttributeName: string) => ({ AttributeName, KeyType: "HASH" });
const sort = (AttributeName: string) => ({ AttributeName, KeyType: "RANGE" });
const json = ({ body }: { body: string }) => JSON.parse(body) as unknown;
const created = (definition: TableDefinition) => json(createTable("orders", definition));
const updated = (changes: TableChanges) => json(updateTable("orders", changes));

describe("createTable", () => {
  const bare = {
    TableName: "orders",
    AttributeDefinitions: [attribute("id", "S")],
    KeySchema: [partition("id")],
    BillingMode: "PAY_PER_REQUEST",
  };

  test("encodes the least", () => {
    expect(createTable("orders", { partitionKey: id })).toMatchObject({
      operation: "CreateTable",
      tableName: "orders",
    });
    expect(created({ partitionKey: id })).toEqual(bare);
  });

  test("encodes everything", () => {
    expect(
      created({
        partitionKey: id,
        sortKey: at,
        billing: { readCapacityUnits: 5, writeCapacityUnits: 6 },
        globalSecondaryIndexes: {
          byStatus: { partitionKey: status, sortKey: at, projection: ["total"] },
          byRegion: {
            partitionKey: [status, { name: "region", type: "B" }],
            sortKey: [at, id],
            projection: "KEYS_ONLY",
            throughput: { readCapacityUnits: 1, writeCapacityUnits: 2 },
          },
        },
        localSecondaryIndexes: { byTotal: { sortKey: { name: "total", type: "N" } } },
        stream: "NEW_AND_OLD_IMAGES",
        tableClass: "STANDARD_INFREQUENT_ACCESS",
        deletionProtection: false,
        encryption: "alias/mine",
        tags: { team: "shop", empty: "" },
      }),
    ).toEqual({
      TableName: "orders",
      AttributeDefinitions: [
        attribute("id", "S"),
        attribute("at", "N"),
        attribute("total", "N"),
        attribute("status", "S"),
        attribute("region", "B"),
      ],
      KeySchema: [partition("id"), sort("at")],
      BillingMode: "PROVISIONED",
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6 },
      LocalSecondaryIndexes: [
        {
          IndexName: "byTotal",
          KeySchema: [partition("id"), sort("total")],
          Projection: { ProjectionType: "ALL" },
        },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: "byStatus",
          KeySchema: [partition("status"), sort("at")],
          Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["total"] },
          // The table's, as none was given.
          ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6 },
        },
        {
          IndexName: "byRegion",
          KeySchema: [partition("status"), partition("region"), sort("at"), sort("id")],
          Projection: { ProjectionType: "KEYS_ONLY" },
          ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 2 },
        },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
      SSESpecification: { Enabled: true, SSEType: "KMS", KMSMasterKeyId: "alias/mine" },
      TableClass: "STANDARD_INFREQUENT_ACCESS",
      DeletionProtectionEnabled: false,
      Tags: [
        { Key: "team", Value: "shop" },
        { Key: "empty", Value: "" },
      ],
    });
  });

  test("encodes each form of billing and encryption", () => {
    expect(created({ partitionKey: id, billing: "PAY_PER_REQUEST" })).toEqual(bare);
    expect(created({ partitionKey: id, billing: { maxReadRequestUnits: 5 } })).toEqual({
      ...bare,
      OnDemandThroughput: { MaxReadRequestUnits: 5 },
    });
    expect(
      created({
        partitionKey: id,
        billing: { maxReadRequestUnits: 5, maxWriteRequestUnits: 6 },
        globalSecondaryIndexes: {
          byStatus: { partitionKey: status, throughput: { maxWriteRequestUnits: 7 } },
        },
      }),
    ).toMatchObject({
      BillingMode: "PAY_PER_REQUEST",
      OnDemandThroughput: { MaxReadRequestUnits: 5, MaxWriteRequestUnits: 6 },
      GlobalSecondaryIndexes: [{ OnDemandThroughput: { MaxWriteRequestUnits: 7 } }],
    });
    expect(created({ partitionKey: id, encryption: true })).toMatchObject({
      SSESpecification: { Enabled: true, SSEType: "KMS" },
    });
  });

  test.each<[TableDefinition, string]>([
    [
      { partitionKey: id, localSecondaryIndexes: { i: { sortKey: at } } },
      "Table orders: a table with a local secondary index needs a sort key",
    ],
    [
      {
        partitionKey: id,
        sortKey: at,
        globalSecondaryIndexes: { i: { partitionKey: { name: "at", type: "S" } } },
      },
      "Table orders: the key attribute at is declared as N and as S",
    ],
    [
      { partitionKey: id, globalSecondaryIndexes: { i: { partitionKey: [] } } },
      "Table orders, index i: 1 to 4 attributes make a partition key, and up to 4 a sort key",
    ],
    [
      {
        partitionKey: id,
        globalSecondaryIndexes: {
          i: { partitionKey: [1, 2, 3, 4, 5].map((n) => ({ name: `p${n}`, type: "S" })) },
        },
      },
      "Table orders, index i: 1 to 4 attributes",
    ],
    [
      {
        partitionKey: id,
        globalSecondaryIndexes: {
          i: {
            partitionKey: id,
            sortKey: [1, 2, 3, 4, 5].map((n) => ({ name: `s${n}`, type: "S" })),
          },
        },
      },
      "Table orders, index i: 1 to 4 attributes",
    ],
    [
      { partitionKey: id, billing: "PROVISIONED" as never },
      `billing is "PAY_PER_REQUEST" or an object with the throughput, not 'PROVISIONED'`,
    ],
  ])("refuses %o", (definition, message) => {
    expect(() => createTable("orders", definition)).toThrow(InvalidInput);
    expect(() => createTable("orders", definition)).toThrow(message);
  });
});

describe("updateTable", () => {
  test("encodes each change", () => {
    expect(updateTable("orders", { deletionProtection: true })).toMatchObject({
      operation: "UpdateTable",
      body: '{"TableName":"orders","DeletionProtectionEnabled":true}',
    });
    expect(updated({ billing: "PAY_PER_REQUEST", tableClass: "STANDARD" })).toEqual({
      TableName: "orders",
      BillingMode: "PAY_PER_REQUEST",
      TableClass: "STANDARD",
    });
    expect(updated({ billing: { readCapacityUnits: 1, writeCapacityUnits: 2 } })).toEqual({
      TableName: "orders",
      BillingMode: "PROVISIONED",
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 2 },
    });
    expect(updated({ stream: "KEYS_ONLY" })).toMatchObject({
      StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" },
    });
    expect(updated({ stream: false })).toEqual({
      TableName: "orders",
      StreamSpecification: { StreamEnabled: false },
    });
  });

  test("encodes changes of indexes", () => {
    expect(
      updated({
        createIndexes: { byStatus: { partitionKey: status, sortKey: at } },
        updateIndexes: {
          byRegion: { readCapacityUnits: 1, writeCapacityUnits: 2 },
          byDate: { maxReadRequestUnits: 3 },
        },
        deleteIndexes: ["byTotal"],
      }),
    ).toEqual({
      TableName: "orders",
      AttributeDefinitions: [attribute("status", "S"), attribute("at", "N")],
      GlobalSecondaryIndexUpdates: [
        {
          Create: {
            IndexName: "byStatus",
            KeySchema: [partition("status"), sort("at")],
            Projection: { ProjectionType: "ALL" },
          },
        },
        {
          Update: {
            IndexName: "byRegion",
            ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 2 },
          },
        },
        { Update: { IndexName: "byDate", OnDemandThroughput: { MaxReadRequestUnits: 3 } } },
        { Delete: { IndexName: "byTotal" } },
      ],
    });
  });

  test.each<[TableChanges, string]>([
    [{}, "Table orders: the update changes nothing"],
    [{ createIndexes: {}, deleteIndexes: [], billing: undefined }, "the update changes nothing"],
    [
      { createIndexes: { i: { partitionKey: id, sortKey: { name: "id", type: "N" } } } },
      "Table orders: the key attribute id is declared as S and as N",
    ],
    [{ createIndexes: { i: { partitionKey: [] } } }, "Table orders, index i: 1 to 4"],
  ])("refuses %o", (changes, message) => {
    expect(() => updateTable("orders", changes)).toThrow(InvalidInput);
    expect(() => updateTable("orders", changes)).toThrow(message);
  });
});

test("describing and deleting name the table alone", () => {
  expect(describeTable("orders")).toMatchObject({
    operation: "DescribeTable",
    body: '{"TableName":"orders"}',
  });
  expect(deleteTable("orders")).toMatchObject({
    operation: "DeleteTable",
    body: '{"TableName":"orders"}',
  });
});

test("each answer's description is read where its operation has it", () => {
  const description = { TableName: "orders", TableStatus: "ACTIVE" as const };
  const expected = { name: "orders", status: "ACTIVE" };
  expect(describeTable("orders").decode({ Table: description }, reader)).toMatchObject(expected);
  for (const { decode } of [
    deleteTable("orders"),
    createTable("orders", { partitionKey: id }),
    updateTable("orders", { deletionProtection: true }),
  ])
    expect(decode({ TableDescription: description }, reader)).toMatchObject(expected);
  expect(describeTable("orders").decode({}, reader)).toMatchObject({ name: "", status: undefined });
});

test("listTables", () => {
  expect(listTables(undefined, undefined)).toMatchObject({ operation: "ListTables", body: "{}" });
  const call = listTables("orders", 5);
  expect(json(call)).toEqual({ ExclusiveStartTableName: "orders", Limit: 5 });
  expect(call.decode({ TableNames: ["a"], LastEvaluatedTableName: "a" }, reader)).toEqual({
    names: ["a"],
    lastName: "a",
  });
  expect(call.decode({}, reader)).toEqual({ names: [], lastName: undefined });
});
