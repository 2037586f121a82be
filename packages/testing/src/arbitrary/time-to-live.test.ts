import { defineTable, epochSeconds } from "@fieldwise/schema";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod";
import { fixtures } from "../fixtures/fixtures.ts";
import { arbitrary } from "./arbitrary.ts";
import { arbitraryUpdate } from "./update.ts";

const lastsUntil = (expires: z.ZodType) =>
  defineTable({
    name: "sessions",
    schema: z.object({ id: z.string(), expires, from: epochSeconds() }) as never,
    partitionKey: "id" as never,
    ttl: "expires" as never,
  });
const in2090s = [Date.UTC(2090, 0, 1), Date.UTC(2100, 0, 1)] as const;

test.each<readonly [string, z.ZodType, (value: unknown) => number]>([
  ["a date", epochSeconds(), (value) => (value as Date).getTime()],
  ["seconds", z.int(), (value) => Number(value) * 1000],
  ["a bigint", z.bigint().optional(), (value) => Number(value ?? 3_800_000_000n) * 1000],
])("no item expires in the middle of a test: %s", (_, schema, timeOf) => {
  const table = lastsUntil(schema);
  const lasts = (item: unknown): void => {
    const time = timeOf((item as { readonly expires: unknown }).expires);
    expect(time).toBeGreaterThanOrEqual(in2090s[0]);
    expect(time).toBeLessThan(in2090s[1]);
  };
  for (const item of fixtures(table, { seed: 7 }).many(20)) lasts(item);
  fc.assert(fc.property(arbitrary(table), lasts), { numRuns: 50 });
});

test("no update makes an item expire", () => {
  const Sessions = defineTable({
    name: "sessions",
    schema: z.object({ id: z.string(), expires: epochSeconds(), user: z.string() }),
    partitionKey: "id",
    ttl: "expires",
  });
  fc.assert(
    fc.property(arbitraryUpdate(Sessions), (actions) => {
      for (const action of actions) expect(action.debug()).toMatch(/^(SET|REMOVE) user/);
    }),
  );
});

test("a schema that asks for the past gets it", () => {
  const table = lastsUntil(z.int().max(1_000_000));
  const item = fixtures(table, { seed: 7 }).one() as { readonly expires: number };
  expect(item.expires).toBeLessThanOrEqual(1_000_000);
});
