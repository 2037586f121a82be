import type { Database, Tables } from "@fieldwise/schema";
import nodeTest, { after, type TestContext, type TestOptions } from "node:test";
import {
  createTestDatabase,
  type TestDatabase,
  type TestDatabaseOptions,
} from "../database/test-database.ts";

/** Options of `testWithDatabase`. */
export interface TestWithDatabaseOptions extends TestDatabaseOptions {
  /**
   * Whether each test has tables of its own (default), or those of a file share them: those of a suite, where
   * `testWithDatabase` is called within `describe`.
   */
  readonly per?: "test" | "file" | undefined;
}

/** What a test with a database gets. */
export interface DatabaseTestContext<Names extends Tables> {
  /** The tables, as `connect` gives them. */
  readonly db: Database<Names>;
  /** All about the database: its client, the names of its tables, its endpoint. */
  readonly database: TestDatabase<Names>;
  /** What node:test gives every test: subtests, hooks, mocks, diagnostics. */
  readonly t: TestContext;
}

/** The body of a test with a database. */
export type DatabaseTestBody<Names extends Tables> = (
  context: DatabaseTestContext<Names>,
) => unknown;

/** Defines a test with a database; the options are those of `node:test`. */
export interface DatabaseTestFunction<Names extends Tables> {
  (name: string, body?: DatabaseTestBody<Names>): Promise<void>;
  (name: string, options: TestOptions, body?: DatabaseTestBody<Names>): Promise<void>;
}

/** `test` of `node:test`, with a database. */
export interface DatabaseTest<Names extends Tables> extends DatabaseTestFunction<Names> {
  readonly only: DatabaseTestFunction<Names>;
  readonly skip: DatabaseTestFunction<Names>;
  readonly todo: DatabaseTestFunction<Names>;
}

type NodeTest = (
  name: string,
  options: TestOptions,
  body?: (t: TestContext) => Promise<void>,
) => Promise<void>;

/**
 * `test` of `node:test`, with a database: the tables are made before a test's body and deleted after it, also where it fails.
 *
 * @param tables - What `defineTable` returned, by the names that the tests use.
 * @example
 * const test = testWithDatabase({ orders: Orders });
 *
 * test("an order is stored", async ({ db }) => {
 *   await db.orders.put(order);
 *   assert.deepEqual(await db.orders.get(Orders.keyOf(order)), order);
 * });
 */
export function testWithDatabase<const Names extends Tables>(
  tables: Names,
  options: TestWithDatabaseOptions = {},
): DatabaseTest<Names> {
  const { per = "test", ...databaseOptions } = options;
  const create = (): Promise<TestDatabase<Names>> => createTestDatabase(tables, databaseOptions);
  const around = per === "file" ? oneForAll(create) : oneForEach(create);
  const withDatabase =
    (define: NodeTest): DatabaseTestFunction<Names> =>
    (
      name: string,
      given?: TestOptions | DatabaseTestBody<Names>,
      last?: DatabaseTestBody<Names>,
    ): Promise<void> => {
      const [testOptions, body] = typeof given === "function" ? [{}, given] : [given ?? {}, last];
      if (body === undefined) return define(name, testOptions);
      return define(name, testOptions, (t) =>
        around(t, async (database) => void (await body({ db: database.db, database, t }))),
      );
    };
  return Object.assign(withDatabase(nodeTest), {
    only: withDatabase(nodeTest.only),
    skip: withDatabase(nodeTest.skip),
    todo: withDatabase(nodeTest.todo),
  });
}

/** Runs a test's body with a database. */
type Around<Names extends Tables> = (
  t: TestContext,
  body: (database: TestDatabase<Names>) => Promise<void>,
) => Promise<void>;

function oneForEach<Names extends Tables>(
  create: () => Promise<TestDatabase<Names>>,
): Around<Names> {
  return async (t, body) => {
    const database = await create();
    // The body of a test that is out of time may never end.
    const abandon = (): void => void database.stop().catch(() => undefined);
    if (t.signal.aborted) return abandon();
    t.signal.addEventListener("abort", abandon);
    try {
      await body(database);
    } finally {
      // Hooks run in the order of their making, and those that the body made may need the database.
      t.after(() => database.stop());
    }
  };
}

/** The first test that runs makes the database. */
function oneForAll<Names extends Tables>(
  create: () => Promise<TestDatabase<Names>>,
): Around<Names> {
  let database: Promise<TestDatabase<Names>> | undefined;
  after(async () => {
    // Where it could not be made, the tests that asked for it have said so.
    const made = await database?.catch(() => undefined);
    await made?.stop();
  });
  return async (_, body) => body(await (database ??= create()));
}
