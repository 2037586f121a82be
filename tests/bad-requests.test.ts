import { Client, RetryConfig } from "@fieldwise/core";
import { describe, expect, it } from "vitest";
import { errorBeforeAnyRequest, type Refused, untyped } from "./support/refused.ts";

// These need no server: what they prove is that none is asked.

const table = "bad-requests";
const key = { id: "a" };
const string = (name: string) => ({ name, type: "S" as const });
const statements = (count: number) =>
  Array.from({ length: count }, () => ({ statement: "SELECT * FROM t" }));

const requests: readonly Refused[] = [
  ["a name of two letters", "InvalidInput", /no table name/, (client) => client.get("ab", key)],
  ["a name with a space", "InvalidInput", /no table name/, (client) => client.table("a table")],

  ["a limit of 0", "InvalidInput", /^limit/, (client) => client.scan(table, { limit: 0 })],
  [
    "a fraction as page size",
    "InvalidInput",
    /^pageSize/,
    (client) => client.scan(table, { pageSize: 1.5 }),
  ],
  ["no segments", "InvalidInput", /not 0/, (client) => client.scan(table, { segments: 0 })],
  [
    "one segment of unknown many",
    "InvalidInput",
    /totalSegments/,
    (client) => client.scan(table, { segment: 0 }),
  ],
  [
    "a segment behind the last",
    "InvalidInput",
    /0 to 1, not 2/,
    (client) => client.scan(table, { segment: 2, totalSegments: 2 }),
  ],
  [
    "a start key of several segments",
    "InvalidInput",
    /startKey/,
    (client) => client.scan(table, { segments: 2, startKey: key }),
  ],
  [
    "one page of several segments",
    "InvalidInput",
    /single page/,
    (client) => client.scan(table, { segments: 2 }).page(),
  ],

  [
    "keys of two shapes",
    "InvalidInput",
    /attributes id/,
    (client) => client.batchGet({ [table]: [{ id: "a" }, { other: "b" }] }),
  ],
  [
    "no concurrency",
    "InvalidInput",
    /^concurrency/,
    (client) => client.batchGet({ [table]: [key] }, { concurrency: 0 }),
  ],
  [
    "an item both put and deleted",
    "InvalidInput",
    /both put and deleted/,
    (client) => client.batchWrite({ [table]: { put: [{ ...key, n: 1 }], delete: [key] } }),
  ],
  [
    "an item without its key",
    "InvalidInput",
    /^id: /,
    (client) => client.batchWrite({ [table]: { put: [{ n: 1 }], keyAttributes: ["id"] } }),
  ],

  [
    "an action on no table",
    "InvalidInput",
    /put, update, delete/,
    (client) => client.transactWrite([untyped({ item: key })]),
  ],
  [
    "a check without condition",
    "InvalidInput",
    /condition/,
    (client) => client.transactWrite([untyped({ check: table, key })]),
  ],
  [
    "a token of 37 characters",
    "InvalidInput",
    /1 to 36 characters/,
    (client) =>
      client.transactWrite([{ delete: table, key }], { clientRequestToken: "x".repeat(37) }),
  ],
  ["an empty statement", "InvalidInput", /statement/, (client) => client.executeStatement(" ")],
  ["no statements", "InvalidInput", /1 to 25.* 0/, (client) => client.batchExecuteStatement([])],
  [
    "26 statements",
    "InvalidInput",
    /1 to 25.* 26/,
    (client) => client.batchExecuteStatement(statements(26)),
  ],
  [
    "101 statements of a transaction",
    "InvalidInput",
    /1 to 100.* 101/,
    (client) => client.executeTransaction(statements(101)),
  ],

  [
    "a local index without sort key",
    "InvalidInput",
    /sort key/,
    (client) =>
      client.createTable(table, {
        partitionKey: string("id"),
        localSecondaryIndexes: { byOther: { sortKey: string("other") } },
      }),
  ],
  [
    "one attribute of two types",
    "InvalidInput",
    /id .*S.*N/,
    (client) =>
      client.createTable(table, {
        partitionKey: string("id"),
        globalSecondaryIndexes: { byId: { partitionKey: { name: "id", type: "N" } } },
      }),
  ],
  [
    "an index of five partition keys",
    "InvalidInput",
    /1 to 4/,
    (client) =>
      client.createTable(table, {
        partitionKey: string("id"),
        globalSecondaryIndexes: { many: { partitionKey: ["a", "b", "c", "d", "e"].map(string) } },
      }),
  ],
  ["a change of nothing", "InvalidInput", /nothing/, (client) => client.updateTable(table, {})],
];

describe("a bad request is an error before any is sent:", () => {
  it.each(requests)("%s", async (_, name, message, attempt) => {
    const error = await errorBeforeAnyRequest(attempt);
    expect(error.name).toBe(name);
    expect(error.message).toMatch(message);
  });

  it.each<[string, ConstructorParameters<typeof Client>[0]]>([
    ["an endpoint without protocol", { endpoint: "localhost:8000" }],
    ["an endpoint that is no URL", { endpoint: "not a url" }],
    ["a region of other characters", { region: "not a region!" }],
    ["a negative time", { requestTimeout: -1 }],
    ["a retry of another shape", { retry: untyped({ timeLimit: 1 }) }],
  ])("%s", (_, options) => {
    expect(() => new Client(options)).toThrow(
      expect.objectContaining({ name: "ConfigurationError" }) as Error,
    );
  });

  it("a negative delay", () => {
    expect(() => RetryConfig.static({ delay: -1 })).toThrow(/^delay/);
  });
});
