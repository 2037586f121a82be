import { withAbsentValue } from "./absent.ts";
import { optional } from "./partial.ts";
import { storesSet } from "./stored-types.ts";
import { acceptsUndefined, internalsOf, type Schema } from "./zod-types.ts";

/** A part of a schema. */
export interface Part {
  readonly schema: Schema;
  /** What stands for the part where nothing came back of it, as there was nothing to give. */
  readonly absent?: (() => unknown) | undefined;
  /** Whether it is right that nothing comes back of it. */
  readonly mayBeMissing?: boolean;
}

/** A part as the member of another: it may be missing, or something stands for it, or it is required. */
export function memberOf(part: Part, mayLack: boolean): Schema {
  if (mayLack || part.mayBeMissing === true) return orMissing(part.schema);
  return part.absent === undefined ? part.schema : withAbsentValue(part.schema, part.absent);
}

/** The schema, and `undefined`, unless something stands for what is missing. */
export function orMissing(schema: Schema): Schema {
  return mayBeLacking(schema) ? schema : optional(schema);
}

/** Whether a member of this schema may be missing. */
export function mayBeLacking(schema: Schema): boolean {
  return acceptsUndefined(schema) || internalsOf(schema).optin === "defaulted" || storesSet(schema);
}
