import { marshall } from "@fieldwise/core";
import { defineTable } from "@fieldwise/schema";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod";
import { type DrawnTable, tables } from "../../../schema/test-support/schema-arbitrary.ts";
import { arbitrary } from "./arbitrary.ts";

test("items of any schema are stored, and come back as they were", { timeout: 60_000 }, () => {
  const law: fc.IPropertyWithHooks<[DrawnTable<z.ZodType>, number]> = fc.property(
    tables,
    fc.integer(),
    ({ schema }, seed) => {
      const table = defineTable({
        name: "drawn",
        schema: z.object({ id: z.string(), drawn: schema }),
        partitionKey: "id",
      });
      for (const item of fc.sample(arbitrary(table), { seed, numRuns: 8 })) {
        const wire = marshall(table.codec.encodeItem(item));
        expect(table.codec.decodeItem(wire)).toEqual({ ok: true, item });
      }
    },
  );
  fc.assert(law, { numRuns: 60 });
});
