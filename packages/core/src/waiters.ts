import { ResourceNotFound } from "./errors/service-errors.ts";
import { isDynamoDBError } from "./errors/dynamodb-error.ts";
import { WaitTimedOut } from "./errors/input-errors.ts";
import type { Execute } from "./execute.ts";
import type { RequestOptions } from "./operations/options.ts";
import type { TableDescription } from "./operations/table-description.ts";
import { describeTable } from "./operations/tables.ts";
import { describeTimeToLive } from "./operations/time-to-live.ts";
import { checkRetryConfig, RetryConfig, startWaits } from "./retry.ts";
import { sleep } from "./sleep.ts";

/** What methods take that can wait for their effect. */
export interface WaitOptions extends RequestOptions {
  /** Waits for the effect: `true` looks every second for up to five minutes, a `RetryConfig` as it says. */
  readonly wait?: boolean | RetryConfig | undefined;
}

const defaultWait = RetryConfig.static({ delay: 1000, timeLimit: 300_000 });

/** What a look at the table finds. */
interface Finding<Result> {
  readonly status: string;
  /** Set when the awaited state is there. */
  readonly reached: boolean;
  readonly result: Result;
}

/** Waits until the table and all its indexes are active. */
export function waitForActive(
  execute: Execute,
  tableName: string,
  options: WaitOptions,
): Promise<TableDescription> {
  return poll(tableName, "active", options, async () => {
    const table = await describeOptional(execute, tableName, options);
    if (table === undefined)
      return { status: "not found yet", reached: false, result: table as never };
    const building = Object.entries(table.globalSecondaryIndexes).find(
      ([, index]) => index.status !== "ACTIVE",
    );
    const status =
      building === undefined
        ? String(table.status)
        : `${table.status}, index ${building[0]} ${building[1].status}`;
    return { status, reached: table.status === "ACTIVE" && building === undefined, result: table };
  });
}

/** Waits until the table is gone. */
export function waitForDeleted(
  execute: Execute,
  tableName: string,
  options: WaitOptions,
): Promise<void> {
  return poll(tableName, "deleted", options, async () => {
    const table = await describeOptional(execute, tableName, options);
    return { status: String(table?.status), reached: table === undefined, result: undefined };
  });
}

/** Waits until the time to live is on or off. */
export function waitForTimeToLive(
  execute: Execute,
  tableName: string,
  status: "ENABLED" | "DISABLED",
  options: WaitOptions,
): Promise<void> {
  return poll(tableName, `${status.toLowerCase()} in its time to live`, options, async () => {
    const description = await execute(describeTimeToLive(tableName), options);
    return {
      status: description.status,
      reached: description.status === status,
      result: undefined,
    };
  });
}

/** A table's description, or `undefined` where there is no table. */
export async function describeOptional(
  execute: Execute,
  tableName: string,
  options: RequestOptions,
): Promise<TableDescription | undefined> {
  try {
    return await execute(describeTable(tableName), options);
  } catch (error) {
    if (isDynamoDBError(error, ResourceNotFound)) return undefined;
    throw error;
  }
}

async function poll<Result>(
  tableName: string,
  state: string,
  { wait, signal }: WaitOptions,
  look: () => Promise<Finding<Result>>,
): Promise<Result> {
  const config = typeof wait === "object" ? checkRetryConfig(wait, "wait") : defaultWait;
  const nextWait = startWaits(config);
  for (;;) {
    const { status, reached, result } = await look();
    if (reached) return result;
    const delay = nextWait();
    if (delay === undefined) {
      throw new WaitTimedOut(
        `Table ${tableName} did not become ${state} within the time limit; its last status was ${status}`,
        tableName,
        status,
      );
    }
    await sleep(delay, signal);
  }
}
