import { RetryConfig } from "@fieldwise/core";
import { expect, it } from "vitest";
import { describeOnEachServer } from "./support/describe-on-each-server.ts";
import { RecordingHandler } from "./support/request-handlers.ts";

const wait = RetryConfig.static({ delay: 1, timeLimit: 20_000 });

describeOnEachServer("time to live", ({ client, newClient, createTable, deviates }) => {
  it("is off, until it is on", async () => {
    const table = client.table(await createTable());
    expect(await table.describeTimeToLive()).toEqual({ status: "DISABLED", attribute: undefined });
    await table.enableTimeToLive("expires", { wait });
    expect(await table.describeTimeToLive()).toEqual({ status: "ENABLED", attribute: "expires" });
  });

  deviates(
    { dynoxide: "switches off what is off" },
    "is not switched off where it is off",
    async () => {
      const name = await createTable();
      await expect(client.disableTimeToLive(name, "expires")).rejects.toMatchObject({
        name: "ValidationError",
        tableName: name,
      });
    },
  );

  deviates(
    { dynoxide: "switches on what is on" },
    "is not switched on where it is on",
    async () => {
      const name = await createTable();
      await client.enableTimeToLive(name, "expires", { wait });
      await expect(client.enableTimeToLive(name, "expires")).rejects.toMatchObject({
        name: "ValidationError",
      });
    },
  );

  it("waits until it is on, and until it is off", async () => {
    const left: [status: string, attribute?: string][] = [
      ["DISABLED"],
      ["ENABLING", "expires"],
      ["ENABLED", "expires"],
      ["DISABLING", "expires"],
      ["DISABLED"],
    ];
    const statuses = left.map(([status]) => status);
    const seen: string[] = [];
    // AWS takes up to an hour for each change, and these servers no time at all.
    const requestHandler = new RecordingHandler(({ operation }, send) => {
      if (operation === "UpdateTimeToLive") return { statusCode: 200, body: {} };
      if (operation !== "DescribeTimeToLive") return send();
      const [TimeToLiveStatus, AttributeName] = left.shift() ?? [""];
      seen.push(TimeToLiveStatus);
      return {
        statusCode: 200,
        body: { TimeToLiveDescription: { TimeToLiveStatus, AttributeName } },
      };
    });
    const observed = newClient({ requestHandler });
    const name = await createTable();
    await observed.enableTimeToLive(name, "expires", { wait });
    expect(seen).toEqual(statuses.slice(0, 3));
    await observed.disableTimeToLive(name, "expires", { wait });
    expect(seen).toEqual(statuses);
  });

  it("gives up waiting when the time is over", async () => {
    const requestHandler = new RecordingHandler(({ operation }, send) =>
      operation === "DescribeTimeToLive"
        ? {
            statusCode: 200,
            body: {
              TimeToLiveDescription: { TimeToLiveStatus: "ENABLING", AttributeName: "expires" },
            },
          }
        : send(),
    );
    const name = await createTable();
    const shortly = RetryConfig.static({ delay: 1, maxAttempts: 3 });
    await expect(
      newClient({ requestHandler }).enableTimeToLive(name, "expires", { wait: shortly }),
    ).rejects.toMatchObject({ name: "WaitTimedOut", tableName: name, lastStatus: "ENABLING" });
    expect(requestHandler.operations).toEqual([
      "UpdateTimeToLive",
      ...Array.from({ length: 3 }, () => "DescribeTimeToLive"),
    ]);
  });
});
