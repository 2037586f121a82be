// oxlint-disable typescript/no-floating-promises -- Node waits for tests by itself.
/** Run by Node's own test runner, from database-runners.test.ts: some of these tests fail on purpose. */
import { testWithDatabase } from "@fieldwise/testing/node-test";
import assert from "node:assert/strict";
import { describe } from "node:test";
import { Notes } from "./tables.ts";

const test = testWithDatabase({ notes: Notes });

test("has a database", async ({ db, t }) => {
  await db.notes.put({ id: "a" });
  assert.deepEqual(await db.notes.get({ id: "a" }), { id: "a" });
  await t.test("which a subtest may use", async () => {
    assert.equal(await db.notes.scanCount(), 1);
  });
  // Fails the test where the database is gone before it.
  t.after(async () => assert.equal(await db.notes.scanCount(), 1));
});

test("has a database of its own", { timeout: 20_000 }, async ({ db, database }) => {
  assert.equal(await db.notes.scanCount(), 0);
  assert.match(database.tableNames.notes, /^test-\w+-notes$/);
});

test("fails on purpose", async ({ db }) => {
  await db.notes.put({ id: "a" });
  assert.fail("on purpose");
});

test("takes too long on purpose", { timeout: 1000 }, async ({ db }) => {
  await db.notes.put({ id: "a" });
  // Something must go on, or Node ends the test for another reason.
  await new Promise((resolve) => setTimeout(resolve, 3000));
});

test.skip("is skipped", () => assert.fail("ran"));
test.todo("is to be written");

const shared = testWithDatabase({ notes: Notes }, { per: "file" });

shared("writes", ({ db }) => db.notes.put({ id: "shared" }));
shared("sees what another test has written", async ({ db }) => {
  assert.deepEqual(await db.notes.get({ id: "shared" }), { id: "shared" });
});

describe("a suite", () => {
  const inSuite = testWithDatabase({ notes: Notes }, { per: "file" });
  inSuite("has one of its own", async ({ db }) => assert.equal(await db.notes.scanCount(), 0));
});

const unused = testWithDatabase({ notes: Notes }, { per: "file" });
unused.skip("makes none", () => assert.fail("ran"));
