import * as z from "zod";
import { expect, it } from "vitest";
import { and, not, or } from "./conditions.ts";
import { defineTable } from "./define-table.ts";

const { F } = defineTable({
  name: "t",
  schema: z.object({ id: z.string(), n: z.number(), note: z.string().optional() }),
  partitionKey: "id",
});
const few = F("n").lt(5);
const noted = F("note").exists();

it("puts conditions together, as functions and as methods", () => {
  expect(and(few, noted).debug()).toBe("n < 5 AND attribute_exists(note)");
  expect(few.and(noted).equals(and(few, noted))).toBe(true);
  expect(or(few, not(noted)).debug()).toBe("n < 5 OR NOT attribute_exists(note)");
  expect(few.or(not(noted)).equals(or(few, not(noted)))).toBe(true);
  expect(and(or(few, noted), not(or(few, noted))).debug()).toBe(
    "(n < 5 OR attribute_exists(note)) AND NOT (n < 5 OR attribute_exists(note))",
  );
  expect(and(few).debug()).toBe("n < 5");
});

it("refuses none", () => {
  expect(() => and()).toThrow(/and\(\)/);
  expect(() => or()).toThrow(/or\(\)/);
});
