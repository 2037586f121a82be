/** Run by Vitest in a process of its own, from database-runners.test.ts: some of these tests fail on purpose. */
// oxlint-disable vitest/no-standalone-expect -- the linter knows no `test` but Vitest's own.
import { testWithDatabase } from "@fieldwise/testing/vitest";
import { expect } from "vitest";
import { Notes } from "./tables.ts";

const test = testWithDatabase({ notes: Notes });

test("has a database", async ({ db }) => {
  await db.notes.put({ id: "a" });
  expect(await db.notes.get({ id: "a" })).toEqual({ id: "a" });
});

test("fails on purpose", async ({ db }) => {
  await db.notes.put({ id: "a" });
  expect.fail("on purpose");
});

test("takes too long on purpose", { timeout: 1000 }, async ({ db }) => {
  await db.notes.put({ id: "a" });
  await new Promise(() => {});
});

const shared = testWithDatabase({ notes: Notes }, { per: "file" });

shared("writes", async ({ db }) => {
  await db.notes.put({ id: "shared" });
});
shared("sees what another test has written", async ({ db }) => {
  expect(await db.notes.get({ id: "shared" })).toEqual({ id: "shared" });
});
