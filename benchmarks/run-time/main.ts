/**
 * The CPU time of a GetItem of some 400 bytes, side by side: this client, the same with a schema, and the AWS SDK. Each in
 * turn, several rounds in one run, against a server in another process. Machines are noisy: read the ratios.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { Client } from "@fieldwise/core";
import { connect, defineTable, isoDate } from "@fieldwise/schema";
import * as z from "zod";

const Orders = defineTable({
  name: "orders",
  schema: z.object({
    customerId: z.string(),
    orderId: z.string(),
    status: z.enum(["placed", "shipped", "delivered"]),
    placedAt: isoDate(),
    total: z.number().nonnegative(),
    lines: z.array(z.object({ sku: z.string(), quantity: z.int().positive() })),
    tags: z.set(z.string()),
    note: z.string().optional(),
  }),
  partitionKey: "customerId",
  sortKey: "orderId",
});

const rounds = 7;
const callsPerRound = 3_000;
const concurrency = 16;

const server = fork(new URL("server.ts", import.meta.url), { execArgv: process.execArgv });
const [port] = (await once(server, "message")) as [number];
const connection = {
  endpoint: `http://127.0.0.1:${port}`,
  region: "eu-west-1",
  credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
};
const key = { customerId: "c1", orderId: "2026-0001" };
const client = new Client(connection);
const db = connect(client, { orders: Orders });
const sdk = new DynamoDBClient(connection);
const documents = DynamoDBDocumentClient.from(sdk);

const contenders: Readonly<Record<string, () => Promise<unknown>>> = {
  "@fieldwise/core": () => client.get("orders", key),
  "@fieldwise/schema, validated": () => db.orders.get(key),
  "@aws-sdk/lib-dynamodb": () => documents.send(new GetCommand({ TableName: "orders", Key: key })),
};

/** Microseconds of CPU for a call. */
async function measure(call: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  let left = callsPerRound;
  const work = async (): Promise<void> => {
    while (left-- > 0) await call();
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / callsPerRound;
}

const figures = new Map(Object.keys(contenders).map((name) => [name, [] as number[]]));
for (const call of Object.values(contenders)) await measure(call);
for (let round = 0; round < rounds; round++) {
  for (const [name, call] of Object.entries(contenders))
    figures.get(name)?.push(await measure(call));
}
const medians = [...figures].map(
  ([name, times]) => [name, times.toSorted((a, b) => a - b)[rounds >> 1] ?? Number.NaN] as const,
);
const base = medians[0]?.[1] ?? Number.NaN;
for (const [name, median] of medians) {
  console.log(
    `${name.padEnd(30)} ${median.toFixed(0).padStart(5)} µs CPU a call, ${(median / base).toFixed(2)}×`,
  );
}
client.destroy();
sdk.destroy();
server.disconnect();
