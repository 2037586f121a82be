import { type AttributeType, InvalidInput } from "@fieldwise/core";
import { definitionOf, type Schema } from "./zod-types.ts";

/** How a number comes back from the table: as `number`, as `bigint`, or as core's `NumberValue`. */
export type NumberKind = "number" | "bigint" | "decimal";

/** What a custom schema was declared to be stored as. */
export interface StoredAs {
  readonly type: AttributeType;
  readonly numbers: NumberKind;
}

// By the function that checks: it stays the same when zod clones the schema to add a check or a description.
const declared = new WeakMap<object, StoredAs>();

/**
 * Declares how values of a `z.custom()` or `z.instanceof()` schema are stored. Zod does not know, and without it the
 * schema can be no key and no member of a set.
 *
 * @param type - The one type of attribute value that all its values are.
 * @param numbers - How numbers are read where the type is `N`; `decimal` gives core's `NumberValue`.
 * @returns The same schema.
 * @throws InvalidInput where it is another one, such as `z.custom().optional()`: only `storedAs(z.custom(), …).optional()` tells.
 *
 * @example
 * const thumbnail = storedAs(z.instanceof(Uint8Array), "B"); // not Buffer: binary is read as Uint8Array
 */
export function storedAs<S extends Schema>(
  schema: S,
  type: AttributeType,
  numbers: NumberKind = "number",
): S {
  const definition = definitionOf(schema);
  if (definition.type !== "custom") {
    throw new InvalidInput(
      `storedAs() takes a z.custom() or z.instanceof(), not z.${definition.type}(): what stands around it goes around storedAs()`,
    );
  }
  declared.set(definition.fn, { type, numbers });
  return schema;
}

/** What `storedAs` declared of the schema. */
export function declaredStorage(schema: Schema): StoredAs | undefined {
  const definition = definitionOf(schema);
  return definition.type === "custom" ? declared.get(definition.fn) : undefined;
}
