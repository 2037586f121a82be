import { expect, test } from "vitest";
import { ConditionalCheckFailed } from "../errors/conditional-check-failed.ts";
import { TransactionCanceled } from "../errors/transaction-canceled.ts";
import { partitionKey } from "../expressions/key-condition.ts";
import { F } from "../expressions/attribute-path.ts";
import { answering } from "../../test-support/answering.ts";
import type { AttributeMap } from "../attribute-value/types.ts";
import type { ItemReader } from "./item-reader.ts";

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
