import { describe, expect, it } from "vitest";
import { describeOnEachServer } from "./describe-on-each-server.ts";
import { pickServers } from "./servers.ts";

describeOnEachServer("a server", ({ server, client, newClient, createTable, deviates }) => {
  it("stores an item and finds it", async () => {
    const table = await createTable();
    const item = { id: "a", at: 1 };
    await client.put(table, item);
    expect(await client.get(table, { id: "a" }, { consistentRead: true })).toEqual(item);
  });

  it("has the same tables for every client", async () => {
    const table = await createTable();
    expect(await newClient({ numbers: "bigint" }).tableExists(table)).toBe(true);
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
