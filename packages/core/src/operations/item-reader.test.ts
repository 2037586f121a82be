import { expect, test } from "vitest";
import { ConditionalCheckFailed } from "../errors/conditional-check-failed.ts";
import { TransactionCanceled } from "../errors/transaction-canceled.ts";
import { partitionKey } from "../expressions/key-condition.ts";
import { F } from "../expressions/attribute-path.ts";
import { answering } from "../../test-support/answering.ts";
import { NumberValue } from "../attribute-value/number-value.ts";
import type { AttributeMap, NumberOption } from "../attribute-value/types.ts";
import { numberReader } from "../attribute-value/unmarshall.ts";
import { type ItemReader, itemReader } from "./item-reader.ts";

/** Tells what it was given, and leaves out items whose id is "skip". */
const reader: ItemReader = {
  item: (wire, tableName) =>
    (wire["id"] as { S: string }).S === "skip" ? undefined : { read: wire, tableName },
  key: (wire) => ({ key: wire }),
};
const item = (id: string): AttributeMap => ({ id: { S: id } });

test("reads the items of a page, and leaves out those it gives no item for", async () => {
  const client = answering({
    Items: [item("a"), item("skip"), item("b")],
    Count: 3,
    LastEvaluatedKey: item("b"),
  });
  const page = await client.query("orders", partitionKey("id").eq("a"), { reader }).page();
  expect(page.items.map(({ read }) => read as unknown)).toEqual([item("a"), item("b")]);
  expect(page.lastEvaluatedKey).toEqual({ key: item("b") });
});

test("is told the table where a request names several", async () => {
  const got = answering({ Responses: [{ Item: item("a") }, { Item: item("b") }] });
  const keys = [
    { get: "orders", key: { id: "a" } },
    { get: "stock", key: { id: "b" } },
  ];
  const items = await got.transactGet(keys, { reader });
  expect(items.map((each) => each?.["tableName"] as unknown)).toEqual(["orders", "stock"]);

  const batch = answering({ Responses: { orders: [item("a")] } });
  const { items: answers } = await batch.batchGet({ orders: [{ id: "a" }] }, { reader });
  expect(answers.orders).toEqual([{ read: item("a"), tableName: "orders" }]);
});

test("reads the items that errors carry", async () => {
  const failed = answering(
    { __type: "x#ConditionalCheckFailedException", message: "no", Item: item("a") },
    400,
  );
  await expect(failed.put("orders", { id: "a" }, { reader })).rejects.toThrow(
    expect.objectContaining({ item: { read: item("a"), tableName: "orders" } }) as Error,
  );
  await expect(failed.put("orders", { id: "a" })).rejects.toThrow(ConditionalCheckFailed);

  const canceled = answering(
    {
      __type: "x#TransactionCanceledException",
      message: "no",
      CancellationReasons: [{ Code: "None" }, { Code: "ConditionalCheckFailed", Item: item("b") }],
    },
    400,
  );
  const write = canceled.transactWrite(
    [
      { put: "orders", item: { id: "a" } },
      { check: "stock", key: { id: "b" }, condition: F("id").exists() },
    ],
    { reader },
  );
  const error = await write.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(TransactionCanceled);
  expect((error as TransactionCanceled).reasons[1]?.item).toEqual({
    read: item("b"),
    tableName: "stock",
  });
});

const beyond = "9007199254740993";
const long = "1700000000.123456789";
const bytes = new Uint8Array([1]);

test.each<[string, NumberOption | undefined, string, unknown]>([
  ["by default", undefined, "7", 7],
  ["by default", undefined, "0.5", 0.5],
  ["by default", undefined, beyond, new NumberValue(beyond)],
  ["by default", undefined, long, new NumberValue(long)],
  ["as bigint", "bigint", beyond, 9007199254740993n],
  ["as bigint", "bigint", "0.5", new NumberValue("0.5")],
  ["as string", "string", "7", new NumberValue("7")],
  ["as NumberValue", NumberValue.from, "7.0", new NumberValue("7.0")],
  ["by a function that rounds", Number, long, new NumberValue(long)],
  ["by a function that gives objects", (text) => new Date(text), "7", new NumberValue("7")],
])("a number of a key, read %s (%#), can be sent back", (_, numbers, text, expected) => {
  const { key } = itemReader(numberReader(numbers));
  expect(key({ id: { S: "7" }, at: { N: text }, b: { B: "AQ==" } })).toEqual({
    id: "7",
    at: expected,
    b: bytes,
  });
});
