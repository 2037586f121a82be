import { defineTable } from "@fieldwise/schema";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { arbitrary } from "./arbitrary.ts";
import { levelsWithin } from "./levels.ts";

const Filter = z.object({
  field: z.string().optional(),
  get and(): z.ZodOptional<z.ZodArray<typeof Filter>> {
    return z.array(Filter).optional();
  },
  get or(): z.ZodOptional<z.ZodArray<typeof Filter>> {
    return z.array(Filter).optional();
  },
  get not(): z.ZodOptional<typeof Filter> {
    return Filter.optional();
  },
});

const Chain = z.object({
  value: z.int(),
  get next(): z.ZodOptional<typeof Chain> {
    return Chain.optional();
  },
});

const textsOf = (held: z.ZodType): readonly string[] => {
  const schema = z.object({ id: z.string(), held });
  const table = defineTable({ name: "t", schema, partitionKey: "id" });
  return fc.sample(arbitrary(table), { seed: 1, numRuns: 100 }).map((item) => JSON.stringify(item));
};

describe("a schema that holds itself", () => {
  test("once has deep values", () => {
    expect(levelsWithin(Chain, 500)).toBeGreaterThan(24);
    const depths = textsOf(Chain).map((text) => text.split("next").length);
    expect(Math.max(...depths)).toBeGreaterThan(8);
  });

  test("several times has values that are no larger for it", () => {
    expect(levelsWithin(Filter, 500)).toBeLessThan(12);
    expect(Math.max(...textsOf(Filter).map(({ length }) => length))).toBeLessThan(50_000);
  });
});

test("a schema that does not hold itself has as many levels as it has", () => {
  expect(levelsWithin(z.object({ list: z.array(z.string()) }), 10)).toBe(Infinity);
});
