import { storesSet } from "./stored-types.ts";
import { acceptsUndefined, type Schema } from "./zod-types.ts";

const declared = new WeakMap<Schema, () => unknown>();

/** What a missing member of this schema stands for on the stored side; `undefined` where it is simply missing. */
export function absentValueOf(schema: Schema): (() => unknown) | undefined {
  const value = declared.get(schema);
  if (value !== undefined) return value;
  // An empty set can't be stored, so a missing one is an empty one.
  return storesSet(schema) && !acceptsUndefined(schema) ? () => new Set() : undefined;
}

/** Declares what a missing member of this schema stands for: for parts of schemas. */
export function withAbsentValue<S extends Schema>(schema: S, value: () => unknown): S {
  declared.set(schema, value);
  return schema;
}
