import { isPlainObject } from "@fieldwise/core";
import {
  $ZodArray,
  $ZodCatch,
  $ZodCheck,
  $ZodDiscriminatedUnion,
  $ZodLazy,
  $ZodMap,
  $ZodNever,
  $ZodNullable,
  $ZodObject,
  $ZodOptional,
  $ZodReadonly,
  $ZodRecord,
  $ZodTuple,
} from "zod/v4/core";
import type * as z from "zod/v4/core";
import { discriminatorOf } from "./selection.ts";
import { elementOf } from "./step.ts";
import { unionOptionsOf } from "./union-options.ts";
import {
  definitionOf,
  innerOf,
  internalsOf,
  intersectionOf,
  isCodec,
  pipeOf,
  type Schema,
  unionOf,
} from "./zod-types.ts";

/** A schema in which every member may be missing, at any depth. Leaves keep their refinements, what holds them has none. */
export function partialOf(schema: Schema): Schema {
  return partialIn(false)(schema);
}

/** How parts of a schema are made partial: those of a union's options refuse what they don't name. */
interface Partial {
  (schema: Schema): Schema;
  readonly closed: boolean;
  readonly ofOption: (schema: Schema) => Schema;
}

function partialIn(closed: boolean): Partial {
  const made = new Map<Schema, Schema | undefined>();
  let inOptions: Partial | undefined;
  const partial = (schema: Schema): Schema => {
    if (made.has(schema)) {
      // A schema that holds itself: found when a value comes.
      return made.get(schema) ?? lazyOf(() => made.get(schema) ?? schema);
    }
    made.set(schema, undefined);
    const result = make(schema, whole);
    made.set(schema, result);
    return result;
  };
  // A part of one option must not be taken for a part of another, and lose what that does not know.
  const ofOption = (schema: Schema): Schema =>
    closed ? partial(schema) : (inOptions ??= partialIn(true))(schema);
  const whole: Partial = Object.assign(partial, { closed, ofOption });
  return whole;
}

function make(schema: Schema, partial: Partial): Schema {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "object": {
      const shape: Record<string, Schema> = {};
      for (const name of Object.keys(definition.shape)) {
        shape[name] = optional(partial(definition.shape[name] as Schema));
      }
      const { catchall } = definition;
      if (catchall === undefined) return partial.closed ? objectOfOption(shape) : openObject(shape);
      return openObject(shape, partial(catchall));
    }
    case "record":
      return new $ZodRecord({
        ...definition,
        checks: [],
        partial: true,
        valueType: partial(definition.valueType),
      });
    case "map":
      return new $ZodMap({ ...definition, checks: [], valueType: partial(definition.valueType) });
    case "array":
      return listOf(partial(definition.element));
    case "tuple": {
      const element = elementOf(schema);
      if (element === undefined) return schema;
      // Elements may come back in a shorter list: their places are not known any more.
      const some = listOf(partial(element));
      const { items, rest } = definition;
      // What holds itself would be tried twice at each level.
      if (!items.every(isLeaf) || (rest !== null && !isLeaf(rest))) return some;
      const all = {
        type: "tuple",
        items: items.map(partial),
        rest: rest && partial(rest),
      } as const;
      return unionOf([new $ZodTuple(all), some]);
    }
    case "union":
      return unionOfParts(schema, definition, partial);
    case "intersection": {
      const union = unionOptionsOf(schema);
      return union === undefined
        ? intersectionOf(partial(definition.left), partial(definition.right))
        : unionOf(union.options.map(partial.ofOption));
    }
    case "pipe":
      return isCodec(definition) ? schema : pipeOf(partial(definition.in), partial(definition.out));
    case "nullable":
      return new $ZodNullable({ type: "nullable", innerType: partial(definition.innerType) });
    case "readonly": {
      const innerType = partial(definition.innerType);
      // Zod freezes even what it refuses, and fails where that can't be frozen, as bytes of another option.
      return partial.closed ? innerType : new $ZodReadonly({ type: "readonly", innerType });
    }
    case "lazy":
      return lazyOf(() => partial(innerOf(schema) ?? schema));
    case "catch":
      return isLeaf(definition.innerType) ? schema : caughtPart(definition, partial);
    default: {
      // What is not there is left out, and no default is made up for it.
      const inner = innerOf(schema);
      return inner === undefined ? schema : partial(inner);
    }
  }
}

