import { describe, expect, test } from "vitest";
import {
  Refusal,
  type Script,
  scriptedClient,
  type Sent,
} from "../../test-support/scripted-client.ts";
import type { BatchInterrupted } from "../errors/batch-interrupted.ts";
import { ValidationError } from "../errors/service-errors.ts";
import { RetryConfig } from "../retry.ts";
import type { WriteRequest } from "../wire/items.ts";

type Tables = Readonly<Record<string, readonly WriteRequest[]>>;

const atOnce = RetryConfig.static({ delay: 0 });
const items = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `k${n}`, n }));
const writesOf = ({ input }: Sent) => Object.values(input.RequestItems as Tables).flat();
const put = (Item: object) => ({ PutRequest: { Item } });
const del = (Key: object) => ({ DeleteRequest: { Key } });
const accept: Script = () => ({});

describe("requests", () => {
  test("are cut into twenty-fives over all tables, with the options", async () => {
    const { client, sent } = scriptedClient(accept);
    const result = await client.batchWrite(
      { orders: { put: items(30) }, stock: { delete: [{ id: "a" }], put: [{ id: "b" }] } },
      { returnConsumedCapacity: "TOTAL", returnItemCollectionMetrics: "SIZE" },
    );
    expect(result).toEqual({ unprocessed: {} });
    expect(sent.map((one) => writesOf(one).length)).toEqual([25, 7]);
    expect(sent[1]?.input).toEqual({
      RequestItems: {
        orders: items(30)
          .slice(25)
          .map(({ id, n }) => put({ id: { S: id }, n: { N: String(n) } })),
        stock: [del({ id: { S: "a" } }), put({ id: { S: "b" } })],
      },
      ReturnConsumedCapacity: "TOTAL",
      ReturnItemCollectionMetrics: "SIZE",
    });
  });

  test("hold at most 16 MB, measured in bytes", async () => {
    const { client, sent } = scriptedClient(accept);
    // 20 items of 1.2 MB as JSON: 13 fit into 16 MB.
    const text = "ü".repeat(600_000);
    await client.batchWrite(
      { orders: { put: Array.from({ length: 20 }, (_, n) => ({ id: `k${n}`, text })) } },
      { concurrency: 1 },
    );
    expect(sent.map((one) => writesOf(one).length)).toEqual([13, 7]);
    for (const { input } of sent)
      expect(Buffer.byteLength(JSON.stringify(input))).toBeLessThanOrEqual(16 * 1024 * 1024);
  });

  test("25 items of 200,000 characters fit into one", async () => {
    const { client, sent } = scriptedClient(accept);
    const text = "x".repeat(200_000);
    await client.batchWrite({
      orders: { put: Array.from({ length: 25 }, (_, id) => ({ id, text })) },
    });
    expect(sent).toHaveLength(1);
  });

  test("nothing to write is no request", async () => {
    const { client, sent } = scriptedClient(accept);
    expect(await client.batchWrite({})).toEqual({ unprocessed: {} });
    expect(await client.batchWrite({ orders: {} })).toEqual({ unprocessed: {} });
    expect(await client.table("orders").batchWrite({ put: [], delete: [] })).toEqual({
      put: [],
      delete: [],
    });
    expect(sent).toEqual([]);
  });
});

describe("duplicates", () => {
  const written = async (
    request: Parameters<ReturnType<typeof scriptedClient>["client"]["batchWrite"]>[0][string],
  ) => {
    const { client, sent } = scriptedClient(accept);
    await client.batchWrite({ orders: request });
    return sent.flatMap(writesOf);
  };
  const one = put({ id: { S: "a" }, n: { N: "1" } });
  const two = put({ id: { S: "a" }, n: { N: "2" } });

  test("where the key attributes are known, the last put of a key stays, at the place of the first", async () => {
    expect(
      await written({
        put: [{ id: "a", n: 1 }, { id: "b" }, { id: "a", n: 2 }],
        keyAttributes: ["id"],
      }),
    ).toEqual([two, put({ id: { S: "b" } })]);
  });

  test("the deleted keys show what the key attributes are", async () => {
    expect(
      await written({
        put: [
          { id: "a", n: 1 },
          { id: "a", n: 2 },
        ],
        delete: [{ id: "x" }, { id: "x" }],
      }),
    ).toEqual([del({ id: { S: "x" } }), two]);
  });

  test("an empty list of key attributes tells nothing, and no delete is lost", async () => {
    const request = { put: [{ id: "a", n: 1 }], delete: [{ id: "x" }], keyAttributes: [] };
    expect(await written(request)).toEqual([del({ id: { S: "x" } }), one]);
  });

  test("numbers are one key however they are written", async () => {
    const puts = [
      { id: 1, n: 1 },
      { id: 1n, n: 2 },
    ];
    expect(await written({ put: puts, keyAttributes: ["id"] })).toEqual([
      put({ id: { N: "1" }, n: { N: "2" } }),
    ]);
  });

  test("where they are not, only the very same item is told to be one", async () => {
    const puts = [
      { id: "a", n: 1 },
      { id: "a", n: 2 },
      { id: "a", n: 1 },
    ];
    expect(await written({ put: puts })).toEqual([one, two]);
  });

  test("so too where long items differ at their ends alone", async () => {
    const item = (n: number) => ({ text: "x".repeat(1_000), n });
    const writes = await written({ put: [item(1), item(2), item(1), item(3)] });
    expect(writes).toEqual(
      [1, 2, 3].map((n) => put({ text: { S: "x".repeat(1_000) }, n: { N: String(n) } })),
    );
  });
});

