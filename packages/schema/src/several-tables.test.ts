import assert from "node:assert/strict";
import {
  Client,
  FieldwiseError,
  marshall,
  RetryConfig,
  TransactionCanceled,
} from "@fieldwise/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod";
import { isoDate } from "./codecs/dates.ts";
import { connect } from "./connect.ts";
import { defineTable } from "./define-table.ts";
import { InvalidItem } from "./errors.ts";

const Visits = defineTable({
  name: "visits",
  schema: z.object({
    page: z.string().toLowerCase(),
    at: isoDate(),
    times: z.int().positive().default(1),
    tags: z.set(z.string()),
    by: z.object({ name: z.string() }).optional(),
  }),
  partitionKey: "page",
  sortKey: "at",
});
const Stock = defineTable({
  name: "stock",
  schema: z.object({ sku: z.string(), count: z.int(), bins: z.array(z.string()) }),
  partitionKey: "sku",
});
let body = "";
let statusCode = 200;
const client = new Client({
  region: "local",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
  endpoint: "http://localhost",
  retry: RetryConfig.none,
  requestHandler: {
    handle: async () => ({ response: { statusCode, headers: {}, body: Buffer.from(body) } }),
  },
});
const database = connect(client, { visits: Visits, stock: Stock });
const skips = connect(client, { visits: Visits, stock: Stock }, { onInvalid: "skip" });

const at = (second: number) => new Date(second * 1000);
const home = { page: "home", at: at(1) };
const about = { page: "about", at: at(2) };
const keys = [home, about, home];
const skus = [{ sku: "a" }, { sku: "b" }];
const calls = {
  one: () => database.visits.batchGet(keys),
  projected: () => database.visits.batchGet(keys, { project: [Visits.F("times")] }),
  unchecked: () => database.stock.batchGet(skus, { validate: false }),
  several: () => database.batchGet({ visits: keys, stock: { keys: skus } }),
  severalProjected: () =>
    skips.batchGet({
      visits: { keys, project: [Visits.F("page"), Visits.F("at"), Visits.F("by", "name")] },
      stock: skus,
    }),
  transaction: () =>
    database.transactGet((tx) => [
      tx.visits.get(home),
      tx.stock.get({ sku: "a" }, { project: [Stock.F("count")] }),
      tx.visits.get(about, { onInvalid: "skip" }),
    ]),
};
type Name = keyof typeof calls;

async function outcome(name: Name, answer: string): Promise<unknown> {
  body = answer;
  try {
    return { result: await calls[name]() };
  } catch (error) {
    assert(error instanceof FieldwiseError);
    const { name: kind, message, issues } = error as InvalidItem;
    return { kind, message, issues };
  }
}

const misfit = fc.constantFrom({ N: "-1" }, { S: "" }, { M: {} }, { NULL: true }, {}, null);
const visit = fc.record({
  page: fc.constantFrom({ S: "home" }, { S: "Home" }, { S: "about" }, { S: "é" }),
  at: fc.constantFrom(
    { S: at(1).toISOString() },
    { S: at(2).toISOString() },
    { S: "1970-01-01T00:00:01Z" },
  ),
  times: fc.constantFrom({ N: "2" }, { N: "2.0" }, { N: "2.5" }),
  tags: fc.constantFrom({ SS: ["a", "b"] }, { SS: ["\u{1F600}"] }),
  by: fc.record({ M: fc.record({ name: fc.string().map((name) => ({ S: name })) }) }),
});
const stocked = fc.record({
  sku: fc.constantFrom({ S: "a" }, { S: "b" }),
  count: fc.integer().map((count) => ({ N: String(count) })),
  bins: fc.array(fc.string().map((bin) => ({ S: bin }))).map((bins) => ({ L: bins })),
});
/** Items that fit for the most part: some have a member less or another value. */
function spoiled(items: fc.Arbitrary<object>): fc.Arbitrary<object> {
  return fc
    .tuple(items, fc.option(fc.tuple(fc.nat(), fc.option(misfit, { nil: undefined })), { freq: 3 }))
    .map(([item, change]) => {
      if (change === null) return item;
      const names = Object.keys(item);
      return { ...item, [names[change[0] % names.length] as string]: change[1] };
    });
}
const visits = fc.array(spoiled(visit), { maxLength: 4 });
const stocks = fc.array(spoiled(stocked), { maxLength: 4 });
const batch = fc.record({ visits, stock: stocks, other: stocks }, { requiredKeys: [] });
const reads = fc.tuple(spoiled(visit), spoiled(stocked), spoiled(visit));
const asked = fc.oneof(
  fc.record({
    name: fc.constantFrom<Name>("one", "projected", "unchecked", "several", "severalProjected"),
    answer: batch.map((responses) => ({ Responses: responses })),
  }),
  fc.record({
    name: fc.constant<Name>("transaction"),
    answer: fc
      .tuple(reads, fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }))
      .map(([items, there]) => ({
        Responses: items.map((item, place) => (there[place] ? { Item: item } : {})),
      })),
  }),
);
const runs = Number(process.env["RUNS"] ?? 1_000);

