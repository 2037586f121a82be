import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Refusal, type Script, scriptedClient } from "../test-support/scripted-client.ts";
import { ConfigurationError, WaitTimedOut } from "./errors/input-errors.ts";
import { RetryConfig } from "./retry.ts";

const atOnce = RetryConfig.static({ delay: 0 });
const notFound = new Refusal("ResourceNotFoundException");
const table = (TableStatus: string, indexes: Record<string, string> = {}) => ({
  Table: {
    TableName: "orders",
    TableStatus,
    GlobalSecondaryIndexes: Object.entries(indexes).map(([IndexName, IndexStatus]) => ({
      IndexName,
      IndexStatus,
    })),
  },
});

/** Answers describing operations one after another, the last from then on, and every other operation with nothing. */
function looking(...answers: unknown[]): Script {
  let looks = 0;
  return ({ operation }) =>
    operation.startsWith("Describe") ? answers[Math.min(looks++, answers.length - 1)] : {};
}
/** So that a failure while the timers run is not unhandled. */
const rejected = (error: unknown): unknown => error;
const definition = { partitionKey: { name: "id", type: "S" } } as const;

describe("createTable", () => {
  test("without wait looks at nothing", async () => {
    for (const wait of [undefined, false]) {
      const { client, sent } = scriptedClient(looking());
      await client.createTable("orders", definition, { wait });
      expect(sent.map(({ operation }) => operation)).toEqual(["CreateTable"]);
    }
  });

  test("waits until the table and its indexes are active, from before it is found", async () => {
    const { client, sent } = scriptedClient(
      looking(
        notFound,
        table("CREATING"),
        table("ACTIVE", { one: "ACTIVE", two: "CREATING" }),
        table("UPDATING", { one: "ACTIVE", two: "ACTIVE" }),
        table("ACTIVE", { one: "ACTIVE", two: "ACTIVE" }),
      ),
    );
    const description = await client.createTable("orders", definition, { wait: atOnce });
    expect(description).toMatchObject({ name: "orders", status: "ACTIVE" });
    expect(sent.map(({ operation }) => operation)).toEqual([
      "CreateTable",
      ...Array.from({ length: 5 }, () => "DescribeTable"),
    ]);
  });

  test.each([
    [notFound, "not found yet"],
    [table("CREATING"), "CREATING"],
    [table("ACTIVE", { one: "CREATING" }), "ACTIVE, index one CREATING"],
  ])("says what it last saw when the time is up: %#", async (answer, lastStatus) => {
    const { client } = scriptedClient(looking(answer));
    const attempt = client.createTable("orders", definition, {
      wait: RetryConfig.static({ delay: 0, maxAttempts: 3 }),
    });
    const error = (await attempt.catch((reason: unknown) => reason)) as WaitTimedOut;
    expect(error).toBeInstanceOf(WaitTimedOut);
    expect(error).toMatchObject({
      tableName: "orders",
      lastStatus,
      message: `Table orders did not become active within the time limit; its last status was ${lastStatus}`,
    });
  });

  test("another error than that the table is not there ends the wait", async () => {
    const { client } = scriptedClient(
      looking(table("CREATING"), new Refusal("AccessDeniedException")),
    );
    await expect(client.createTable("orders", definition, { wait: atOnce })).rejects.toMatchObject({
      name: "AccessDenied",
    });
  });
});

describe("time", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "hrtime"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("true looks every second for five minutes", async () => {
    const { client, sent } = scriptedClient(looking(table("CREATING")));
    const attempt = client.createTable("orders", definition, { wait: true }).catch(rejected);
    await vi.advanceTimersByTimeAsync(10_500);
    expect(sent).toHaveLength(1 + 11);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(await attempt).toBeInstanceOf(WaitTimedOut);
    expect(sent).toHaveLength(1 + 301);
  });

  test("a signal ends the wait at once", async () => {
    const controller = new AbortController();
    const { client } = scriptedClient(looking(table("CREATING")));
    const reason = new Error("enough");
    const { signal } = controller;
    const attempt = client
      .createTable("orders", definition, { wait: true, signal })
      .catch(rejected);
    await vi.advanceTimersByTimeAsync(500);
    controller.abort(reason);
    expect(await attempt).toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test("updateTable waits as createTable does", async () => {
  const { client, sent } = scriptedClient(looking(table("UPDATING"), table("ACTIVE")));
  const changes = { deletionProtection: true };
  expect(await client.updateTable("orders", changes, { wait: atOnce })).toMatchObject({
    status: "ACTIVE",
  });
  expect(sent).toHaveLength(3);
});

test("deleteTable waits until the table is gone", async () => {
  const { client, sent } = scriptedClient(looking(table("ACTIVE"), table("DELETING"), notFound));
  await client.deleteTable("orders", { wait: atOnce });
  expect(sent).toHaveLength(4);
  const { client: stuck } = scriptedClient(looking(table("DELETING")));
  await expect(stuck.deleteTable("orders", { wait: RetryConfig.none })).rejects.toThrow(
    "Table orders did not become deleted within the time limit; its last status was DELETING",
  );
});

test("time to live waits for on and for off", async () => {
  const status = (TimeToLiveStatus: string) => ({ TimeToLiveDescription: { TimeToLiveStatus } });
  const on = scriptedClient(looking(status("DISABLED"), status("ENABLING"), status("ENABLED")));
  await on.client.enableTimeToLive("orders", "expires", { wait: atOnce });
  expect(on.sent).toHaveLength(4);
  const off = scriptedClient(looking(status("DISABLING"), {}));
  await off.client.disableTimeToLive("orders", "expires", { wait: atOnce });
  expect(off.sent).toHaveLength(3);
  const stuck = scriptedClient(looking(status("ENABLING")));
  await expect(
    stuck.client.enableTimeToLive("orders", "expires", { wait: RetryConfig.none }),
  ).rejects.toMatchObject({ lastStatus: "ENABLING", tableName: "orders" });
});

test("a wait that is no configuration is refused", async () => {
  const { client } = scriptedClient(looking(table("CREATING")));
  await expect(client.deleteTable("orders", { wait: {} as never })).rejects.toThrow(
    /^wait must be made by RetryConfig/,
  );
});

test("delays that are no numbers are refused, and not without end", async () => {
  const wait = { timeLimit: 60_000, delays: () => [Number.NaN, Number.NaN] };
  const { client, sent } = scriptedClient(looking(table("DELETING")));
  await expect(client.deleteTable("orders", { wait })).rejects.toThrow(
    new ConfigurationError("delays() of the retry configuration gave NaN"),
  );
  expect(sent).toHaveLength(2);
});