describe("unprocessed writes", () => {
  test("are sent again, a third each time, until all are done", async () => {
    const done: WriteRequest[] = [];
    const { client, sent } = scriptedClient((request) => {
      const { orders = [] } = request.input.RequestItems as Tables;
      const left = orders.length === 1 ? [] : orders.filter((_, n) => n % 3 === 0);
      done.push(...orders.filter((write) => !left.includes(write)));
      return left.length === 0 ? { UnprocessedItems: {} } : { UnprocessedItems: { orders: left } };
    });
    const result = await client.batchWrite(
      { orders: { put: items(60) } },
      { unprocessedRetry: atOnce },
    );
    expect(result).toEqual({ unprocessed: {} });
    expect(sent.slice(0, 4).map((one) => writesOf(one).length)).toEqual([25, 25, 10, 22]);
    expect(new Set(done.map((write) => write.PutRequest?.Item["id"])).size).toBe(60);
    expect(done).toHaveLength(60);
  });

  test("are returned, the very objects that were given, when the time is up", async () => {
    // DynamoDB may write numbers and sets another way than they came.
    const { client } = scriptedClient(({ input }) => ({
      UnprocessedItems: {
        orders: [
          put({ tags: { SS: ["y", "x"] }, n: { N: "1.50" }, id: { S: "a" } }),
          input.RequestItems.orders[0],
        ],
      },
    }));
    const item = { id: "a", n: 1.5, tags: new Set(["x", "y"]) };
    const key = { id: "gone" };
    const request = { put: [{ id: "b" }, item], delete: [key] };
    const options = { unprocessedRetry: RetryConfig.none };
    const { unprocessed } = await client.batchWrite({ orders: request }, options);
    expect(unprocessed.orders?.put).toEqual([item]);
    expect(unprocessed.orders?.put[0]).toBe(item);
    expect(unprocessed.orders?.delete[0]).toBe(key);
    expect(await client.table("orders").batchWrite(request, options)).toEqual({
      put: [item],
      delete: [key],
    });
  });

  test("of tables whose names objects inherit are told apart from nothing", async () => {
    const { client } = scriptedClient(({ input }) => ({ UnprocessedItems: input.RequestItems }));
    const { client: accepting } = scriptedClient(accept);
    const options = { unprocessedRetry: RetryConfig.none };
    for (const name of ["constructor", "__proto__"]) {
      const { unprocessed } = await client.batchWrite({ [name]: { put: items(1) } }, options);
      expect(Object.entries(unprocessed)).toEqual([[name, { put: items(1), delete: [] }]]);
      expect(await accepting.table(name).batchWrite({ put: items(1) })).toEqual({
        put: [],
        delete: [],
      });
    }
  });
});

describe("failures", () => {
  test("before anything was written are the error itself, later they say what is left", async () => {
    let count = 0;
    const failAt =
      (nth: number): Script =>
      () =>
        ++count === nth ? new Refusal("ValidationException") : {};
    const { client: first } = scriptedClient(failAt(1));
    await expect(first.batchWrite({ orders: { put: items(9) } })).rejects.toThrow(ValidationError);

    count = 0;
    const { client } = scriptedClient(failAt(2));
    const puts = items(60);
    const attempt = client.batchWrite(
      { orders: { put: puts, delete: [{ id: "x" }] } },
      { concurrency: 1 },
    );
    const error = (await attempt.catch((reason: unknown) => reason)) as BatchInterrupted;
    expect(error).toMatchObject({ name: "BatchInterrupted", cause: { name: "ValidationError" } });
    expect(error.unprocessed).toEqual({ orders: { put: puts.slice(24), delete: [] } });
    expect(error.message).toMatch(/^BatchWriteItem was interrupted with 36 of 61 not processed/);
  });

  test.each<[string, unknown, string]>([
    [
      "a list of items",
      items(1),
      "What is written to table orders is an object with a list of items as put",
    ],
    ["an item for a list", { put: { id: "a" } }, "not { put: { id: 'a' } }"],
    ["a misspelt word", { puts: [{ id: "a" }] }, "not { puts: [ [Object] ] }"],
    ["a key for a list", { delete: { id: "a" } }, "not { delete: { id: 'a' } }"],
    ["nothing", undefined, "not undefined"],
    [
      "a put and a delete of one item",
      { put: [{ id: "a" }], delete: [{ id: "a" }] },
      "of table orders is both put and deleted in one batch, which has no order",
    ],
    [
      "an item without its key",
      { put: [{ n: 1 }], keyAttributes: ["id"] },
      "id: an item of a batch on table orders lacks this key attribute",
    ],
    [
      "an item that can't be stored",
      { put: [{ id: "a", at: Number.NaN }] },
      "at: NaN can't be stored: DynamoDB's numbers are finite (BatchWriteItem on table orders)",
    ],
    ["a key that is none", { delete: [{}] }, "(BatchWriteItem on table orders)"],
  ])("bad input is refused before any request: %s", async (_, request, message) => {
    const { client, sent } = scriptedClient(accept);
    await expect(client.batchWrite({ orders: request as never })).rejects.toThrow(message);
    expect(sent).toEqual([]);
  });
});
