import { FieldwiseError } from "@fieldwise/core";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { LocalDynamoDBError } from "./local-dynamodb-error.ts";
import { startDynamoDB } from "./start-dynamodb.ts";

afterEach(() => vi.unstubAllEnvs());

async function listTables(endpoint: string): Promise<unknown> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "DynamoDB_20120810.ListTables",
      "x-amz-date": "20200101T000000Z",
      authorization:
        "AWS4-HMAC-SHA256 Credential=local/20200101/local/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0",
    },
    body: "{}",
  });
  return response.json();
}

describe("startDynamoDB", () => {
  it("is an empty database that answers when the promise resolves", async () => {
    const dynamodb = await startDynamoDB();
    expect(dynamodb.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await listTables(dynamodb.endpoint)).toEqual({ TableNames: [] });
    await dynamodb.stop();
    await expect(listTables(dynamodb.endpoint)).rejects.toThrow("fetch failed");
    await dynamodb.stop();
  });

  it("ends at the end of an `await using` block", async () => {
    let endpoint: string;
    {
      await using dynamodb = await startDynamoDB();
      endpoint = dynamodb.endpoint;
      await listTables(endpoint);
    }
    await expect(listTables(endpoint)).rejects.toThrow("fetch failed");
  });

  it("starts many at once, each on its own port", async () => {
    const servers = await Promise.all(Array.from({ length: 8 }, () => startDynamoDB()));
    expect(new Set(servers.map((server) => server.endpoint)).size).toBe(8);
    for (const server of servers) {
      expect(await listTables(server.endpoint)).toEqual({ TableNames: [] });
    }
    await Promise.all(servers.map((server) => server.stop()));
  });

  it("makes clients of this server, whatever the environment says, and closes them with it", async () => {
    const dynamodb = await startDynamoDB();
    vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
    vi.stubEnv("AWS_REGION", "eu-west-1");
    const client = dynamodb.client();
    await client.createTable("orders", { partitionKey: { name: "id", type: "S" } });
    // Tables belong to no region or access key here.
    const other = dynamodb.client({
      region: "us-east-1",
      credentials: { accessKeyId: "other", secretAccessKey: "other" },
    });
    expect(await other.tableExists("orders")).toBe(true);
    const destroy = vi.spyOn(client, "destroy");
    await dynamodb.stop();
    expect(destroy).toHaveBeenCalledOnce();
    await expect(client.tableExists("orders")).rejects.toBeInstanceOf(FieldwiseError);
  });

  it("uses the server that DYNAMODB_ENDPOINT names, and leaves it running", async () => {
    const server = createServer((request, response) => {
      request.resume();
      response.end(`{"TableNames":["theirs"]}`);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    vi.stubEnv("DYNAMODB_ENDPOINT", `${url}/`);
    vi.stubEnv("DYNOXIDE_BIN", "/nowhere");

    const dynamodb = await startDynamoDB();
    expect(dynamodb.endpoint).toBe(url);
    await dynamodb.stop();
    expect(await listTables(url)).toEqual({ TableNames: ["theirs"] });
    server.close();
  });

  it("says which program it could not run", async () => {
    vi.stubEnv("DYNOXIDE_BIN", "/nowhere/dynoxide");
    const start = startDynamoDB();
    await expect(start).rejects.toThrow(LocalDynamoDBError);
    await expect(start).rejects.toThrow("(/nowhere/dynoxide) could not be run");
  });
});
