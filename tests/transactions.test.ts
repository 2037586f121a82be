import { F, type Item, partitionKey, TransactionCanceled } from "@fieldwise/core";
import { randomUUID } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { describeOnEachServer } from "./support/describe-on-each-server.ts";
import { failure, RecordingHandler } from "./support/request-handlers.ts";

describeOnEachServer("transactions", ({ client, newClient, createTable, deviates }) => {
  let table: string;
  let other: string;
  beforeAll(async () => {
    [table, other] = await Promise.all([
      createTable({ partitionKey: { name: "h", type: "S" }, sortKey: { name: "r", type: "S" } }),
      createTable(),
    ]);
  });

  const canceled = async (writing: Promise<void>): Promise<TransactionCanceled> => {
    const error = await writing.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TransactionCanceled);
    return error as TransactionCanceled;
  };

  it("puts, updates, deletes and checks, in several tables, all at once", async () => {
    const h = "all";
    await client.put(table, { h, r: "1", s: "initial" });
    await client.put(table, { h, r: "2", s: "initial" });
    await client.put(other, { id: h, stock: 3 });
    const result = await client.transactWrite([
      { put: table, item: { h, r: "3", s: "initial" }, condition: F("h").notExists() },
      { update: table, key: { h, r: "1" }, actions: F("s").set("changed") },
      { delete: table, key: { h, r: "2" }, condition: F("s").eq("initial") },
      { check: other, key: { id: h }, condition: F("stock").gte(1) },
    ]);
    expect(result).toBeUndefined();
    expect(await client.query(table, partitionKey("h").eq(h)).toArray()).toEqual([
      { h, r: "1", s: "changed" },
      { h, r: "3", s: "initial" },
    ]);
  });

  it("writes nothing where one condition fails, and says which", async () => {
    const h = "none";
    const stored = { h, r: "1", s: "initial", n: 1 };
    await client.put(table, stored);
    const error = await canceled(
      client.transactWrite([
        { put: table, item: { h, r: "2" } },
        {
          update: table,
          key: { h, r: "1" },
          actions: [F("n").increment()],
          condition: F("s").ne("initial"),
          returnValuesOnConditionCheckFailure: "ALL_OLD",
        },
        { delete: table, key: { h, r: "9" }, condition: F("h").exists() },
      ]),
    );
    expect(error).toMatchObject({
      operation: "TransactWriteItems",
      wireName: "TransactionCanceledException",
      retryable: false,
      attempts: 1,
      reasons: [
        { code: "None", item: undefined },
        { code: "ConditionalCheckFailed", item: stored },
        { code: "ConditionalCheckFailed", item: undefined },
      ],
    });
    expect(error.reasons[1]?.message).toMatch(/conditional request failed/i);
    expect(await client.query(table, partitionKey("h").eq(h)).toArray()).toEqual([stored]);
  });

  it.each<[string, (key: Item) => Parameters<typeof client.transactWrite>[0][number]]>([
    ["put", (key) => ({ put: table, item: key, condition: F("h").notExists() })],
    [
      "update",
      (key) => ({
        update: table,
        key,
        actions: F("s").set("new"),
        condition: F("s").ne("initial"),
      }),
    ],
    ["delete", (key) => ({ delete: table, key, condition: F("s").ne("initial") })],
    ["check", (key) => ({ check: table, key, condition: F("s").ne("initial") })],
  ])("is canceled by the condition of a %s", async (r, action) => {
    const key = { h: "canceled", r };
    await client.put(table, { ...key, s: "initial" });
    const error = await canceled(client.transactWrite([action(key)]));
    expect(error.reasons.map(({ code }) => code)).toEqual(["ConditionalCheckFailed"]);
    expect(await client.get(table, key)).toEqual({ ...key, s: "initial" });
  });

  it("takes 100 actions", async () => {
    const keys = Array.from({ length: 100 }, (_, index) => ({ id: `hundred ${index}` }));
    await client.transactWrite(keys.map((item) => ({ put: other, item })));
    expect(await client.transactGet(keys.map((key) => ({ get: other, key })))).toEqual(keys);
  });

  it("refuses none and 101 before any request", async () => {
    const requestHandler = new RecordingHandler();
    const observed = newClient({ requestHandler });
    const keys = Array.from({ length: 101 }, (_, index) => ({ id: String(index) }));
    for (const [attempt, method] of [
      [() => observed.transactWrite([]), "transactWrite"],
      [() => observed.transactWrite(keys.map((item) => ({ put: other, item }))), "transactWrite"],
      [() => observed.transactGet([]), "transactGet"],
      [() => observed.transactGet(keys.map((key) => ({ get: other, key }))), "transactGet"],
    ] as const) {
      await expect(attempt()).rejects.toMatchObject({
        name: "InvalidInput",
        message: expect.stringMatching(
          `^${method} takes .*1 to 100 actions, not (0|101)$`,
        ) as string,
      });
    }
    expect(requestHandler.requests).toEqual([]);
  });

  it("is refused by the server where one item comes twice", async () => {
    const key = { id: "twice" };
    await expect(
      client.transactWrite([
        { put: other, item: key },
        { delete: other, key },
      ]),
    ).rejects.toMatchObject({ name: "ValidationError" });
  });

  it("is carried out once with one token", async () => {
    const key = { id: "once" };
    const increment = [{ update: other, key, actions: F("n").add(1) }];
    const options = { clientRequestToken: randomUUID() };
    await client.transactWrite(increment, options);
    await client.transactWrite(increment, options);
    expect(await client.get(other, key)).toEqual({ ...key, n: 1 });
    await client.transactWrite(increment);
    await client.transactWrite(increment);
    expect(await client.get(other, key)).toEqual({ ...key, n: 3 });
    await expect(
      client.transactWrite([{ update: other, key, actions: F("n").add(2) }], options),
    ).rejects.toMatchObject({ name: "IdempotentParameterMismatch" });
  });

  it("is carried out once, though it was sent twice because the answer was lost", async () => {
    let lost = false;
    const requestHandler = new RecordingHandler(async (_, send) => {
      const reply = await send();
      if (lost) return reply;
      lost = true;
      return failure("InternalServerError", "lost", 500);
    });
    const key = { id: "lost" };
    await newClient({ requestHandler }).transactWrite([
      { update: other, key, actions: F("n").add(1) },
    ]);
    const tokens = requestHandler.requests.map(({ input }) => input.ClientRequestToken as string);
    expect(tokens).toHaveLength(2);
    expect(tokens[0]).toMatch(/^[\da-f-]{36}$/);
    expect(tokens[1]).toBe(tokens[0]);
    expect(await client.get(other, key)).toEqual({ ...key, n: 1 });
  });

  it("reads several items as they stand at one moment", async () => {
    const items = ["1", "2", "3"].map((r) => ({
      h: "read",
      r,
      s: "initial",
      list: [1, 2],
      m: { a: 1, b: 2 },
    }));
    await client.batchWrite({ [table]: { put: items }, [other]: { put: [{ id: "read", n: 1 }] } });
    const [one, two, three] = items.map(({ h, r }) => ({ h, r }));
    expect(
      await client.transactGet([
        { get: table, key: one! },
        { get: other, key: { id: "absent" } },
        { get: table, key: two!, projection: [F("h"), F("r"), "s"] },
        { get: table, key: three!, projection: [F("h"), F("r"), F("list", 1), F("m", "b")] },
        { get: other, key: { id: "read" } },
      ]),
    ).toEqual([
      items[0],
      undefined,
      { ...two, s: "initial" },
      { ...three, list: [2], m: { b: 2 } },
      { id: "read", n: 1 },
    ]);
  });

  deviates(
    { dynoxide: "adds the key attributes" },
    "reads of an item no more than the projection",
    async () => {
      await client.put(other, { id: "projected", n: 1, m: { a: 1, b: 2 } });
      const projection = [F("m", "b")];
      expect(
        await client.transactGet([{ get: other, key: { id: "projected" }, projection }]),
      ).toEqual([{ m: { b: 2 } }]);
    },
  );

  it("reports the capacity of each table", async () => {
    const seen: unknown[] = [];
    await client.transactWrite(
      [
        { put: table, item: { h: "metered", r: "1" } },
        { put: other, item: { id: "metered" } },
      ],
      {
        returnConsumedCapacity: "TOTAL",
        onResponse: ({ consumedCapacity }) =>
          seen.push(...consumedCapacity.map(({ tableName }) => tableName)),
      },
    );
    expect(new Set(seen)).toEqual(new Set([table, other]));
  });
});
