import type { Database, Tables } from "@fieldwise/schema";
import { test, type TestAPI } from "vitest";
import {
  createTestDatabase,
  type TestDatabase,
  type TestDatabaseOptions,
} from "../database/test-database.ts";

/** Options of `testWithDatabase`. */
export interface TestWithDatabaseOptions extends TestDatabaseOptions {
  /**
   * Whether each test has tables of its own (default), or those of a file share them: then call `testWithDatabase` at the top
   * level of the file, not in a `describe`.
   */
  readonly per?: "test" | "file" | undefined;
}

/** What a test with a database gets beside what Vitest gives. */
export interface DatabaseFixtures<Names extends Tables> {
  /** The tables, as `connect` gives them. */
  readonly db: Database<Names>;
  /** All about the database: its client, the names of its tables, its endpoint. */
  readonly database: TestDatabase<Names>;
}

/**
 * Vitest's `test`, with a database for those tests that ask for `db` or `database`: the tables are made before the test and
 * deleted after it. It is an extended `test`: `test.concurrent`, `test.each`, `test.extend` and all else are there.
 *
 * @param tables - What `defineTable` returned, by the names that the tests use.
 * @example
 * const test = testWithDatabase({ orders: Orders });
 *
 * test("an order is stored", async ({ db }) => {
 *   await db.orders.put(order);
 *   expect(await db.orders.get(Orders.keyOf(order))).toEqual(order);
 * });
 */
export function testWithDatabase<const Names extends Tables>(
  tables: Names,
  options: TestWithDatabaseOptions = {},
): TestAPI<DatabaseFixtures<Names>> {
  const { per = "test", ...databaseOptions } = options;
  return test.extend<DatabaseFixtures<Names>>({
    database: [
      // Vitest reads from the parameter which fixtures this one needs.
      // oxlint-disable-next-line no-empty-pattern
      async ({}, use) => {
        const database = await createTestDatabase(tables, databaseOptions);
        await use(database);
        await database.stop();
      },
      { scope: per },
    ],
    db: [({ database }, use) => use(database.db), { scope: per }],
  });
}
