import { type AttributeMap, marshall, type NativeAttributeMap } from "@fieldwise/core";
import fc from "fast-check";
import { deepStrictEqual } from "node:assert/strict";
import { expect, test } from "vitest";
import { tables } from "../../test-support/schema-arbitrary.ts";
import { compileSchema } from "./compile-schema.ts";

function wireOf(item: NativeAttributeMap): AttributeMap {
  return JSON.parse(JSON.stringify(marshall(item))) as AttributeMap;
}

test("any item put and read back is the same", () => {
  fc.assert(
    fc.property(tables, ({ schema, item }) => {
      const codec = compileSchema("t", schema, { keyAttributes: [] });
      const wire = wireOf(codec.encodeItem(item));
      deepStrictEqual(codec.decodeItem(wire), { ok: true, item });
    }),
    { numRuns: Number(process.env["RUNS"] ?? 300) },
  );
});
