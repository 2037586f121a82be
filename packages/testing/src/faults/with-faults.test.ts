import {
  type Client,
  type ClientOptions,
  F,
  RetryConfig,
  type TableDefinition,
} from "@fieldwise/core";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type LocalDynamoDB, startDynamoDB } from "../dynamodb/start-dynamodb.ts";
import { SentRequest } from "../recording/sent-request.ts";
import type { Fault } from "./plan.ts";
import { type FaultyHandler, withFaults } from "./with-faults.ts";

const definition: TableDefinition = { partitionKey: { name: "id", type: "S" } };
const noRetry = { retry: RetryConfig.none };

let dynamodb: LocalDynamoDB;
/** Past every fault. */
let direct: Client;
let inner: NodeHttpHandler;
let made = 0;
let table: string;
/** The operations that reached the server. */
let served: string[];

beforeAll(async () => {
  dynamodb = await startDynamoDB();
  direct = dynamodb.client();
  inner = new NodeHttpHandler();
});
afterAll(async () => {
  inner.destroy();
  await dynamodb.stop();
});
beforeEach(async () => {
  table = `table-${++made}`;
  served = [];
  await direct.createTable(table, definition, { wait: true });
});

function open(
  faults: readonly Fault[],
  { seed = 0, ...options }: ClientOptions & { seed?: number } = {},
): { readonly client: Client; readonly handler: FaultyHandler } {
  const counting = {
    handle: (...[request, given]: Parameters<FaultyHandler["handle"]>) => {
      served.push(new SentRequest(request).operation);
      return inner.handle(request as never, given);
    },
  };
  const handler = withFaults(counting, { seed, faults });
  const retry = RetryConfig.static({ delay: 1 });
  return { client: dynamodb.client({ requestHandler: handler, retry, ...options }), handler };
}

describe("a request that DynamoDB refuses", () => {
  it.each<[Fault, object]>([
    [{ fault: "throttling" }, { name: "ThrottlingError", statusCode: 400, retryable: true }],
    [
      { fault: "throttling", errorName: "ProvisionedThroughputExceededException" },
      { name: "ProvisionedThroughputExceeded", statusCode: 400, retryable: true },
    ],
    [
      { fault: "throttling", errorName: "RequestLimitExceeded" },
      { name: "RequestLimitExceeded", statusCode: 400, retryable: true },
    ],
    [{ fault: "internalServerError" }, { name: "InternalServerError", statusCode: 500 }],
    [{ fault: "serviceUnavailable" }, { name: "ServiceUnavailable", statusCode: 503 }],
    [{ fault: "transactionConflict" }, { name: "TransactionConflict", statusCode: 400 }],
    [{ fault: "resetBefore" }, { name: "ConnectionError", retryable: true }],
  ])("%o never reaches the server, and succeeds when it is sent again", async (fault, error) => {
    const { client, handler } = open([{ ...fault, limit: 2 }]);
    await expect(client.put(table, { id: "a" }, noRetry)).rejects.toMatchObject({
      ...error,
      operation: "PutItem",
      tableName: table,
    });
    expect(served).toEqual([]);
    await client.put(table, { id: "a" });
    expect(served).toEqual(["PutItem"]);
    expect(handler.requests).toBe(3);
    const entry = { fault: fault.fault, operation: "PutItem", tables: [table] };
    expect(handler.log).toEqual([
      { number: 1, ...entry },
      { number: 2, ...entry },
    ]);
  });
});

describe("an answer that is lost or damaged", () => {
  it.each<[Fault, object]>([
    [{ fault: "resetAfter" }, { name: "ConnectionError", retryable: true }],
    [{ fault: "truncated" }, { name: "InvalidResponse", retryable: true }],
    [
      { fault: "wrongChecksum" },
      { name: "InvalidResponse", message: expect.stringContaining("x-amz-crc32") },
    ],
  ])("%o: the server has acted", async (fault, error) => {
    const { client } = open([{ ...fault, nth: [1, 2] }]);
    const add = (options = {}) => client.update(table, { id: "a" }, F("n").add(1), options);
    await expect(add(noRetry)).rejects.toMatchObject(error);
    expect(await direct.get(table, { id: "a" })).toEqual({ id: "a", n: 1 });
    await add();
    expect(await direct.get(table, { id: "a" })).toEqual({ id: "a", n: 3 });
    expect(served).toEqual(["UpdateItem", "UpdateItem", "UpdateItem"]);
  });
});
