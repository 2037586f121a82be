import assert from "node:assert/strict";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anItem, attributeValue, damaged, damages } from "../../test-support/wire-arbitrary.ts";
import { readNumber, unmarshall } from "../attribute-value/unmarshall.ts";
import { Client } from "../client.ts";
import type { FieldwiseError } from "../errors/fieldwise-error.ts";
import { itemReader } from "../operations/item-reader.ts";
import { RetryConfig } from "../retry.ts";

const arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/stock";
let body: Buffer = Buffer.alloc(0);
const client = new Client({
  region: "eu-west-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
  endpoint: "http://localhost",
  retry: RetryConfig.none,
  requestHandler: { handle: async () => ({ response: { statusCode: 200, headers: {}, body } }) },
});

const calls = {
  batchGet: () =>
    client.batchGet(
      {
        orders: [
          { id: "a", n: 1 },
          { id: "b", n: 2.5 },
          { id: "a", n: 1 },
          { id: "é", n: 0 },
        ],
        [arn]: [{ id: "a" }, { id: "b" }],
        constructor: { keys: [{ id: new Uint8Array([1, 2]) }], projection: ["id", "x"] },
        "half-asked": { keys: [{ id: "a" }], projection: ["x"] },
      },
      { unprocessedRetry: RetryConfig.none },
    ),
  transactGet: () =>
    client.transactGet(["a", "b", "c"].map((id) => ({ get: "orders", key: { id } }))),
  executeStatement: () => client.executeStatement("SELECT * FROM orders"),
  batchExecuteStatement: () =>
    client.batchExecuteStatement(["a", "b", "c"].map((statement) => ({ statement }))),
  executeTransaction: () =>
    client.executeTransaction(["a", "b", "c"].map((statement) => ({ statement }))),
};
type Name = keyof typeof calls;

/** What comes of an answer: a result, or an error with its class and words. */
async function outcome(name: Name, answer: Buffer): Promise<unknown> {
  body = answer;
  try {
    return { result: await calls[name]() };
  } catch (error) {
    const {
      name: kind,
      message,
      path,
      unprocessed,
    } = error as FieldwiseError & {
      readonly path?: unknown;
      readonly unprocessed?: unknown;
    };
    return { kind, message, path, unprocessed };
  }
}

/** Text that begins with a space is out of the ordinary, and is read by JSON.parse as a whole. */
function asJson(answer: Buffer): Buffer {
  return Buffer.concat([Buffer.from(" "), answer]);
}

async function bothWays(name: Name, answer: Buffer): Promise<[read: unknown, parsed: unknown]> {
  return [await outcome(name, answer), await outcome(name, asJson(answer))];
}

const ids = fc.constantFrom({ S: "a" }, { S: "b" }, { S: "é" }, { B: "AQI=" }, { S: "other" });
const numbers = fc.constantFrom({ N: "1" }, { N: "1.0" }, { N: "2.50" }, { N: "-0" }, { N: "x" });
const keyed = fc
  .tuple(
    fc.record({ id: ids, n: numbers }, { requiredKeys: ["id"] }),
    anItem,
    fc.oneof({ weight: 6, arbitrary: fc.constant("") }, fc.constant("long ".repeat(900))),
    fc.boolean(),
  )
  .map(([key, rest, note, keyFirst]) =>
    keyFirst ? { ...key, ...rest, note: { S: note } } : { ...rest, note: { S: note }, ...key },
  );