/** A part for which, where it does not fit, the same part of the caught value stands. */
function caughtPart({ innerType, catchValue }: z.$ZodCatchDef, partial: Partial): Schema {
  const part = partial(innerType);
  // An option of a union must not catch what is of another.
  if (partial.closed) return part;
  return new $ZodCatch({
    type: "catch",
    innerType: part,
    catchValue: (context) => partLike(catchValue(context), context.input),
  });
}

function partLike(value: unknown, given: unknown): unknown {
  if (!isPlainObject(value) || !isPlainObject(given)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => Object.hasOwn(given, name))
      .map(([name, member]) => [name, partLike(member, given[name])]),
  );
}

/** A union of parts: a discriminator that is there tells the option, so that one that holds itself is not tried for each. */
function unionOfParts(schema: Schema, definition: z.$ZodUnionDef, partial: Partial): Schema {
  const options = definition.options.map(partial.ofOption);
  const discriminator = discriminatorOf(definition);
  if (discriminator === undefined || !hasTag(schema)) return unionOf(options);
  return new $ZodDiscriminatedUnion({
    type: "union",
    discriminator,
    options,
    inclusive: false,
    unionFallback: true,
  });
}

/** Whether zod knows of a part, too, which literals tell it. */
function hasTag(schema: Schema): boolean {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "object":
      return true;
    case "readonly":
      return hasTag(definition.innerType);
    case "union":
      return discriminatorOf(definition) !== undefined && definition.options.every(hasTag);
    default:
      return false;
  }
}

function openObject(shape: Record<string, Schema>, catchall?: Schema): Schema {
  return new $ZodObject(
    catchall === undefined ? { type: "object", shape } : { type: "object", shape, catchall },
  );
}

/** An object of these members and no others. */
export function closedObject(shape: Record<string, Schema>): Schema {
  return openObject(shape, new $ZodNever({ type: "never" }));
}

/**
 * The same for the option of a union, where zod would take a Set, a Map or a Uint8Array for an object whose members are all
 * missing, and drop what is in it.
 */
function objectOfOption(shape: Record<string, Schema>): Schema {
  const object = new $ZodObject({
    type: "object",
    shape,
    catchall: new $ZodNever({ type: "never" }),
    checks: [uncompiled],
  });
  const internals = internalsOf(object);
  const { run } = internals;
  internals.run = (payload, context) => {
    const { value: input } = payload;
    if (!(input instanceof Set || input instanceof Map || input instanceof Uint8Array)) {
      return run(payload, context);
    }
    payload.issues.push({ code: "invalid_type", expected: "object", input, inst: object });
    return payload;
  };
  return object;
}

/** A check that checks nothing: with its condition zod does not compile the schema, but runs it. */
const uncompiled = new $ZodCheck({ check: "custom", when: () => false });
internalsOf(uncompiled).check = () => {};

/** A list of these elements, of any length. */
export function listOf(element: Schema): Schema {
  return new $ZodArray({ type: "array", element });
}

/** The schema, and `undefined`. */
export function optional(schema: Schema): Schema {
  return new $ZodOptional({ type: "optional", innerType: schema });
}

function lazyOf(getter: () => Schema): Schema {
  return new $ZodLazy({ type: "lazy", getter });
}

function isLeaf(schema: Schema): boolean {
  const inner = innerOf(schema);
  if (inner !== undefined) return isLeaf(inner);
  return !["object", "record", "map", "array", "tuple", "union", "intersection"].includes(
    definitionOf(schema).type,
  );
}
