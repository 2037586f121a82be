import { describe, expect, it } from "vitest";
import { describeOnEachServer } from "./describe-on-each-server.ts";
import { pickServers } from "./servers.ts";
import { createTableInput } from "./tables.ts";

async function send(endpoint: string, operation: string, input: unknown) {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `DynamoDB_20120810.${operation}`,
      "x-amz-date": "20200101T000000Z",
      authorization:
        "AWS4-HMAC-SHA256 Credential=local/20200101/local/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0",
    },
    body: JSON.stringify(input),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describeOnEachServer("a server", ({ server, uniqueTableName, deviates }) => {
  // AWS, which an endpoint may be, answers nobody without a signature.
  it.skipIf(server.name === "endpoint")("makes a table, stores an item and finds it", async () => {
    const name = uniqueTableName();
    const input = createTableInput(name, {
      partitionKey: "id",
      sortKey: { name: "at", type: "N" },
      globalIndexes: { byAt: { partitionKey: { name: "at", type: "N" } } },
      localIndexes: { byNote: "note" },
    });
    expect(await send(server.endpoint, "CreateTable", input)).toMatchObject({ status: 200 });
    const item = { id: { S: "a" }, at: { N: "1" }, note: { S: "b" } };
    const put = await send(server.endpoint, "PutItem", { TableName: name, Item: item });
    expect(put.status).toBe(200);
    const got = await send(server.endpoint, "GetItem", {
      TableName: name,
      Key: { id: { S: "a" }, at: { N: "1" } },
      ConsistentRead: true,
    });
    expect(got.body["Item"]).toEqual(item);
  });

  deviates(
    {
      dynoxide: "shown here only",
      "dynamodb-local": "shown here only",
      endpoint: "shown here only",
    },
    "expects a failure on the servers that are named",
    () => expect(server.name).toBe("another"),
  );
});

describe("pickServers", () => {
  it("takes all that are there, or those that are named", () => {
    expect(pickServers(undefined, ["dynoxide", "endpoint"])).toEqual(["dynoxide", "endpoint"]);
    expect(pickServers("endpoint, dynoxide", ["dynoxide", "endpoint"])).toEqual([
      "endpoint",
      "dynoxide",
    ]);
  });

  it("refuses a name that is not there", () => {
    expect(() => pickServers("dynamodb-local", ["dynoxide"])).toThrow(
      "FIELDWISE_SERVERS names dynamodb-local, which is not there. There are: dynoxide.",
    );
  });
});
