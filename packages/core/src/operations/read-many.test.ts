import { describe, expect, test } from "vitest";
import { numberReader } from "../attribute-value/unmarshall.ts";
import { InvalidInput } from "../errors/input-errors.ts";
import { F } from "../expressions/attribute-path.ts";
import { partitionKey, sortKey } from "../expressions/key-condition.ts";
import { query, type QueryOptions, scan, type ScanOptions } from "./read-many.ts";
import { itemReader } from "./item-reader.ts";

const key = partitionKey("id").eq("a");
const first = { startKey: undefined, limit: undefined };
const json = ({ body }: { body: string }) => JSON.parse(body) as unknown;
const shared = {
  index: "byStatus",
  filter: F("total").gt(1).and(F("id").ne("a")),
  projection: ["total", F("lines", 0)],
  select: "SPECIFIC_ATTRIBUTES",
  consistentRead: true,
  returnConsumedCapacity: "TOTAL",
  limit: 5,
  pageSize: 7,
  signal: new AbortController().signal,
} as const;

describe("query", () => {
  test("encodes the least", () => {
    expect(query("orders", key, {})(first)).toMatchObject({
      operation: "Query",
      tableName: "orders",
    });
    expect(json(query("orders", key, {})(first))).toEqual({
      TableName: "orders",
      KeyConditionExpression: "#n0 = :v0",
      ExpressionAttributeNames: { "#n0": "id" },
      ExpressionAttributeValues: { ":v0": { S: "a" } },
    });
  });

  test("encodes every option, all expressions sharing placeholders", () => {
    const options: QueryOptions = { ...shared, descending: true, startKey: { id: "x" } };
    const makeCall = query("orders", key.and(sortKey("at").lt(9)), options);
    const common = {
      TableName: "orders",
      IndexName: "byStatus",
      KeyConditionExpression: "#n0 = :v0 AND #n1 < :v1",
      ScanIndexForward: false,
      FilterExpression: "#n2 > :v2 AND #n0 <> :v0",
      ProjectionExpression: "#n2, #n3[0]",
      Select: "SPECIFIC_ATTRIBUTES",
      ConsistentRead: true,
      ReturnConsumedCapacity: "TOTAL",
      ExpressionAttributeNames: { "#n0": "id", "#n1": "at", "#n2": "total", "#n3": "lines" },
      ExpressionAttributeValues: { ":v0": { S: "a" }, ":v1": { N: "9" }, ":v2": { N: "1" } },
    };
    expect(json(makeCall(first))).toEqual(common);
    // What the page says, not the options: paging is not the operation's.
    expect(json(makeCall({ startKey: { id: "a", at: 5, status: "x" }, limit: 3 }))).toEqual({
      ...common,
      Limit: 3,
      ExclusiveStartKey: { id: { S: "a" }, at: { N: "5" }, status: { S: "x" } },
    });
    // A limit over all pages may be any; DynamoDB's is an integer of 32 bits.
    const much = json(makeCall({ ...first, limit: Number.MAX_SAFE_INTEGER }));
    expect(much).toEqual({ ...common, Limit: 2_147_483_647 });
  });

  test("reads upwards unless told otherwise", () => {
    expect(json(query("orders", key, { descending: false })(first))).not.toHaveProperty(
      "ScanIndexForward",
    );
  });

  test("takes the options as they stand when it is made", () => {
    const projection = ["a"];
    const makeCall = query("orders", key, { projection });
    projection.push("b");
    expect(json(makeCall(first))).toMatchObject({ ProjectionExpression: "#n1" });
  });
});

describe("scan", () => {
  test("encodes", () => {
    expect(scan("orders", {})(first)).toMatchObject({ operation: "Scan", tableName: "orders" });
    expect(json(scan("orders", {})(first))).toEqual({ TableName: "orders" });
    const options: ScanOptions = { ...shared, segment: 0, totalSegments: 4 };
    expect(json(scan("orders", options)({ startKey: { id: "a" }, limit: 1 }))).toEqual({
      TableName: "orders",
      IndexName: "byStatus",
      Segment: 0,
      TotalSegments: 4,
      FilterExpression: "#n0 > :v0 AND #n1 <> :v1",
      ProjectionExpression: "#n0, #n2[0]",
      Select: "SPECIFIC_ATTRIBUTES",
      ConsistentRead: true,
      ReturnConsumedCapacity: "TOTAL",
      ExpressionAttributeNames: { "#n0": "total", "#n1": "id", "#n2": "lines" },
      ExpressionAttributeValues: { ":v0": { N: "1" }, ":v1": { S: "a" } },
      Limit: 1,
      ExclusiveStartKey: { id: { S: "a" } },
    });
  });
});

describe("pages", () => {
  const { decode } = scan("orders", {})(first);

  test("decode", () => {
    expect(
      decode(
        {
          Items: [{ n: { N: "1" } }, {}],
          Count: 2,
          ScannedCount: 7,
          LastEvaluatedKey: { id: { S: "a" } },
          ConsumedCapacity: { TableName: "orders", CapacityUnits: 0.5 },
        },
        itemReader(numberReader("bigint")),
      ),
    ).toEqual({
      items: [{ n: 1n }, {}],
      count: 2,
      scannedCount: 7,
      lastEvaluatedKey: { id: "a" },
      consumedCapacity: expect.objectContaining({
        tableName: "orders",
        capacityUnits: 0.5,
      }) as unknown,
    });
  });

  test("decode without items, as counts come", () => {
    expect(decode({ Count: 3, ScannedCount: 4 }, itemReader(numberReader()))).toEqual({
      items: [],
      count: 3,
      scannedCount: 4,
      lastEvaluatedKey: undefined,
      consumedCapacity: undefined,
    });
  });

  test("decode with members missing", () => {
    const page = decode({ Items: [{}, {}] }, itemReader(numberReader()));
    expect(page).toMatchObject({ count: 2, scannedCount: 2, lastEvaluatedKey: undefined });
    expect(decode({}, itemReader(numberReader()))).toMatchObject({
      items: [],
      count: 0,
      scannedCount: 0,
    });
  });
});

describe("bad input is an error before the first page", () => {
  test.each<[() => unknown, string]>([
    [
      () => query("orders", { id: "a" } as never, {}),
      "A key condition takes what partitionKey(…) and sortKey(…) make, not { id: 'a' } (Query on table orders)",
    ],
    [() => query("orders", sortKey("at").eq(1), {}), "A key condition needs the partition key"],
    [
      () => query("orders", key, { filter: "x" as never }),
      "The filter must be a condition, such as F(\"name\").eq(value), not 'x' (Query on table orders)",
    ],
    [() => scan("orders", { projection: [] }), "(Scan on table orders)"],
    [
      () => scan("orders", { startKey: { id: Number.NaN } }),
      "id: NaN can't be stored: DynamoDB's numbers are finite (Scan on table orders)",
    ],
    [() => scan("x", {}), "'x' is no table name"],
  ])("%s", (attempt, message) => {
    expect(attempt).toThrow(message);
  });

  test.each([0, -1, 1.5, Number.NaN, Infinity, "5", null])(
    "a limit or page size of %o",
    (count) => {
      for (const name of ["limit", "pageSize"]) {
        const attempt = () => scan("orders", { [name]: count });
        expect(attempt).toThrow(InvalidInput);
        expect(attempt).toThrow(`${name} must be a whole number from 1, not `);
      }
    },
  );
});
