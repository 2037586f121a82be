import { beforeAll, expect, expectTypeOf, it } from "vitest";
import { describeOnEachServer } from "./support/describe-on-each-server.ts";
import { failure, RecordingHandler } from "./support/request-handlers.ts";

describeOnEachServer("send", ({ client, newClient, createTable, deviates }) => {
  let table: string;
  beforeAll(async () => {
    table = await createTable();
  });

  it("takes and gives what stands on the wire", async () => {
    const item = { id: { S: "a" }, n: { N: "1.50" }, set: { NS: ["1", "2"] } };
    expect(await client.send("PutItem", { TableName: table, Item: item })).toEqual({});
    const { Item, ConsumedCapacity } = await client.send("GetItem", {
      TableName: table,
      Key: { id: { S: "a" } },
      ConsistentRead: true,
      ReturnConsumedCapacity: "TOTAL",
    });
    expectTypeOf(ConsumedCapacity?.CapacityUnits).toEqualTypeOf<number | undefined>();
    expect(Item).toMatchObject({ id: item.id, n: { N: "1.5" } });
    expect(ConsumedCapacity).toMatchObject({ TableName: table, CapacityUnits: 1 });
  });

  deviates({ dynoxide: "does not know it" }, "reaches operations that have no method", async () => {
    const output = await client.send("DescribeLimits", {});
    expect(output).toMatchObject({ TableMaxReadCapacityUnits: expect.any(Number) as number });
    expectTypeOf(output).toEqualTypeOf<Record<string, unknown>>();
  });

  it("is signed, retried and reported like every other request", async () => {
    const requestHandler = new RecordingHandler((_, send) =>
      requestHandler.requests.length < 3 ? failure("InternalServerError", "", 500) : send(),
    );
    const seen: unknown[] = [];
    await newClient({ requestHandler }).send(
      "DescribeTable",
      { TableName: table },
      {
        onResponse: ({ operation, tableName, attempts }) =>
          seen.push(operation, tableName, attempts),
      },
    );
    expect(seen).toEqual(["DescribeTable", table, 3]);
    expect(requestHandler.operations).toEqual(Array.from({ length: 3 }, () => "DescribeTable"));
    expect(requestHandler.requests[0]?.headers["authorization"]).toMatch(/^AWS4-HMAC-SHA256 /);
  });

  it("takes no name that could not be an operation's", async () => {
    for (const name of ["", "Get Item", "GetItem\r\nx-amz-evil: 1", "../GetItem"])
      await expect(client.send(name, {})).rejects.toMatchObject({ name: "InvalidInput" });
  });
});
