// oxlint-disable vitest/no-standalone-expect -- the linter knows no `test` but Vitest's own.
import { defineTable } from "@fieldwise/schema";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { createTestDatabase, type TestDatabase } from "../database/test-database.ts";
import { testWithDatabase } from "./index.ts";

vi.mock("../database/test-database.ts", { spy: true });

const Notes = defineTable({
  name: "notes",
  schema: z.object({ id: z.string(), text: z.string().optional() }),
  partitionKey: "id",
});
const made = vi.mocked(createTestDatabase);
const isThere = (database: TestDatabase<{ readonly notes: typeof Notes }>): Promise<boolean> =>
  createTestDatabase({}).then(({ client }) => client.tableExists(database.tableNames.notes));

describe("a database for each test", () => {
  const test = testWithDatabase({ notes: Notes });
  const seen: TestDatabase<{ readonly notes: typeof Notes }>[] = [];
  beforeAll(() => void made.mockClear());

  test("is not made where none is asked for", ({ expect: own }) => {
    own(made).not.toHaveBeenCalled();
  });
  test("is empty at first", async ({ db, database }) => {
    expect(made).toHaveBeenCalledOnce();
    expect(database.db).toBe(db);
    await db.notes.put({ id: "a" });
    expect(await isThere(database)).toBe(true);
    seen.push(database);
  });
  test("is another one for the next test, and the last one is gone", async ({ db, database }) => {
    expect(await db.notes.get({ id: "a" })).toBeUndefined();
    expect(database.endpoint).toBe(seen[0]?.endpoint);
    expect(await isThere(seen[0]!)).toBe(false);
  });
  test.concurrent.for(["a", "b", "c", "d", "e", "f"])(
    "is each test's own: %s",
    async (id, { db }) => {
      await db.notes.put({ id });
      expect(await db.notes.scan().toArray()).toEqual([{ id }]);
    },
  );
  test.fails("is there in a test that fails", async ({ db, database }) => {
    await db.notes.put({ id: "a" });
    seen.push(database);
    expect.fail("on purpose");
  });
  it("is gone after a test that failed", async () => {
    expect(seen).toHaveLength(2);
    expect(await isThere(seen[1]!)).toBe(false);
  });

  const extended = test.extend<{ note: { id: string } }>({
    note: async ({ db }, use) => {
      const note = { id: "from a fixture" };
      await db.notes.put(note);
      await use(note);
      // The database goes after what depends on it.
      await db.notes.delete(note);
    },
  });
  extended("serves fixtures of one's own", async ({ note, db }) => {
    expect(await db.notes.get(note)).toEqual(note);
  });
});

const testOfFile = testWithDatabase({ notes: Notes }, { per: "file" });

describe("a database for a file", () => {
  let before: number;
  beforeAll(() => void (before = made.mock.calls.length));

  testOfFile("is written to by one test", async ({ db }) => {
    await db.notes.put({ id: "a" });
  });
  testOfFile("and read by another", async ({ db }) => {
    expect(await db.notes.get({ id: "a" })).toEqual({ id: "a" });
  });
  afterAll(() => expect(made.mock.calls.length - before).toBe(1));
});

describe("a server of one's own", () => {
  const test = testWithDatabase(
    { notes: Notes },
    { server: "own", client: { requestTimeout: 5000 } },
  );
  let endpoint: string;

  test("is another than the shared one", async ({ database }) => {
    ({ endpoint } = database);
    await using shared = await createTestDatabase({});
    expect(endpoint).not.toBe(shared.endpoint);
  });
  it("ends with the test", () => expect(fetch(endpoint)).rejects.toThrow("fetch failed"));
});
