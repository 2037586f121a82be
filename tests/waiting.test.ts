import {
  type Client,
  RetryConfig,
  type TableDefinition,
  type TableDescription,
} from "@fieldwise/core";
import { expect, it } from "vitest";
import { describeOnEachServer } from "./support/describe-on-each-server.ts";
import { RecordingHandler } from "./support/request-handlers.ts";

const string = (name: string) => ({ name, type: "S" as const });
const minimal: TableDefinition = { partitionKey: string("h") };

describeOnEachServer("waiting for a table", ({ newClient, uniqueTableName }) => {
  /** A client whose server takes a while: what DescribeTable says of the table comes from a list. */
  function slow(...statuses: readonly (string | undefined)[]): {
    readonly client: Client;
    readonly asked: () => number;
  } {
    const left = [...statuses];
    const requestHandler = new RecordingHandler(async ({ operation }, send) => {
      const reply = await send();
      if (operation !== "DescribeTable" || reply.statusCode !== 200) return reply;
      const status = left.length > 1 ? left.shift() : left[0];
      if (status !== undefined) reply.body.Table.TableStatus = status;
      return reply;
    });
    return {
      client: newClient({ requestHandler }),
      asked: () => requestHandler.operations.filter((name) => name === "DescribeTable").length,
    };
  }

  it("looks until the table is active", async () => {
    const { client: observed, asked } = slow("CREATING", "CREATING", "UPDATING", undefined);
    const wait = RetryConfig.static({ delay: 1 });
    const created = await observed.createTable(uniqueTableName(), minimal, { wait });
    expect(created.status).toBe("ACTIVE");
    expect(asked()).toBe(4);
  });

  it("looks until every index is active", async () => {
    let looks = 0;
    const requestHandler = new RecordingHandler(async ({ operation }, send) => {
      const reply = await send();
      if (operation === "DescribeTable" && ++looks < 3)
        reply.body.Table.GlobalSecondaryIndexes[0].IndexStatus = "CREATING";
      return reply;
    });
    const definition = {
      ...minimal,
      globalSecondaryIndexes: { byKind: { partitionKey: string("kind") } },
    };
    const wait = RetryConfig.static({ delay: 1 });
    const observed = newClient({ requestHandler });
    const created: TableDescription = await observed.createTable(uniqueTableName(), definition, {
      wait,
    });
    expect(created.globalSecondaryIndexes["byKind"]?.status).toBe("ACTIVE");
    expect(looks).toBe(3);
  });

  it("gives up when the time is over, and says what it saw last", async () => {
    const { client: observed, asked } = slow("CREATING");
    const name = uniqueTableName();
    const wait = RetryConfig.static({ delay: 5, timeLimit: 50 });
    await expect(observed.createTable(name, minimal, { wait })).rejects.toMatchObject({
      name: "WaitTimedOut",
      tableName: name,
      lastStatus: "CREATING",
      message: expect.stringContaining(name) as string,
    });
    expect(asked()).toBeGreaterThan(1);
    const attempts = RetryConfig.static({ delay: 0, maxAttempts: 3 });
    const deleting = slow("DELETING");
    const deletion = deleting.client.updateTable(
      name,
      { deletionProtection: false },
      { wait: attempts },
    );
    await expect(deletion).rejects.toMatchObject({ lastStatus: "DELETING" });
    expect(deleting.asked()).toBe(3);
  });

  it("is ended by a signal", async () => {
    const { client: observed } = slow("CREATING");
    const signal = AbortSignal.timeout(30);
    const creation = observed.createTable(uniqueTableName(), minimal, { wait: true, signal });
    await expect(creation).rejects.toMatchObject({ name: "TimeoutError" });
  });
});
