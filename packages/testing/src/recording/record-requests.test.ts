import {
  Client,
  ConditionalCheckFailed,
  ConfigurationError,
  F,
  partitionKey,
  RetryConfig,
} from "@fieldwise/core";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { describe, expect, it } from "vitest";
import { startDynamoDB } from "../dynamodb/start-dynamodb.ts";
import { type RecordingHandler, recordRequests } from "./record-requests.ts";

const secretAccessKey = "a-secret-that-must-not-show";

function clientOf(requestHandler: RecordingHandler): Client {
  const credentials = { accessKeyId: "AKID", secretAccessKey, sessionToken: "token-of-session" };
  const endpoint = "http://localhost";
  return new Client({
    requestHandler,
    region: "local",
    endpoint,
    credentials,
    retry: RetryConfig.none,
  });
}

describe("without a server", () => {
  it("answers every request with success, and remembers it", async () => {
    const requestHandler = recordRequests();
    const client = clientOf(requestHandler);
    await client.put("orders", { id: "a" });
    expect(await client.get("orders", { id: "a" })).toBeUndefined();
    expect(await client.query("orders", partitionKey("id").eq("a")).toArray()).toEqual([]);
    expect(await client.scanCount("orders")).toBe(0);
    expect((await client.batchGet({ orders: [{ id: "a" }], stock: [{ id: "b" }] })).items).toEqual({
      orders: [undefined],
      stock: [undefined],
    });
    expect((await client.batchWrite({ orders: { put: [{ id: "a" }] } })).unprocessed).toEqual({});
    expect(await client.transactGet([{ get: "orders", key: { id: "a" } }])).toEqual([undefined]);
    expect(await client.tableExists("orders")).toBe(true);
    await client.deleteTable("orders", { wait: true });
    expect(await client.tableExists("orders")).toBe(false);
    await client.createTable("orders", { partitionKey: { name: "id", type: "N" } }, { wait: true });
    expect((await client.describeTable("orders")).partitionKey).toEqual({ name: "id", type: "N" });
    await client.enableTimeToLive("orders", "expires", { wait: true });
    expect(await client.describeTimeToLive("orders")).toEqual({
      status: "ENABLED",
      attribute: "expires",
    });
    expect(await client.listTags("orders")).toEqual({});
    const sent = requestHandler.requests.map(({ operation }) => operation);
    expect(sent.slice(0, 7)).toEqual([
      "PutItem",
      "GetItem",
      "Query",
      "Scan",
      "BatchGetItem",
      "BatchWriteItem",
      "TransactGetItems",
    ]);
    expect(requestHandler.requests[0]).toMatchObject({
      tableName: "orders",
      input: { TableName: "orders", Item: { id: { S: "a" } } },
    });
    requestHandler.clear();
    expect(requestHandler.requests).toEqual([]);
  });

  it("answers as it is told, with errors too", async () => {
    const broken = Object.assign(new Error("reset"), { code: "ECONNRESET" });
    const client = clientOf(
      recordRequests({
        answer: async (request) => {
          if (request.is("PutItem")) return { __type: "ConditionalCheckFailedException" };
          if (request.is("Scan")) return { __type: "x#InternalServerError", message: "no" };
          if (request.is("DeleteItem")) throw broken;
          if (!request.is("GetItem")) return undefined;
          return { Item: { id: request.input.Key["id"]!, n: { N: "1" } } };
        },
      }),
    );
    expect(await client.get("orders", { id: "a" })).toEqual({ id: "a", n: 1 });
    await expect(client.put("orders", { id: "a" })).rejects.toThrow(ConditionalCheckFailed);
    await expect(client.scanCount("orders")).rejects.toMatchObject({ statusCode: 500 });
    await expect(client.delete("orders", { id: "a" })).rejects.toMatchObject({
      name: "ConnectionError",
      retryable: true,
      cause: broken,
    });
    expect(await client.update("orders", { id: "a" }, F("n").add(1))).toBeUndefined();
  });

  it("keeps no header, and so no secret", async () => {
    const requestHandler = recordRequests();
    await clientOf(requestHandler).get("orders", { id: "a" });
    const [request] = requestHandler.requests;
    expect(Object.keys(request!)).toEqual(["operation", "tables", "input"]);
    expect(JSON.stringify(request)).not.toMatch(/secret|token|AKID|Signature/);
  });

  it("takes no answer but a function", () => {
    expect(() => recordRequests({ answer: {} as never })).toThrow(ConfigurationError);
    expect(() => recordRequests({ handle: 1 } as never)).toThrow(ConfigurationError);
  });
});

it("passes everything on to the handler that it stands around", async () => {
  await using dynamodb = await startDynamoDB();
  const inner = new NodeHttpHandler();
  const requestHandler = recordRequests(inner);
  const client = dynamodb.client({ requestHandler });
  await client.createTable("orders", { partitionKey: { name: "id", type: "S" } }, { wait: true });
  requestHandler.clear();
  await client.put("orders", { id: "a", n: 1 });
  await client.update("orders", { id: "a" }, F("n").add(1), { condition: F("n").lt(5) });
  expect(await client.get("orders", { id: "a" })).toEqual({ id: "a", n: 2 });
  await expect(
    client.get("orders", { id: "a" }, { signal: AbortSignal.abort(new Error("not now")) }),
  ).rejects.toThrow("not now");
  expect(requestHandler.requests.map(String)).toMatchInlineSnapshot(`
    [
      "PutItem on orders
      item:
        id: "a"
        n: 1",
      "UpdateItem on orders
      key: id = "a"
      update: ADD n 1
      condition: n < 5",
      "GetItem on orders
      key: id = "a"",
    ]
  `);
  expect(requestHandler.httpHandlerConfigs()).toBe(inner.httpHandlerConfigs());
  expect(requestHandler.metadata).toBe(inner.metadata);
  requestHandler.destroy();
});
