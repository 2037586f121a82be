import { describe, expect, test } from "vitest";
import { numberReader } from "../attribute-value/unmarshall.ts";
import { InvalidInput } from "../errors/input-errors.ts";
import { batchExecuteStatement, executeStatement, executeTransaction } from "./statements.ts";
import { itemReader } from "./item-reader.ts";

const reader = itemReader(numberReader());
const select = 'SELECT * FROM "orders" WHERE "id" = ?';
const json = ({ body }: { body: string }) => JSON.parse(body) as Record<string, unknown>;

describe("executeStatement", () => {
  test("encodes", () => {
    expect(executeStatement(select, ["a"], {}).operation).toBe("ExecuteStatement");
    expect(json(executeStatement(select, [], {}))).toEqual({ Statement: select });
    expect(
      json(
        executeStatement(select, ["a", 1, null], {
          consistentRead: true,
          limit: 5,
          nextToken: "next",
          returnConsumedCapacity: "TOTAL",
          returnValuesOnConditionCheckFailure: "ALL_OLD",
          signal: new AbortController().signal,
        }),
      ),
    ).toEqual({
      Statement: select,
      Parameters: [{ S: "a" }, { N: "1" }, { NULL: true }],
      ConsistentRead: true,
      Limit: 5,
      NextToken: "next",
      ReturnConsumedCapacity: "TOTAL",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
  });

  test("decodes", () => {
    const { decode } = executeStatement(select, [], {});
    expect(
      decode(
        { Items: [{ n: { N: "1" } }], NextToken: "x", ConsumedCapacity: { CapacityUnits: 1 } },
        reader,
      ),
    ).toEqual({
      items: [{ n: 1 }],
      nextToken: "x",
      consumedCapacity: expect.objectContaining({ capacityUnits: 1 }) as unknown,
    });
    expect(decode({}, reader)).toEqual({
      items: [],
      nextToken: undefined,
      consumedCapacity: undefined,
    });
  });

  test.each<[() => unknown, string]>([
    [
      () => executeStatement("  ", [], {}),
      "A PartiQL statement is text that is not empty, not '  '",
    ],
    [() => executeStatement(undefined as never, [], {}), "not undefined"],
    [
      () => executeStatement(select, [Number.NaN], {}),
      `NaN can't be stored: DynamoDB's numbers are finite (PartiQL statement ${select})`,
    ],
    [
      () => executeStatement(select, "c1" as never, {}),
      "The parameters of a PartiQL statement are a list of values, not 'c1'",
    ],
    [
      () => executeStatement(select, [], { limit: 0 }),
      "limit must be a whole number from 1, not 0",
    ],
  ])("%s is refused", (attempt, message) => {
    expect(attempt).toThrow(message);
  });
});

describe("batchExecuteStatement", () => {
  test("encodes", () => {
    const call = batchExecuteStatement(
      [
        { statement: select, parameters: ["a"], returnValuesOnConditionCheckFailure: "ALL_OLD" },
        { statement: "X" },
      ],
      { consistentRead: true, returnConsumedCapacity: "TOTAL" },
    );
    expect(call.operation).toBe("BatchExecuteStatement");
    expect(json(call)).toEqual({
      Statements: [
        {
          Statement: select,
          Parameters: [{ S: "a" }],
          ConsistentRead: true,
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        },
        { Statement: "X", ConsistentRead: true },
      ],
      ReturnConsumedCapacity: "TOTAL",
    });
    expect(json(batchExecuteStatement([{ statement: "X" }], {}))).toEqual({
      Statements: [{ Statement: "X" }],
    });
  });

  test("decodes an item, an error or nothing for each", () => {
    const { decode } = batchExecuteStatement(
      Array.from({ length: 4 }, () => ({ statement: "X" })),
      {},
    );
    const nothing = { tableName: undefined, item: undefined, error: undefined };
    expect(
      decode(
        {
          Responses: [
            { TableName: "orders", Item: { n: { N: "1" } } },
            { Error: { Code: "DuplicateItem", Message: "m", Item: { id: { S: "a" } } } },
            { Error: {} },
            {},
          ],
        },
        reader,
      ),
    ).toEqual([
      { tableName: "orders", item: { n: 1 }, error: undefined },
      { ...nothing, error: { code: "DuplicateItem", message: "m", item: { id: "a" } } },
      { ...nothing, error: { code: "Unknown", message: "", item: undefined } },
      nothing,
    ]);
    expect(decode({}, reader)).toEqual([nothing, nothing, nothing, nothing]);
  });
});

describe("executeTransaction", () => {
  test("encodes, with a token of its own where none is given", () => {
    const call = executeTransaction([{ statement: select, parameters: [1] }], {
      clientRequestToken: "t",
      returnConsumedCapacity: "INDEXES",
    });
    expect(call.operation).toBe("ExecuteTransaction");
    expect(json(call)).toEqual({
      TransactStatements: [{ Statement: select, Parameters: [{ N: "1" }] }],
      ClientRequestToken: "t",
      ReturnConsumedCapacity: "INDEXES",
    });
    const [one, other] = [1, 2].map(
      () => json(executeTransaction([{ statement: "X" }], {}))["ClientRequestToken"],
    );
    expect(one).toMatch(/^[\da-f-]{36}$/);
    expect(one).not.toBe(other);
  });

  test("decodes", () => {
    const { decode } = executeTransaction([{ statement: "X" }, { statement: "Y" }], {});
    expect(decode({ Responses: [{}, { Item: { n: { N: "1" } } }] }, reader)).toEqual([
      undefined,
      { n: 1 },
    ]);
    expect(decode({}, reader)).toEqual([undefined, undefined]);
  });
});

test.each<[string, number, (count: number) => unknown]>([
  [
    "batchExecuteStatement",
    25,
    (count) =>
      batchExecuteStatement(
        Array.from({ length: count }, () => ({ statement: "X" })),
        {},
      ),
  ],
  [
    "executeTransaction",
    100,
    (count) =>
      executeTransaction(
        Array.from({ length: count }, () => ({ statement: "X" })),
        {},
      ),
  ],
])("%s takes 1 to %i statements", (method, most, attempt) => {
  expect(() => attempt(most)).not.toThrow();
  for (const count of [0, most + 1]) {
    expect(() => attempt(count)).toThrow(InvalidInput);
    expect(() => attempt(count)).toThrow(
      `${method} takes a list of 1 to ${most} statements, not ${count}`,
    );
  }
});
