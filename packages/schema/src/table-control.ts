import {
  type Client,
  InvalidInput,
  type RequestOptions,
  type Table,
  type TableDefinition,
  type TableDescription,
  type TimeToLiveDescription,
  type WaitOptions,
} from "@fieldwise/core";
import type { DefinedTable } from "./define-table.ts";
import type { TableDifference } from "./diff.ts";
import type { TableTypes } from "./types/table-types.ts";

/** How a deployed table differs from its schema. */
export interface TableDiff {
  /** Empty where they agree. */
  readonly differences: readonly TableDifference[];
  /** The same for a person to read: a line for each. */
  readonly text: string;
}

/** The table itself, as its schema defines it: to create, describe, compare and delete it. */
export class TableControl {
  /** What CreateTable is given, derived from the schema. */
  readonly definition: TableDefinition;
  readonly name: string;
  readonly #table: Table;
  readonly #timeToLive: string | undefined;

  /** @internal */
  constructor(client: Client, table: DefinedTable<TableTypes>) {
    this.definition = table.definition;
    this.name = table.name;
    this.#table = client.table(table.name);
    this.#timeToLive = table.ttl;
  }

  /**
   * Creates the table. CreateTable; and UpdateTimeToLive, once the table is active, where the schema has a `ttl`: then it
   * waits for that in any case.
   *
   * @throws ResourceInUse where there is one of this name.
   */
  async create(options: WaitOptions = {}): Promise<TableDescription> {
    // UpdateTimeToLive is refused while the table is being made.
    const wait = this.#timeToLive === undefined ? options.wait : options.wait || true;
    const description = await this.#table.create(this.definition, { ...options, wait });
    if (this.#timeToLive !== undefined) {
      const { wait: _, ...request } = options;
      await this.#table.enableTimeToLive(this.#timeToLive, request);
    }
    return description;
  }

  /** Whether there is a table of this name. DescribeTable. */
  exists(options?: RequestOptions): Promise<boolean> {
    return this.#table.exists(options);
  }

  /** The table as it is deployed. DescribeTable. @throws ResourceNotFound where there is none. */
  describe(options?: RequestOptions): Promise<TableDescription> {
    return this.#table.describe(options);
  }

  /** Deletes the table and all its items. DeleteTable. */
  delete(options?: WaitOptions): Promise<void> {
    return this.#table.deleteTable(options);
  }

  /** Has DynamoDB delete items by the attribute that the schema names as `ttl`. UpdateTimeToLive. */
  async enableTimeToLive(options?: WaitOptions): Promise<void> {
    return this.#table.enableTimeToLive(this.#ttl(), options);
  }

  /** Ends the deletion of items by age. UpdateTimeToLive. */
  async disableTimeToLive(options?: WaitOptions): Promise<void> {
    return this.#table.disableTimeToLive(this.#ttl(), options);
  }

  /** Whether items are deleted by age, and by which attribute. DescribeTimeToLive. */
  describeTimeToLive(options?: RequestOptions): Promise<TimeToLiveDescription> {
    return this.#table.describeTimeToLive(options);
  }

  /**
   * What the deployed table has that the schema does not say, and the other way round: keys, indexes, projections, time to
   * live, billing, stream and protection. DescribeTable and DescribeTimeToLive.
   *
   * @returns the differences as data, none where they agree, and as readable text.
   * @throws ResourceNotFound where there is no table.
   */
  async diff(options?: RequestOptions): Promise<TableDiff> {
    const [deployed, timeToLive] = await Promise.all([
      this.describe(options),
      this.describeTimeToLive(options),
    ]);
    const { compareTable, describeDifferences } = await import("./diff.ts");
    const differences = compareTable(this.definition, this.#timeToLive, deployed, timeToLive);
    return { differences, text: describeDifferences(this.name, differences) };
  }

  #ttl(): string {
    if (this.#timeToLive !== undefined) return this.#timeToLive;
    throw new InvalidInput(`The schema of table ${this.name} names no ttl attribute`);
  }
}
