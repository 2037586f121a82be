import type * as z from "zod/v4/core";

export type Schema = z.$ZodType;

type Definition = z.$ZodTypes["_zod"]["def"];

/** What zod keeps of a schema or of a check. */
export function internalsOf<Internals>(schema: { readonly _zod: Internals }): Internals {
  // oxlint-disable-next-line no-underscore-dangle
  return schema._zod;
}

/** The definition of a schema, to be told apart by `type`. */
export function definitionOf(schema: Schema): Definition {
  return internalsOf(schema).def as Definition;
}

/** The checks that are not part of the type itself: lengths, bounds, patterns, refinements. */
export function checksOf(schema: Schema): readonly z.$ZodCheck[] {
  return definitionOf(schema).checks ?? [];
}

/** What stands inside a wrapper that holds the same values (nullable, default, lazy …); `undefined` for all else. */
export function innerOf(schema: Schema): Schema | undefined {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "catch":
    case "readonly":
    case "nonoptional":
      return definition.innerType;
    case "lazy":
      return internalsOf(schema as z.$ZodLazy).innerType;
    default:
      return undefined;
  }
}

/** Whether the application may hold no value here: `undefined`, or a member that is missing. */
export function mayBeAbsent(schema: Schema, depth = 0): boolean {
  if (depth > 32) return false;
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "optional":
      return true;
    case "nonoptional":
    case "default":
    case "prefault":
      return false;
    case "union":
      return definition.options.some((option) => mayBeAbsent(option, depth + 1));
    case "intersection":
      return mayBeAbsent(definition.left, depth + 1) && mayBeAbsent(definition.right, depth + 1);
    case "pipe":
      return mayBeAbsent(definition.in, depth + 1) && mayBeAbsent(definition.out, depth + 1);
    default: {
      const inner = innerOf(schema);
      return inner !== undefined && mayBeAbsent(inner, depth + 1);
    }
  }
}
