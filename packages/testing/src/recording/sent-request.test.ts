import { expect, it } from "vitest";
import { type HandlerRequest, SentRequest } from "./sent-request.ts";

function requestOf(input: unknown, headers: Record<string, string>): HandlerRequest {
  const body = typeof input === "string" ? input : JSON.stringify(input);
  return { method: "POST", protocol: "http:", hostname: "localhost", path: "/", headers, body };
}

it.each<[unknown, readonly string[]]>([
  [{ TableName: "orders" }, ["orders"]],
  [
    { TableName: "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/index/byStatus" },
    ["orders"],
  ],
  [{ ResourceArn: "arn:aws:dynamodb:eu-west-1:123456789012:table/orders" }, ["orders"]],
  [{ RequestItems: { orders: [], stock: { Keys: [] } } }, ["orders", "stock"]],
  [
    {
      TransactItems: [
        { Put: { TableName: "orders" } },
        { ConditionCheck: { TableName: "stock" } },
        { Delete: { TableName: "orders" } },
      ],
    },
    ["orders", "stock"],
  ],
  [{ Statement: 'SELECT * FROM "orders"."byStatus" WHERE a = ?' }, ["orders"]],
  [{ Statement: "select \"from\", 'from x' from orders where a = 1" }, ["orders"]],
  [{ Statement: 'INSERT INTO "odd ""name" VALUE {\'a\': 1}' }, ['odd "name']],
  [
    { Statements: [{ Statement: "UPDATE a SET b = 1" }, { Statement: "DELETE FROM c" }] },
    ["a", "c"],
  ],
  [{ TransactStatements: [{ Statement: "SELECT 1" }, {}, null] }, []],
  ["not JSON", []],
  ["[1]", []],
  [{ TransactItems: "no list", RequestItems: null, TableName: 1 }, []],
])("of %j the tables are %j", (input, tables) => {
  expect(new SentRequest(requestOf(input, {})).tables).toEqual(tables);
});

it("reads the operation whatever the header's case, and a body of bytes", () => {
  const request = requestOf({}, { "X-Amz-Target": "DynamoDB_20120810.PutItem" });
  request.body = new TextEncoder().encode('{"TableName":"é"}');
  const sent = new SentRequest(request);
  expect(sent.operation).toBe("PutItem");
  expect(sent.input).toEqual({ TableName: "é" });
  expect(new SentRequest(requestOf({}, {})).operation).toBe("");
});
