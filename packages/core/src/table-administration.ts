import { InvalidInput } from "./errors/input-errors.ts";
import type { Execute } from "./execute.ts";
import type { RequestOptions } from "./operations/options.ts";
import { checkCount } from "./operations/read-many.ts";
import type { TableDefinition } from "./operations/table-definition.ts";
import type { TableDescription } from "./operations/table-description.ts";
import {
  createTable,
  deleteTable,
  describeTable,
  listTables,
  type TableChanges,
  updateTable,
} from "./operations/tables.ts";
import { listTagsOfResource, tagResource, type Tags, untagResource } from "./operations/tags.ts";
import {
  describeTimeToLive,
  type TimeToLiveDescription,
  updateTimeToLive,
} from "./operations/time-to-live.ts";
import {
  describeOptional,
  waitForActive,
  waitForDeleted,
  waitForTimeToLive,
  type WaitOptions,
} from "./waiters.ts";

/** The methods of `Client` for tables themselves: making, changing and describing them. */
export abstract class TableAdministration {
  readonly #execute: Execute;

  /** @internal */
  constructor(execute: Execute) {
    this.#execute = execute;
  }

  /** Whether there is a table of this name, in whatever state. DescribeTable. */
  async tableExists(tableName: string, options: RequestOptions = {}): Promise<boolean> {
    return (await describeOptional(this.#execute, tableName, options)) !== undefined;
  }

  /**
   * Creates a table. CreateTable.
   *
   * @returns the table's description: with `wait` as it is once the table and its indexes are active.
   * @throws ResourceInUse where there is one of this name; WaitTimedOut where it does not become active in time.
   * @example
   * await client.createTable("orders", { partitionKey: { name: "customerId", type: "S" } }, { wait: true });
   */
  async createTable(
    tableName: string,
    definition: TableDefinition,
    options: WaitOptions = {},
  ): Promise<TableDescription> {
    return this.#active(
      tableName,
      await this.#execute(createTable(tableName, definition), options),
      options,
    );
  }

  /**
   * Changes a table's billing, stream, indexes, class or protection. UpdateTable.
   *
   * @returns the table's description: with `wait` as it is once the table and its indexes are active.
   * @throws WaitTimedOut where it does not become active in time.
   * @example
   * await client.updateTable("orders", { deletionProtection: true });
   */
  async updateTable(
    tableName: string,
    changes: TableChanges,
    options: WaitOptions = {},
  ): Promise<TableDescription> {
    return this.#active(
      tableName,
      await this.#execute(updateTable(tableName, changes), options),
      options,
    );
  }

  /** Describes a table. DescribeTable. @throws ResourceNotFound where there is none. */
  async describeTable(tableName: string, options: RequestOptions = {}): Promise<TableDescription> {
    return this.#execute(describeTable(tableName), options);
  }

  /**
   * Deletes a table and all its items; with `wait` until it is gone. DeleteTable.
   *
   * @throws ResourceNotFound where there is none; ResourceInUse while it is being made or changed; ValidationError where it
   * is protected; WaitTimedOut where it is not gone in time.
   */
  async deleteTable(tableName: string, options: WaitOptions = {}): Promise<void> {
    await this.#execute(deleteTable(tableName), options);
    if (waits(options)) await waitForDeleted(this.#execute, tableName, options);
  }

  /** The names of the tables, in alphabetical order. ListTables. @example for await (const name of client.listTables()) … */
  async *listTables(
    options: RequestOptions & { readonly pageSize?: number | undefined } = {},
  ): AsyncGenerator<string, void> {
    checkCount("pageSize", options.pageSize);
    let start: string | undefined;
    do {
      const page = await this.#execute(listTables(start, options.pageSize), options);
      yield* page.names;
      start = page.lastName;
    } while (start !== undefined);
  }

  /**
   * Has DynamoDB delete items by age: when `attribute`, a number of seconds since 1970, lies in the past. UpdateTimeToLive.
   * With `wait` until it is on, which takes up to an hour on AWS.
   *
   * @throws ValidationError where it is on already.
   */
  async enableTimeToLive(
    tableName: string,
    attribute: string,
    options: WaitOptions = {},
  ): Promise<void> {
    await this.#execute(updateTimeToLive(tableName, attribute, true), options);
    if (waits(options)) await waitForTimeToLive(this.#execute, tableName, "ENABLED", options);
  }

  /** Ends the deletion of items by age. UpdateTimeToLive. @throws ValidationError where it is off already. */
  async disableTimeToLive(
    tableName: string,
    attribute: string,
    options: WaitOptions = {},
  ): Promise<void> {
    await this.#execute(updateTimeToLive(tableName, attribute, false), options);
    if (waits(options)) await waitForTimeToLive(this.#execute, tableName, "DISABLED", options);
  }

  /** Whether items are deleted by age, and by which attribute. DescribeTimeToLive. */
  async describeTimeToLive(
    tableName: string,
    options: RequestOptions = {},
  ): Promise<TimeToLiveDescription> {
    return this.#execute(describeTimeToLive(tableName), options);
  }

  /** Adds tags to a table, or changes their values. DescribeTable for the table's ARN, and TagResource. */
  async tagTable(tableName: string, tags: Tags, options: RequestOptions = {}): Promise<void> {
    await this.#execute(tagResource(await this.#arn(tableName, options), tags), options);
  }

  /** Removes tags of a table by their keys. DescribeTable for the table's ARN, and UntagResource. */
  async untagTable(
    tableName: string,
    keys: readonly string[],
    options: RequestOptions = {},
  ): Promise<void> {
    await this.#execute(untagResource(await this.#arn(tableName, options), keys), options);
  }

  /** The tags of a table. DescribeTable for the table's ARN, and ListTagsOfResource. */
  async listTags(tableName: string, options: RequestOptions = {}): Promise<Tags> {
    const arn = await this.#arn(tableName, options);
    let tags: Tags = {};
    let nextToken: string | undefined;
    do {
      const page = await this.#execute(listTagsOfResource(arn, nextToken), options);
      tags = { ...tags, ...page.tags };
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return tags;
  }

  async #active(
    tableName: string,
    description: TableDescription,
    options: WaitOptions,
  ): Promise<TableDescription> {
    return waits(options) ? waitForActive(this.#execute, tableName, options) : description;
  }

  async #arn(tableName: string, options: RequestOptions): Promise<string> {
    if (tableName.startsWith("arn:")) return tableName;
    const { arn } = await this.describeTable(tableName, options);
    if (arn === undefined)
      throw new InvalidInput(
        `Table ${tableName} has no ARN at this endpoint, so it can't be tagged`,
      );
    return arn;
  }
}

function waits({ wait }: WaitOptions): boolean {
  return wait !== undefined && wait !== false;
}
