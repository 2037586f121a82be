import type { NativeAttributeValue } from "@fieldwise/core";
import type * as z from "zod/v4/core";
import { internalsOf, definitionOf, innerOf, type Schema } from "./zod-types.ts";

/**
 * What `.trim()`, `.toLowerCase()` and their like make of a string on its way to the table. They are checks to zod, which
 * an operand is not held to; yet an operand that was not changed as the stored strings were would match none.
 */
export function overwrite(schema: Schema, value: NativeAttributeValue): NativeAttributeValue {
  if (typeof value !== "string") return value;
  let text: string = value;
  for (const check of checksOf(schema, 0)) {
    const definition = internalsOf(check).def as z.$ZodCheckOverwriteDef;
    if (definition.check !== "overwrite") continue;
    const changed: unknown = definition.tx(text);
    if (typeof changed === "string") text = changed;
  }
  return text;
}

function checksOf(schema: Schema, depth: number): readonly z.$ZodCheck[] {
  if (depth > 32) return [];
  const definition = definitionOf(schema);
  const own = (definition.checks ?? []) as readonly z.$ZodCheck[];
  // The checks of a codec itself see what the application holds.
  if (definition.type === "pipe") return checksOf(definition.in, depth + 1);
  const inner = innerOf(schema);
  return inner === undefined ? own : [...checksOf(inner, depth + 1), ...own];
}