test("items of several tables are read from text as from JSON, or are wrong in the same way", async () => {
  let results = 0;
  await fc.assert(
    fc.asyncProperty(asked, async ({ name, answer }) => {
      const text = JSON.stringify(answer);
      const read = await outcome(name, text);
      // With a space before it the text is read by JSON.parse as a whole.
      assert.deepEqual(read, await outcome(name, ` ${text}`));
      if ("result" in (read as object)) results++;
    }),
    { numRuns: runs },
  );
  expect(results).toBeGreaterThan(runs / 10);
});

test("each table's items are read by its own schema", async () => {
  const visited = { ...home, times: 3, tags: new Set(["x"]) };
  const wire = marshall({ ...visited, at: visited.at.toISOString() });
  const stock = { sku: "a", count: 5, bins: ["1"] };
  body = JSON.stringify({ Responses: { stock: [marshall(stock)], visits: [wire] } });
  expect((await database.batchGet({ visits: [home], stock: skus })).items).toEqual({
    visits: [visited],
    stock: [stock, undefined],
  });
  body = JSON.stringify({ Responses: [{ Item: wire }, {}, { Item: wire }] });
  expect(await calls.transaction()).toEqual([visited, undefined, visited]);
});

test("a table for which undefined stands in a batch is asked nothing", async () => {
  const stock = { sku: "a", count: 5, bins: ["1"] };
  body = JSON.stringify({ Responses: { stock: [marshall(stock)] } });
  const given = { stock: [{ sku: "a" }], visits: undefined as never };
  expect(await database.batchGet(given)).toEqual({
    items: { stock: [stock], visits: [] },
    unprocessedKeys: { stock: [], visits: [] },
  });
});

test("a table may be named like what every object inherits", async () => {
  const Odd = defineTable({
    name: "constructor",
    schema: z.object({ id: z.string() }),
    partitionKey: "id",
  });
  body = JSON.stringify({ Responses: { constructor: [{ id: { S: "a" } }] } });
  expect(await connect(client, { odd: Odd }).batchGet({ odd: [{ id: "a" }] })).toEqual({
    items: { odd: [{ id: "a" }] },
    unprocessedKeys: { odd: [] },
  });
});

test("an item that does not fit hides none of the others that a canceled transaction met", async () => {
  const met = (Item: object) => ({ Code: "ConditionalCheckFailed", Item });
  body = JSON.stringify({
    __type: "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
    CancellationReasons: [
      met({ sku: { S: "a" }, count: { S: "many" }, bins: { L: [] } }),
      met({ sku: { S: "b" }, count: { N: "5" }, bins: { L: [] } }),
    ],
  });
  const condition = Stock.F("sku").notExists();
  const options = { condition, returnValuesOnConditionCheckFailure: "ALL_OLD" } as const;
  statusCode = 400;
  const failed = database.transactWrite((tx) =>
    skus.map(({ sku }) => tx.stock.put({ sku, count: 1, bins: [] }, options)),
  );
  const error: unknown = await failed.catch((thrown: unknown) => thrown);
  statusCode = 200;
  assert(error instanceof TransactionCanceled);
  expect(error.reasons.map(({ item }) => item)).toEqual([
    undefined,
    { sku: "b", count: 5, bins: [] },
  ]);
  expect(error.cause).toBeInstanceOf(InvalidItem);
});

test("what a canceled transaction met is read as its action's, where two definitions are of one table", async () => {
  const Bins = defineTable({
    name: "stock",
    schema: z.object({ sku: z.string(), checked: isoDate() }),
    partitionKey: "sku",
  });
  const reason = (Item: object) => ({ Code: "ConditionalCheckFailed", Item });
  const checked = at(5);
  statusCode = 400;
  body = JSON.stringify({
    __type: "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
    CancellationReasons: [
      reason({ sku: { S: "bin" }, checked: { S: checked.toISOString() } }),
      reason({ sku: { S: "a" }, count: { N: "5" }, bins: { L: [] } }),
    ],
  });
  const options = { returnValuesOnConditionCheckFailure: "ALL_OLD" } as const;
  const error: unknown = await connect(client, { stock: Stock, bins: Bins })
    .transactWrite((tx) => [
      tx.bins.check({ sku: "bin" }, Bins.F("checked").notExists(), options),
      tx.stock.delete({ sku: "a" }, { condition: Stock.F("count").eq(0), ...options }),
    ])
    .catch((thrown: unknown) => thrown);
  statusCode = 200;
  assert(error instanceof TransactionCanceled);
  expect(error.reasons.map(({ item }) => item)).toEqual([
    { sku: "bin", checked },
    { sku: "a", count: 5, bins: [] },
  ]);
});

test("a transaction's items are read as was asked, whatever becomes of the list of reads", async () => {
  const wire = { sku: { S: "a" }, count: { N: "5" }, bins: { L: [] } };
  body = JSON.stringify({ Responses: [{ Item: wire }] });
  let given: unknown[] = [];
  const answer = database.transactGet((tx) => {
    const list = [tx.stock.get({ sku: "a" })] as const;
    given = list as unknown as unknown[];
    return list;
  });
  given.length = 0;
  expect(await answer).toEqual([{ sku: "a", count: 5, bins: [] }]);
});
