import { $ZodIntersection, $ZodPipe, $ZodUnion } from "zod/v4/core";
import type * as z from "zod/v4/core";

export type Schema = z.$ZodType;

type Definition = z.$ZodTypes["_zod"]["def"];

/** What zod keeps of a schema or of a check. */
export function internalsOf<Internals>(schema: { readonly _zod: Internals }): Internals {
  // oxlint-disable-next-line no-underscore-dangle
  return schema._zod;
}

/** Whether it is a schema of zod 4: a caller without types may give one of zod 3, or anything. */
export function isSchema(value: unknown): value is Schema {
  // oxlint-disable-next-line no-underscore-dangle
  return (value as Partial<Schema> | null | undefined)?._zod !== undefined;
}

/** The definition of a schema, to be told apart by `type`. */
export function definitionOf(schema: Schema): Definition {
  return internalsOf(schema).def as Definition;
}

/** What stands inside a wrapper that stores the same (optional, nullable, default, lazy …); `undefined` for all else. */
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

/** What a wrapper or a codec stores; a schema that is neither stands for itself, and so does a lazy one. */
export function storedSchema(schema: Schema): Schema {
  const definition = definitionOf(schema);
  if (definition.type === "pipe") return definition.in;
  return definition.type === "lazy" ? schema : (innerOf(schema) ?? schema);
}

/** The schemas of which a schema is made: of its members, elements, options, sides. Keys have none. */
export function partsOf(schema: Schema): readonly Schema[] {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "object": {
      const { shape, catchall } = definition;
      return [...Object.values(shape), ...(catchall === undefined ? [] : [catchall])];
    }
    case "array":
      return [definition.element];
    case "tuple":
      return [...definition.items, ...(definition.rest === null ? [] : [definition.rest])];
    case "record":
    case "map":
    case "set":
      return [definition.valueType];
    case "union":
      return definition.options;
    case "intersection":
      return [definition.left, definition.right];
    case "pipe":
      return [definition.in, definition.out];
    default: {
      const inner = innerOf(schema);
      return inner === undefined ? [] : [inner];
    }
  }
}

/** What an object takes for members that it does not name; `undefined` where it takes none. */
export function othersOf({ catchall }: z.$ZodObjectDef): Schema | undefined {
  return catchall === undefined || definitionOf(catchall).type === "never" ? undefined : catchall;
}

/** Whether the schema is a codec: a pipe that transforms. */
export function isCodec(definition: z.$ZodPipeDef): boolean {
  return definition.reverseTransform !== undefined;
}

/** A schema that takes what any of these takes. */
export function unionOf(options: readonly Schema[]): Schema {
  const different = [...new Set(options)];
  return different.length === 1
    ? (different[0] as Schema)
    : new $ZodUnion({ type: "union", options: different });
}

const intersections = new WeakMap<Schema, WeakMap<Schema, Schema>>();

/** A schema that takes what both take: of the same two always the same one, so that schemas that hold themselves end. */
export function intersectionOf(left: Schema, right: Schema): Schema {
  if (left === right) return left;
  let made = intersections.get(left);
  if (made === undefined) intersections.set(left, (made = new WeakMap()));
  let both = made.get(right);
  if (both === undefined) {
    both = new $ZodIntersection({ type: "intersection", left, right });
    made.set(right, both);
  }
  return both;
}

/** A schema that reads by one schema and then by the other. */
export function pipeOf(left: Schema, right: Schema): Schema {
  return left === right ? left : new $ZodPipe({ type: "pipe", in: left, out: right });
}

/** Whether a value may be `undefined` when it is written, and then is not stored at all. */
export function acceptsUndefined(schema: Schema, depth = 0): boolean {
  const definition = definitionOf(schema);
  if (depth > 32) return false;
  switch (definition.type) {
    case "optional":
      return true;
    case "nonoptional":
      return false;
    case "union":
      return definition.options.some((option) => acceptsUndefined(option, depth + 1));
    case "intersection":
      return (
        acceptsUndefined(definition.left, depth + 1) &&
        acceptsUndefined(definition.right, depth + 1)
      );
    case "pipe":
      return acceptsUndefined(definition.in, depth + 1);
    default: {
      const inner = innerOf(schema);
      return inner !== undefined && acceptsUndefined(inner, depth + 1);
    }
  }
}
