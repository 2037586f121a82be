import {
  type Client,
  ConditionalCheckFailed,
  F,
  RequestError,
  RetryConfig,
  type TransactWriteAction,
  type TransactWriteOptions,
} from "@fieldwise/core";
import { connect, defineTable } from "@fieldwise/schema";
import { type Fault, type FaultyHandler, withFaults } from "@fieldwise/testing";
import { randomUUID } from "node:crypto";
import * as z from "zod";
import { beforeAll, describe, expect, it } from "vitest";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";
import { RecordingHandler } from "../support/request-handlers.ts";
import { recordFigure } from "./figures.ts";
import { profile } from "./profile.ts";

const transactions = profile.pick(200, 2_000);
const concurrency = 50;
/** Each transaction increments one of these, and no other knows how often. */
const counters = 5;

/** How an answer is lost after the server has acted, or a request acted on twice. */
const losses: readonly (readonly [title: string, faults: readonly Fault[]])[] = [
  ["answers are lost", [{ fault: "resetAfter", probability: 0.5 }]],
  ["requests are delivered twice", [{ fault: "duplicated", probability: 0.5 }]],
  ["no answer comes in time", [{ fault: "timeout", served: true, probability: 0.5 }]],
];

const counterTable = (name: string) =>
  defineTable({
    name,
    schema: z.object({ id: z.string(), count: z.int().optional(), by: z.int().optional() }),
    partitionKey: "id",
  });

