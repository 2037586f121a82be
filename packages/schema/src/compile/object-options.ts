import type * as z from "zod/v4/core";
import { definitionOf, innerOf, internalsOf, type Schema } from "./zod-types.ts";

/** Whether an object of the schema must have some member. One that needs none is taken for any object by zod. */
export function requiresMember({ shape }: z.$ZodObjectDef): boolean {
  return Object.values(shape).some((member) => internalsOf(member).optin === undefined);
}

/**
 * The place of an option that takes values of a later option for its own, and would lose what they hold: an object all of
 * whose members are optional. `undefined` where a union has none.
 */
export function greedyOption(options: readonly Schema[]): number | undefined {
  const index = options.findIndex((option, place) => {
    const object = memberlessObject(option, 0);
    if (object === undefined) return false;
    const strips = object.catchall === undefined;
    return options.slice(place + 1).some((later) => mayBeObject(later, strips, 0));
  });
  return index === -1 ? undefined : index;
}

function memberlessObject(schema: Schema, depth: number): z.$ZodObjectDef | undefined {
  if (depth > 32) return undefined;
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "object":
      return requiresMember(definition) ? undefined : definition;
    case "union":
      for (const option of definition.options) {
        const found = memberlessObject(option, depth + 1);
        if (found !== undefined) return found;
      }
      return undefined;
    case "intersection": {
      const left = memberlessObject(definition.left, depth + 1);
      return left && memberlessObject(definition.right, depth + 1) && left;
    }
    default: {
      const inner = innerOf(schema);
      return inner && memberlessObject(inner, depth + 1);
    }
  }
}

// What the application holds, or the table: plain objects count only where they would be stripped.
function mayBeObject(schema: Schema, plain: boolean, depth: number): boolean {
  if (depth > 32) return false;
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "set":
    case "map":
    case "date":
    case "custom":
      return true;
    case "object":
    case "record":
      return plain;
    case "union":
      return definition.options.some((option) => mayBeObject(option, plain, depth + 1));
    case "intersection":
      return mayBeObject(definition.left, plain, depth + 1);
    case "pipe":
      return (
        mayBeObject(definition.in, plain, depth + 1) ||
        mayBeObject(definition.out, plain, depth + 1)
      );
    default: {
      const inner = innerOf(schema);
      return inner !== undefined && mayBeObject(inner, plain, depth + 1);
    }
  }
}