const tableNames = fc.constantFrom("orders", "stock", arn, "constructor", "half-asked", "unasked");
const anyItem = fc.oneof({ weight: 8, arbitrary: keyed }, anItem, attributeValue);
const others = fc.record(
  {
    UnprocessedKeys: fc.constantFrom<unknown>(
      {},
      { orders: { Keys: [{ id: { S: "b" }, n: { N: "2.5" } }] } },
      { orders: { Keys: [{ id: 1 }] } },
      null,
    ),
    ConsumedCapacity: fc.jsonValue(),
    NextToken: fc.jsonValue(),
    Count: fc.nat(),
  },
  { requiredKeys: [] },
);
const response = fc.oneof(
  { weight: 6, arbitrary: fc.record({ Item: anyItem }) },
  fc.record(
    {
      Item: anyItem,
      TableName: fc.string(),
      Error: fc.record(
        { Code: fc.string(), Message: fc.string(), Item: anyItem, Error: fc.jsonValue() },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  ),
  fc.constantFrom({}, null, { Item: null }, { Error: null }),
  fc.jsonValue(),
);
const answers = {
  batchGet: fc.record({
    Responses: fc.oneof(
      { weight: 9, arbitrary: fc.dictionary(tableNames, fc.array(anyItem), { maxKeys: 5 }) },
      fc.dictionary(fc.string(), fc.array(anyItem)),
      fc.jsonValue(),
    ),
  }),
  responses: fc.record({
    Responses: fc.oneof(
      { weight: 6, arbitrary: fc.array(response, { minLength: 3, maxLength: 3 }) },
      fc.array(response),
    ),
  }),
  items: fc.record({ Items: fc.array(anyItem) }),
};
const questions = fc.oneof(
  fc.record({ name: fc.constant("batchGet" as const), answer: answers.batchGet }),
  fc.record({
    name: fc.constantFrom<Name>("transactGet", "batchExecuteStatement", "executeTransaction"),
    answer: answers.responses,
  }),
  fc.record({ name: fc.constant("executeStatement" as const), answer: answers.items }),
);
const asked = fc.tuple(questions, others, fc.boolean()).map(([{ name, answer }, more, last]) => ({
  name,
  answer: Buffer.from(JSON.stringify(last ? { ...more, ...answer } : { ...answer, ...more })),
}));
// More of them by RUNS, for whoever changes how answers are read.
const runs = Number(process.env["RUNS"] ?? 1_000);

describe("answers with items of several tables or requests are read as JSON.parse and unmarshall read them", () => {
  test("whatever they hold", async () => {
    await fc.assert(
      fc.asyncProperty(asked, async ({ name, answer }) => {
        assert.deepEqual(...(await bothWays(name, answer)));
      }),
      { numRuns: runs },
    );
  });

  test("however they were damaged", async () => {
    await fc.assert(
      fc.asyncProperty(asked, damages, async ({ name, answer }, changes) => {
        assert.deepEqual(...(await bothWays(name, damaged(answer, changes))));
      }),
      { numRuns: runs },
    );
  });

  test.each<[Name, string]>([
    ["batchGet", '{"Responses":{"ord\\u0065rs":[{"id":{"S":"a"},"n":{"N":"1"}}]}}'],
    ["batchGet", '{"Responses":{"orders":[]},"Responses":{"stock":[{"id":{"S":"a"}}]}}'],
    [
      "batchGet",
      '{"Responses":{"stock":[{"id":{"S":"a"},"x":{"S":"1"},"id":{"S":"b"}}],"stock":[{"\\u0069d":{"S":"a"}}]}}',
    ],
    [
      "batchGet",
      '{"Responses":{"stock":[{"id":{"S":"a"}},{"id":{"S":"a"},"second":{"BOOL":true}}]}}',
    ],
    ["batchGet", '{"Responses":{"orders":[{"id":{"S":"a"}},{"id":null},{"id":[]}]}}'],
    [
      "batchGet",
      '{"Responses":{"orders":[{"id":{"S":"b"},"n":{"N":"2.5"},"x":{"N":"9007199254740993"}}]}}',
    ],
    ["batchGet", '{"Responses":{"__proto__":[],"orders":[{"id":{"S":"b"},"n":{"N":"2.5"}}]}}'],
    ["batchGet", '{"Responses":[{"Item":{"id":{"S":"a"}}}]}'],
    ["transactGet", '{"Responses":[{"Item":{}},{"Item":{}},{"Item":{}},{"Item":{}}]}'],
    ["transactGet", '{"Responses":{"orders":[{}]}}'],
    [
      "transactGet",
      '{"Responses":[{"Item":{},"Item":{"a":{"S":"b"}}},{"It\\u0065m":{"a":{"S":"b"}}},{"x":1}]}',
    ],
    [
      "batchExecuteStatement",
      `{"Responses":[${'{"Error":'.repeat(20_000)}{}${"}".repeat(20_000)}]}`,
    ],
  ])("%s: %s", async (name, answer) => {
    assert.deepEqual(...(await bothWays(name, Buffer.from(answer))));
  });

  test("cut off at every byte", async () => {
    const answer = Buffer.from(
      '{"Responses":{"orders":[{"id":{"S":"a"},"n":{"N":"1"}},{"id":{"S":"b"},"n":{"N":"2.5"}}]},"UnprocessedKeys":{}}',
    );
    assert.deepEqual(...(await bothWays("batchGet", answer)));
    for (let length = 0; length < answer.length; length++) {
      const start = answer.subarray(0, length);
      assert.deepEqual(...(await bothWays("batchGet", start)));
    }
  });
});

/** Tells which items came as text, and which as JSON. */
function watched() {
  const plain = itemReader(readNumber);
  const read: unknown[] = [];
  const parsed: unknown[] = [];
  return {
    read,
    parsed,
    reader: {
      ...plain,
      item(wire: Parameters<typeof unmarshall>[0], ...of: readonly unknown[]) {
        parsed.push(of);
        return unmarshall(wire);
      },
      textOf: (tableName?: string, place?: number) =>
        plain.text &&
        ((cursor: Parameters<typeof plain.text>[0]) => {
          const found = plain.text?.(cursor);
          read.push([tableName, place]);
          return found;
        }),
    },
  };
}

test("a batch's items are read as text, each once; with JSON those that are asked for twice or half", async () => {
  const { reader, read, parsed } = watched();
  const of = (id: string) => ({ id: { S: id }, x: { S: "y".repeat(9_000) } });
  body = Buffer.from(
    JSON.stringify({
      Responses: {
        orders: ["a", "b", "c", "twice", "unasked"].map(of),
        stock: [of("a")],
        half: [of("a")],
      },
    }),
  );
  const keysOf = (...all: string[]) => all.map((id) => ({ id }));
  const { items } = await client.batchGet(
    {
      orders: keysOf("a", "b", "c", "missing", "twice", "twice"),
      [arn]: keysOf("a"),
      half: { keys: keysOf("a"), projection: ["x"] },
    },
    { reader },
  );
  expect(items.orders.map((found) => found?.["id"] as unknown)).toEqual([
    "a",
    "b",
    "c",
    undefined,
    "twice",
    "twice",
  ]);
  expect(items.orders[4]).not.toBe(items.orders[5]);
  expect(items[arn]).toEqual([unmarshall(of("a"))]);
  expect(items.half).toEqual([{ x: "y".repeat(9_000) }]);
  expect(read).toEqual(["orders", "orders", "orders", arn].map((name) => [name, undefined]));
  expect(parsed).toEqual([["orders"], ["orders"], ["half"]]);
});

test("a transaction's items are read as text, told by table and place", async () => {
  const { reader, read, parsed } = watched();
  body = Buffer.from(
    JSON.stringify({
      Responses: [{ Item: { a: { S: "b" } } }, {}, { Item: { n: { N: "9007199254740993" } } }],
    }),
  );
  const get = (tableName: string) => ({ get: tableName, key: { id: "a" } });
  await expect(
    client.transactGet([get("orders"), get("stock"), get("carts")], { reader }),
  ).rejects.toThrow("n: The number 9007199254740993");
  expect(read).toEqual([["orders", 0]]);
  expect(parsed).toEqual([["carts", 2]]);
});
