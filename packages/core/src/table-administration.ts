import * as administration from "./administer-tables.ts";
import type { Execute } from "./execute.ts";
import type { RequestOptions } from "./operations/options.ts";
import type { TableDefinition } from "./operations/table-definition.ts";
import type { TableDescription } from "./operations/table-description.ts";
import type { TableChanges } from "./operations/tables.ts";
import type { Tags } from "./operations/tags.ts";
import type { TimeToLiveDescription } from "./operations/time-to-live.ts";
import type { WaitOptions } from "./waiters.ts";

/** The methods of `Client` for tables themselves: making, changing and describing them. */
export abstract class TableAdministration {
  readonly #execute: Execute;

  /** @internal */
  constructor(execute: Execute) {
    this.#execute = execute;
  }

  /** Whether there is a table of this name, in whatever state. DescribeTable. */
  async tableExists(tableName: string, options: RequestOptions = {}): Promise<boolean> {
    return administration.tableExists(this.#execute, tableName, options);
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
    return administration.createTable(this.#execute, tableName, definition, options);
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
    return administration.updateTable(this.#execute, tableName, changes, options);
  }

  /** Describes a table. DescribeTable. @throws ResourceNotFound where there is none. */
  async describeTable(tableName: string, options: RequestOptions = {}): Promise<TableDescription> {
    return administration.describeTable(this.#execute, tableName, options);
  }

  /**
   * Deletes a table and all its items; with `wait` until it is gone. DeleteTable.
   *
   * @throws ResourceNotFound where there is none; ResourceInUse while it is being made or changed; ValidationError where it
   * is protected; WaitTimedOut where it is not gone in time.
   */
  async deleteTable(tableName: string, options: WaitOptions = {}): Promise<void> {
    return administration.deleteTable(this.#execute, tableName, options);
  }

  /** The names of the tables, in alphabetical order. ListTables. @example for await (const name of client.listTables()) … */
  async *listTables(
    options: RequestOptions & { readonly pageSize?: number | undefined } = {},
  ): AsyncGenerator<string, void> {
    yield* administration.listTables(this.#execute, options);
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
    return administration.enableTimeToLive(this.#execute, tableName, attribute, options);
  }

  /** Ends the deletion of items by age. UpdateTimeToLive. @throws ValidationError where it is off already. */
  async disableTimeToLive(
    tableName: string,
    attribute: string,
    options: WaitOptions = {},
  ): Promise<void> {
    return administration.disableTimeToLive(this.#execute, tableName, attribute, options);
  }

  /** Whether items are deleted by age, and by which attribute. DescribeTimeToLive. */
  async describeTimeToLive(
    tableName: string,
    options: RequestOptions = {},
  ): Promise<TimeToLiveDescription> {
    return administration.describeTimeToLive(this.#execute, tableName, options);
  }

  /** Adds tags to a table, or changes their values. DescribeTable for the table's ARN, and TagResource. */
  async tagTable(tableName: string, tags: Tags, options: RequestOptions = {}): Promise<void> {
    return administration.tagTable(this.#execute, tableName, tags, options);
  }

  /** Removes tags of a table by their keys. DescribeTable for the table's ARN, and UntagResource. */
  async untagTable(
    tableName: string,
    keys: readonly string[],
    options: RequestOptions = {},
  ): Promise<void> {
    return administration.untagTable(this.#execute, tableName, keys, options);
  }

  /** The tags of a table. DescribeTable for the table's ARN, and ListTagsOfResource. */
  async listTags(tableName: string, options: RequestOptions = {}): Promise<Tags> {
    return administration.listTags(this.#execute, tableName, options);
  }
}
