import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { Client } from "@fieldwise/core";
import { connect, defineTable, isoDate } from "@fieldwise/schema";
import { type LocalDynamoDB, startDynamoDB } from "@fieldwise/testing";
import {
  Entity as ToolboxEntity,
  GetItemCommand,
  item,
  number,
  PutItemCommand,
  set,
  string,
  Table,
} from "dynamodb-toolbox";
import { Entity as ElectroEntity } from "electrodb";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import * as z from "zod";

// docs/migrating.md says how items of other libraries are declared. Each writes here what the other reads.

let server: LocalDynamoDB;
beforeAll(async () => (server = await startDynamoDB()));
afterAll(() => server.stop());

function clients() {
  const options = {
    endpoint: server.endpoint,
    region: "eu-west-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  };
  const client = new Client(options);
  const aws = new DynamoDBClient(options);
  onTestFinished(() => {
    client.destroy();
    aws.destroy();
  });
  return { client, documentClient: DynamoDBDocumentClient.from(aws) };
}

const keys = { partitionKey: "pk", sortKey: "sk" } as const;

it("DocumentClient and core read what the other wrote", async () => {
  const { client, documentClient } = clients();
  const Items = defineTable({ name: "document", schema: z.looseObject(stringKeys()), ...keys });
  await connect(client, { items: Items }).items.table.create({ wait: true });
  const stored = {
    pk: "a",
    total: 12.5,
    many: new Set([1, 2]),
    bytes: new Uint8Array([1, 2]),
    nothing: null,
    deep: [{ on: true }, ["é☃"]],
  };
  const byThem = { ...stored, sk: "theirs" };
  const byUs = { ...stored, sk: "ours" };
  await documentClient.send(new PutCommand({ TableName: "document", Item: byThem }));
  await client.put("document", byUs);
  expect(await client.get("document", { pk: "a", sk: "theirs" })).toEqual(byThem);
  const { Item } = await documentClient.send(
    new GetCommand({ TableName: "document", Key: { pk: "a", sk: "ours" } }),
  );
  expect(Item).toEqual(byUs);
});

it("DynamoDB-Toolbox and schema read what the other wrote", async () => {
  const { client, documentClient } = clients();
  const Orders = defineTable({
    name: "toolbox",
    schema: z.object({
      ...stringKeys(),
      total: z.number(),
      tags: z.set(z.string()).default(() => new Set<string>()),
      _et: z.literal("order").default("order"),
      _ct: isoDate().default(() => new Date()),
      _md: isoDate().default(() => new Date()),
    }),
    ...keys,
  });
  const { orders } = connect(client, { orders: Orders });
  await orders.table.create({ wait: true });
  const table = new Table({
    name: "toolbox",
    partitionKey: { name: "pk", type: "string" },
    sortKey: { name: "sk", type: "string" },
    documentClient,
  });
  const theirs = new ToolboxEntity({
    name: "order",
    table,
    schema: item({
      customerId: string().key().savedAs("pk"),
      orderId: string().key().savedAs("sk"),
      total: number(),
      tags: set(string()).optional(),
    }),
  });
  const order = { total: 5, tags: new Set(["gift"]) };
  await theirs
    .build(PutItemCommand)
    .item({ customerId: "C1", orderId: "O1", ...order })
    .send();
  await orders.put({ pk: "C1", sk: "O2", ...order });
  const { F } = Orders;
  const changed = new Date("2026-01-01");
  const key = { pk: "C1", sk: "O1" };
  await orders.update(key, [F("total").increment(2), F("_md").set(changed)]);
  expect(await orders.get(key)).toEqual({
    ...key,
    ...order,
    total: 7,
    _et: "order",
    _ct: expect.any(Date),
    _md: changed,
  });
  const read = async (orderId: string) =>
    (await theirs.build(GetItemCommand).key({ customerId: "C1", orderId }).send()).Item;
  expect(await read("O1")).toMatchObject({ total: 7, modified: changed.toISOString() });
  expect(await read("O2")).toMatchObject({ customerId: "C1", orderId: "O2", ...order });
});

it("ElectroDB and schema read what the other wrote", async () => {
  const { client, documentClient } = clients();
  const Orders = defineTable({
    name: "electro",
    schema: z.object({
      pk: z.string().startsWith("$shop#customerid_"),
      sk: z.string().startsWith("$order_1#orderid_"),
      customerId: z.string(),
      orderId: z.string(),
      total: z.number().optional(),
      tags: z.set(z.string()).optional(),
      __edb_e__: z.literal("order").default("order"),
      __edb_v__: z.literal("1").default("1"),
    }),
    ...keys,
  });
  const keyOf = (customerId: string, orderId: string) => ({
    pk: `$shop#customerid_${customerId.toLowerCase()}`,
    sk: `$order_1#orderid_${orderId.toLowerCase()}`,
  });
  const { orders } = connect(client, { orders: Orders });
  await orders.table.create({ wait: true });
  const theirs = new ElectroEntity(
    {
      model: { entity: "order", service: "shop", version: "1" },
      attributes: {
        customerId: { type: "string", required: true },
        orderId: { type: "string", required: true },
        total: { type: "number" },
        tags: { type: "set", items: "string" },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["customerId"] },
          sk: { field: "sk", composite: ["orderId"] },
        },
      },
    },
    { table: "electro", client: documentClient },
  );
  await theirs.put({ customerId: "C1", orderId: "O1", total: 5, tags: ["gift"] }).go();
  const ours = { customerId: "C1", orderId: "O2", total: 12, tags: new Set(["gift"]) };
  await orders.put({ ...keyOf("C1", "O2"), ...ours });
  expect(await orders.getOrThrow(keyOf("C1", "O1"))).toEqual({
    ...keyOf("C1", "O1"),
    customerId: "C1",
    orderId: "O1",
    total: 5,
    tags: new Set(["gift"]),
    __edb_e__: "order",
    __edb_v__: "1",
  });
  const { data } = await theirs.query.primary({ customerId: "C1" }).go({ pages: "all" });
  expect(data).toEqual([
    { customerId: "C1", orderId: "O1", total: 5, tags: ["gift"] },
    { ...ours, tags: ["gift"] },
  ]);
});

function stringKeys() {
  return { pk: z.string(), sk: z.string() };
}
