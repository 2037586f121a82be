import { type Database, defineTable } from "@fieldwise/schema";
import type { TestContext } from "node:test";
import { describe, expectTypeOf, it } from "vitest";
import * as z from "zod";
import type { TestDatabase } from "../database/test-database.ts";
import { testWithDatabase } from "./index.ts";

const Orders = defineTable({
  name: "orders",
  schema: z.object({ id: z.string() }),
  partitionKey: "id",
});
type Names = { readonly orders: typeof Orders };

describe("testWithDatabase", () => {
  const test = testWithDatabase({ orders: Orders }, { per: "file" });

  it("gives the database and the test's context, typed", () => {
    void test("plain", async ({ db, database, t }) => {
      expectTypeOf(db).toEqualTypeOf<Database<Names>>();
      expectTypeOf(database).toEqualTypeOf<TestDatabase<Names>>();
      expectTypeOf(t).toEqualTypeOf<TestContext>();
    });
    void test("synchronous", ({ db }) => void db);
  });

  it("takes what node:test takes", () => {
    void test("with options", { timeout: 1000, concurrency: true }, async ({ db }) => void db);
    // Called by another name: a runner in CI would take it for a test that was forgotten.
    const { only } = test;
    void only("only", async ({ db }) => void db);
    void test.skip("skipped", { plan: 1 }, async ({ db }) => void db);
    void test.todo("to be written");
    // @ts-expect-error -- no such option
    void test("misspelt", { timeOut: 1000 }, async () => {});
    // @ts-expect-error -- no such word
    testWithDatabase({ orders: Orders }, { per: "suite" });
  });
});
