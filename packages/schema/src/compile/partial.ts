import {
  $ZodArray,
  $ZodLazy,
  $ZodMap,
  $ZodNever,
  $ZodNullable,
  $ZodObject,
  $ZodOptional,
  $ZodReadonly,
  $ZodRecord,
} from "zod/v4/core";
import type * as z from "zod/v4/core";
import { elementOf } from "./step.ts";
import {
  definitionOf,
  innerOf,
  intersectionOf,
  isCodec,
  pipeOf,
  type Schema,
  unionOf,
} from "./zod-types.ts";

/** A schema in which every member may be missing, at any depth. Leaves keep their refinements, what holds them has none. */
export function partialOf(schema: Schema): Schema {
  return partialIn(new Map())(schema);
}

function partialIn(made: Map<Schema, Schema | undefined>): (schema: Schema) => Schema {
  const partial = (schema: Schema): Schema => {
    if (made.has(schema)) {
      // A schema that holds itself: found when a value comes.
      return made.get(schema) ?? lazyOf(() => made.get(schema) ?? schema);
    }
    made.set(schema, undefined);
    const result = make(schema, partial);
    made.set(schema, result);
    return result;
  };
  return partial;
}

function make(schema: Schema, partial: (schema: Schema) => Schema): Schema {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "object": {
      const shape: Record<string, Schema> = {};
      for (const name of Object.keys(definition.shape)) {
        shape[name] = optional(partial(definition.shape[name] as Schema));
      }
      return objectOf(shape, definition.catchall && partial(definition.catchall));
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
    case "tuple": {
      // Elements come back in a shorter list: their places are not known any more.
      const element = elementOf(schema);
      return element === undefined ? schema : listOf(partial(element));
    }
    case "union":
      return unionOf(definition.options.map((option) => strict(partial(option))));
    case "intersection":
      return intersectionOf(partial(definition.left), partial(definition.right));
    case "pipe":
      return isCodec(definition) ? schema : pipeOf(partial(definition.in), partial(definition.out));
    case "nullable":
      return new $ZodNullable({ type: "nullable", innerType: partial(definition.innerType) });
    case "readonly":
      return new $ZodReadonly({ type: "readonly", innerType: partial(definition.innerType) });
    case "lazy":
      return lazyOf(() => partial(innerOf(schema) ?? schema));
    case "catch":
      return isLeaf(definition.innerType) ? schema : partial(definition.innerType);
    default: {
      // What is not there is left out, and no default is made up for it.
      const inner = innerOf(schema);
      return inner === undefined ? schema : partial(inner);
    }
  }
}

/**
 * The same schema, refusing what it does not name: a part of an option of a union shall not take a part of another and
 * drop what it does not know.
 */
export function strict(schema: Schema): Schema {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "object":
      return objectOf(definition.shape, definition.catchall ?? new $ZodNever({ type: "never" }));
    case "intersection":
      return intersectionOf(strict(definition.left), strict(definition.right));
    case "readonly":
      return new $ZodReadonly({ type: "readonly", innerType: strict(definition.innerType) });
    case "nullable":
      return new $ZodNullable({ type: "nullable", innerType: strict(definition.innerType) });
    case "optional":
      return optional(strict(definition.innerType));
    case "union":
      return unionOf(definition.options.map((option) => strict(option)));
    case "lazy":
      return lazyOf(() => strict(innerOf(schema) ?? schema));
    default:
      return schema;
  }
}

/** An object of these members, without refinements. */
export function objectOf(shape: Record<string, Schema>, catchall?: Schema): z.$ZodObject {
  return new $ZodObject(
    catchall === undefined ? { type: "object", shape } : { type: "object", shape, catchall },
  );
}

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
