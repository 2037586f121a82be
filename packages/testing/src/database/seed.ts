import { type BatchOptions, InvalidInput } from "@fieldwise/core";
import type { Database, InferItem, Tables } from "@fieldwise/schema";
import type { FixtureOptions } from "../fixtures/fixtures.ts";
import type { FixtureOverrides } from "../fixtures/overrides.ts";
import { type AnyOperations, seedMakerOf, type Wanted } from "./seed-maker.ts";
import { TestDatabaseError } from "./test-database-error.ts";

/** What is to be in the tables: how many items, or what each of them is to have. */
export type SeedPlan<Names extends Tables> = {
  readonly [Name in keyof Names]?:
    | number
    | readonly FixtureOverrides<InferItem<Names[Name]>>[]
    | undefined;
};

/** Options of `seed`. */
export interface SeedOptions<Names extends Tables> extends Pick<
  BatchOptions,
  "signal" | "unprocessedRetry"
> {
  /** A whole number: the same one gives the same items on every machine. Without one it is 0. */
  readonly seed?: number | undefined;
  /** How the items of a table are made, as the option `values` of `fixtures`. */
  readonly values?:
    | { readonly [Name in keyof Names]?: FixtureOptions<InferItem<Names[Name]>>["values"] }
    | undefined;
}

/** The items that were written, by the names of the tables; for a list of overrides as many as it has. */
export type Seeded<Names extends Tables, Plan> = {
  readonly [Name in keyof Plan & keyof Names]: SeededItems<InferItem<Names[Name]>, Plan[Name]>;
};

type SeededItems<Item, Asked> = Asked extends readonly unknown[]
  ? { -readonly [Place in keyof Asked]: Item }
  : Item[];

/** Refuses a misspelt table or attribute: that the type of the plan is inferred would let it pass. */
type NoOtherNames<Names extends Tables, Plan> = {
  readonly [Name in keyof Plan]: Name extends keyof Names
    ? NoOtherAttributes<InferItem<Names[Name]>, Plan[Name]>
    : never;
};

type NoOtherAttributes<Item, Asked> = Asked extends readonly unknown[]
  ? { readonly [Place in keyof Asked]: OnlyAttributesOf<Item, Asked[Place]> }
  : unknown;

type OnlyAttributesOf<Item, Overrides> = {
  readonly [Name in Exclude<keyof Overrides, Item extends unknown ? keyof Item : never>]: never;
};

/**
 * Makes fixtures, writes them in batches, and returns them as the application holds them. BatchWriteItem. What is called
 * again with the same `db` goes on where it was: nothing that it made before is overwritten.
 *
 * @param plan - For each table how many items, or a list that says what each item is to have; the rest is made up.
 * @throws FixtureError where the overrides don't fit the schema, or no item is found that does; TestDatabaseError where
 * DynamoDB left items unprocessed; InvalidInput where there is no such table. But for the second, nothing was written then.
 * @example
 * const { orders, stock } = await seed(db, { orders: 50, stock: [{ sku: "A-1" }, {}] });
 */
export async function seed<Names extends Tables, const Plan extends SeedPlan<Names>>(
  db: Database<Names>,
  plan: Plan & NoOtherNames<Names, Plan>,
  options: SeedOptions<Names> = {},
): Promise<Seeded<Names, Plan>> {
  const { seed: seedNumber, values, ...batchOptions } = options;
  const asked = Object.entries<unknown>(plan).filter(([, wanted]) => wanted !== undefined);
  const made = asked.map(([name, wanted]) => {
    const table = tableOf(db, name);
    const overrides = overridesOf(name, wanted);
    const items = seedMakerOf(table).make(overrides, seedNumber, values?.[name]);
    return { name, table, items };
  });
  const written = await Promise.allSettled(made.map((part) => write(part, batchOptions)));
  for (const outcome of written) {
    if (outcome.status === "rejected") throw outcome.reason;
  }
  return Object.fromEntries(made.map(({ name, items }) => [name, items])) as Seeded<Names, Plan>;
}

// From here on without types: what the compiler knows of the tables ends at the function above.

function tableOf(db: object, name: string): AnyOperations {
  const operations = Object.hasOwn(db, name)
    ? (db as Readonly<Record<string, AnyOperations>>)[name]
    : undefined;
  if (operations?.definedTable !== undefined) return operations;
  const names = Object.entries<Partial<AnyOperations>>(db as never)
    .filter(([, { definedTable }]) => definedTable !== undefined)
    .map(([connected]) => connected);
  throw new InvalidInput(`No table was connected as ${name}, only ${names.join(", ")}`);
}

function overridesOf(name: string, wanted: unknown): readonly Wanted[] {
  if (Array.isArray(wanted)) return wanted as Wanted[];
  if (Number.isSafeInteger(wanted) && (wanted as number) >= 0) {
    return Array.from({ length: wanted as number }, () => undefined);
  }
  throw new InvalidInput(`${name}: give how many items, or a list of what each is to have`);
}

interface Made {
  readonly name: string;
  readonly table: AnyOperations;
  readonly items: readonly object[];
}

async function write({ name, table, items }: Made, options: BatchOptions): Promise<void> {
  const { put } = await table.batchWrite({ put: items as never }, options);
  if (put.length === 0) return;
  throw new TestDatabaseError(
    name,
    `could not be filled: DynamoDB left ${put.length} of ${items.length} items unprocessed until the time was up`,
  );
}
