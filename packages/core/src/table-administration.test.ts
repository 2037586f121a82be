import { describe, expect, test } from "vitest";
import { Refusal, scriptedClient } from "../test-support/scripted-client.ts";
import { InvalidInput } from "./errors/input-errors.ts";
import { ResourceNotFound } from "./errors/service-errors.ts";

const arn = "arn:aws:dynamodb:eu-west-1:1:table/orders";
const described = { Table: { TableName: "orders", TableArn: arn, TableStatus: "CREATING" } };

test("a table exists in whatever state, unless it is not found", async () => {
  expect(await scriptedClient(() => described).client.tableExists("orders")).toBe(true);
  const { client } = scriptedClient(() => new Refusal("ResourceNotFoundException"));
  expect(await client.tableExists("orders")).toBe(false);
  await expect(client.describeTable("orders")).rejects.toThrow(ResourceNotFound);
  const { client: denied } = scriptedClient(() => new Refusal("AccessDeniedException"));
  await expect(denied.tableExists("orders")).rejects.toMatchObject({ name: "AccessDenied" });
});

describe("listTables", () => {
  test("goes through all pages, one ahead of nobody", async () => {
    const { client, sent } = scriptedClient(({ input }) =>
      input.ExclusiveStartTableName === undefined
        ? { TableNames: ["a", "b"], LastEvaluatedTableName: "b" }
        : { TableNames: ["c"] },
    );
    const names = [];
    for await (const name of client.listTables({ pageSize: 2 })) names.push(name);
    expect(names).toEqual(["a", "b", "c"]);
    expect(sent.map(({ input }) => input as unknown)).toEqual([
      { Limit: 2 },
      { ExclusiveStartTableName: "b", Limit: 2 },
    ]);
    for await (const name of client.listTables()) {
      expect(name).toBe("a");
      break;
    }
    expect(sent).toHaveLength(3);
  });

  test("refuses a page size that is none", async () => {
    const { client, sent } = scriptedClient(() => ({}));
    await expect(client.listTables({ pageSize: 0 }).next()).rejects.toThrow(InvalidInput);
    expect(sent).toEqual([]);
  });
});

describe("tags", () => {
  test("are found by the table's ARN", async () => {
    const { client, sent } = scriptedClient(({ operation }) =>
      operation === "DescribeTable" ? described : {},
    );
    await client.tagTable("orders", { team: "shop" });
    await client.untagTable("orders", ["team"]);
    expect(sent.map(({ operation, input }) => [operation, input.ResourceArn])).toEqual([
      ["DescribeTable", undefined],
      ["TagResource", arn],
      ["DescribeTable", undefined],
      ["UntagResource", arn],
    ]);
  });

  test("of a table named by its ARN take no description", async () => {
    const { client, sent } = scriptedClient(() => ({}));
    await client.tagTable(arn, { team: "shop" });
    expect(sent.map(({ operation }) => operation)).toEqual(["TagResource"]);
  });

  test("are listed over all pages, whatever their keys are", async () => {
    const { client, sent } = scriptedClient(({ operation, input }) => {
      if (operation === "DescribeTable") return described;
      return input.NextToken === undefined
        ? { Tags: [{ Key: "__proto__", Value: "data" }], NextToken: "t" }
        : { Tags: [{ Key: "team", Value: "shop" }] };
    });
    const tags = await client.listTags("orders");
    expect(Object.entries(tags)).toEqual([
      ["__proto__", "data"],
      ["team", "shop"],
    ]);
    expect(sent).toHaveLength(3);
  });

  test("where a server knows no ARNs, say so", async () => {
    const { client } = scriptedClient(() => ({ Table: { TableName: "orders" } }));
    await expect(client.listTags("orders")).rejects.toThrow(
      "Table orders has no ARN at this endpoint",
    );
  });
});

test("time to live is set and described", async () => {
  const { client, sent } = scriptedClient(({ operation }) =>
    operation === "DescribeTimeToLive"
      ? { TimeToLiveDescription: { TimeToLiveStatus: "ENABLED", AttributeName: "expires" } }
      : {},
  );
  await client.enableTimeToLive("orders", "expires");
  await client.disableTimeToLive("orders", "expires");
  expect(await client.describeTimeToLive("orders")).toEqual({
    status: "ENABLED",
    attribute: "expires",
  });
  expect(sent.map(({ input }) => input.TimeToLiveSpecification?.Enabled as unknown)).toEqual([
    true,
    false,
    undefined,
  ]);
});
