import {
  type Client,
  InvalidInput,
  isDynamoDBError,
  ResourceInUse,
  ResourceNotFound,
  RetryConfig,
  ValidationError,
} from "@fieldwise/core";
import { connect, type TableControl, type Tables } from "@fieldwise/schema";
import { isDeepStrictEqual } from "node:util";
import { setTimeout as delay } from "node:timers/promises";
import { TestDatabaseError } from "./test-database-error.ts";

/** The tables of one test database on the server. */
export interface TestTables {
  /** The names under which they are deployed, by the names that the test gives them. */
  readonly names: Readonly<Record<string, string>>;
  /** Makes all; where one fails, the others are deleted again. */
  create(): Promise<void>;
  /** Deletes all that were made. */
  delete(): Promise<void>;
}

/** What the tables are called on the server. */
export interface TableNaming {
  /** The name of a table, given the one in its definition. */
  readonly tableName: (name: string) => string;
  /** Whether no other table can have such a name. */
  readonly unique: boolean;
}

type NamedControl = readonly [table: string, control: TableControl];

// A server on this machine is done at once, AWS after some seconds.
const wait = RetryConfig.exponential({ base: 10, cap: 1000, timeLimit: 300_000 });
const patienceForChange = 60_000;
const pauseBetweenLooks = 250;

/** @throws InvalidInput where one is not what `defineTable` returned */
export function checkTables(tables: Tables): void {
  for (const [name, table] of Object.entries(tables)) {
    // A caller without types may give anything.
    const candidate = table as Partial<Tables[string]> | undefined;
    if (typeof candidate?.name !== "string" || candidate.definition === undefined) {
      throw new InvalidInput(`${name} is no table: give what defineTable returned`);
    }
  }
}

/**
 * Prepares the tables, without any request.
 *
 * @throws InvalidInput where two that differ are to have the same name
 */
export function prepareTables(
  client: Client,
  tables: Tables,
  { tableName, unique }: TableNaming,
): TestTables {
  const database = connect(client, tables, { tableName });
  const controls = Object.entries(database as Record<string, { table: TableControl }>)
    .filter(([table]) => Object.hasOwn(tables, table))
    .map(([table, operations]): NamedControl => [table, operations.table]);
  const distinct = distinctTables(controls, tables);
  const made = new Set<NamedControl>();

  const remove = (): Promise<void> =>
    eachTable([...made], "deleted", (control) => removeTable(client, control));
  return {
    names: Object.fromEntries(controls.map(([table, { name }]) => [table, name])),
    create: async () => {
      try {
        await eachTable(distinct, "made", async (control, named) => {
          // A table that is there already is someone's, whom a later deletion would cost dear.
          if (!unique && (await control.exists()))
            throw new InvalidInput("there is a table of this name");
          made.add(named);
          await control.create({ wait });
        });
      } catch (error) {
        // What went wrong first is what the caller needs to know.
        await remove().catch(() => undefined);
        throw error;
      }
    },
    delete: remove,
  };
}

/** Each table once: it may go by two names. */
function distinctTables(controls: readonly NamedControl[], tables: Tables): NamedControl[] {
  const known = new Map<string, NamedControl>();
  for (const named of controls) {
    const [table, { name }] = named;
    const other = known.get(name);
    if (other === undefined) known.set(name, named);
    else if (!isDeepStrictEqual(madeBy(tables[other[0]]), madeBy(tables[table]))) {
      throw new InvalidInput(
        `${other[0]} and ${table} are both deployed as ${name}, but differ in their keys, indexes or settings`,
      );
    }
  }
  return [...known.values()];
}

const madeBy = (table: Tables[string] | undefined): unknown => [table?.definition, table?.ttl];

/** Does something with all tables at the same time, and waits for all of them whatever happens. */
async function eachTable(
  controls: readonly NamedControl[],
  done: string,
  act: (control: TableControl, named: NamedControl) => Promise<void>,
): Promise<void> {
  const results = await Promise.allSettled(controls.map((named) => act(named[1], named)));
  for (const [place, result] of results.entries()) {
    if (result.status === "fulfilled") continue;
    const [table, { name }] = controls[place] as NamedControl;
    const cause: unknown = result.reason;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TestDatabaseError(table, `(${name}) could not be ${done}: ${reason}`, { cause });
  }
}

async function removeTable(client: Client, control: TableControl): Promise<void> {
  const deadline = Date.now() + patienceForChange;
  let unprotected = false;
  for (;;) {
    try {
      return await control.delete({ wait });
    } catch (error) {
      if (isDynamoDBError(error, ResourceNotFound)) return;
      if (isDynamoDBError(error, ValidationError) && !unprotected) {
        unprotected = true;
        await client.updateTable(control.name, { deletionProtection: false }, { wait });
      } else if (isDynamoDBError(error, ResourceInUse) && Date.now() < deadline) {
        // It is still being made or changed.
        await delay(pauseBetweenLooks);
      } else {
        throw error;
      }
    }
  }
}