describeOnEachServer("transactions whose answers are lost", (suite) => {
  const { client, newClient, uniqueTableName } = suite;
  let Counters: ReturnType<typeof counterTable>;
  beforeAll(async () => {
    Counters = counterTable(uniqueTableName());
    await connect(client, { counters: Counters }).counters.table.create({ wait: true });
  });

  function faulty(faults: readonly Fault[]): {
    readonly client: Client;
    readonly handler: FaultyHandler;
    readonly delivered: RecordingHandler;
  } {
    const delivered = new RecordingHandler();
    const handler = withFaults(delivered, { seed: profile.seed, faults });
    const retry = RetryConfig.exponential({ base: 2, cap: 20 });
    const options = {
      requestHandler: handler,
      retryBudget: false,
      requestTimeout: faults.some(({ fault }) => fault === "timeout") ? 400 : 10_000,
      retry,
    } as const;
    return { client: newClient(options), handler, delivered };
  }

  /** What one transaction does: it counts, and leaves an item that must not have been there. */
  const actions = (run: string, index: number): TransactWriteAction[] => [
    {
      update: Counters.name,
      key: { id: `${run}-counter-${index % counters}` },
      actions: F("count").add(1),
    },
    {
      put: Counters.name,
      item: { id: `${run}-${index}`, by: index },
      condition: F("id").notExists(),
    },
  ];
  const throughCore =
    (through: Client) =>
    (run: string, index: number, options?: TransactWriteOptions): Promise<void> =>
      through.transactWrite(actions(run, index), options);
  const throughSchema = (through: Client) => {
    const db = connect(through, { counters: Counters });
    return (run: string, index: number, options?: TransactWriteOptions): Promise<void> =>
      db.transactWrite(
        (tx) => [
          tx.counters.update(
            { id: `${run}-counter-${index % counters}` },
            Counters.F("count").add(1),
          ),
          tx.counters.put(
            { id: `${run}-${index}`, by: index },
            { condition: Counters.F("id").notExists() },
          ),
        ],
        options,
      );
  };

  /** Each was carried out once: the counters say so, and so do the items. */
  async function expectOnce(run: string, count: number): Promise<void> {
    const keys = Array.from({ length: counters }, (_, index) => ({
      id: `${run}-counter-${index}`,
    }));
    const left = Array.from({ length: count }, (_, index) => ({ id: `${run}-${index}` }));
    const { items } = await client.batchGet({
      [Counters.name]: { keys: [...keys, ...left], consistentRead: true },
    });
    const found = items[Counters.name] ?? [];
    const expected = Array.from({ length: counters }, (_, index) =>
      Math.ceil((count - index) / counters),
    );
    expect(found.slice(0, counters).map((item) => item?.["count"] as unknown)).toEqual(expected);
    expect(found.slice(counters).map((item) => item?.["by"] as unknown)).toEqual(
      left.map((_, index) => index),
    );
  }

  describe.each(losses)("because %s", (title, faults) => {
    it.each([
      ["core", throughCore],
      ["schema", throughSchema],
    ])("are carried out once each, through %s", { timeout: 120_000 }, async (by, through) => {
      const { client: unlucky, handler, delivered } = faulty(faults);
      const run = randomUUID();
      const transact = through(unlucky);
      await inParallel(transactions, (index) => transact(run, index));
      await expectOnce(run, transactions);

      expect(handler.log.length).toBeGreaterThan(transactions / 4);
      const tokens = delivered.requests.map(({ input }) => input.ClientRequestToken as string);
      expect(new Set(tokens).size).toBe(transactions);
      expect(tokens.length).toBeGreaterThan(transactions * 1.25);
      recordFigure(`transactions (${title})`, `carried out once each, ${by}`, transactions);
      recordFigure(`transactions (${title})`, `times delivered, ${by}`, tokens.length);
      handler.destroy();
    });
  });

  it("are carried out once each by clients that come and go, with the same tokens", async () => {
    const run = randomUUID();
    const tokens = Array.from({ length: transactions }, () => randomUUID());
    const ends: string[] = [];
    for (let round = 0; round < 3; round++) {
      const { client: unlucky, handler } = faulty([{ fault: "resetAfter", probability: 0.5 }]);
      const transact = (round % 2 === 0 ? throughCore : throughSchema)(unlucky);
      await inParallel(transactions, async (index) => {
        try {
          await transact(run, index, {
            clientRequestToken: tokens[index],
            retry: RetryConfig.none,
          });
          ends.push("done");
        } catch (error) {
          if (!(error instanceof RequestError) || !error.retryable) throw error;
          ends.push(error.name);
        }
      });
      unlucky.destroy();
      handler.destroy();
    }
    expect(ends).toEqual(expect.arrayContaining(["done", "ConnectionError"]));
    const last = throughCore(client);
    await inParallel(transactions, (index) =>
      last(run, index, { clientRequestToken: tokens[index] }),
    );
    await expectOnce(run, transactions);
  });

  it("count again without a token or a condition: an increment that is sent again", async () => {
    const { client: unlucky, handler } = faulty([{ fault: "resetAfter", nth: 1 }]);
    const key = { id: randomUUID() };
    await unlucky.update(Counters.name, key, F("count").add(1));
    expect(await client.get(Counters.name, key)).toEqual({ ...key, count: 2 });
    handler.destroy();
  });

  it("count once on a condition, which then refuses the second attempt", async () => {
    const { client: unlucky, handler } = faulty([{ fault: "resetAfter", nth: 1 }]);
    const key = { id: randomUUID() };
    await client.put(Counters.name, { ...key, count: 0 });
    const error = await unlucky
      .update(Counters.name, key, F("count").add(1), {
        condition: F("count").eq(0),
        returnValuesOnConditionCheckFailure: "ALL_OLD",
      })
      .catch((thrown: unknown) => thrown);
    // More than one attempt and the item as it stands tell what has happened.
    expect(error).toBeInstanceOf(ConditionalCheckFailed);
    expect(error).toMatchObject({ attempts: 2, item: { ...key, count: 1 } });
    expect(await client.get(Counters.name, key)).toEqual({ ...key, count: 1 });
    handler.destroy();
  });
});

/** Runs so many, a few at a time, in order. */
async function inParallel(count: number, run: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await run(next++);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}
