import type * as z from "zod/v4/core";
import {
  definitionOf,
  internalsOf,
  intersectionOf,
  type Schema,
  storedSchema,
} from "./zod-types.ts";

/** What a schema's objects hold. */
export interface Members {
  /** The members that it names. */
  readonly members: readonly Member[];
  /** What all others are: `z.never()` where there may be none, `undefined` where they are dropped. */
  readonly rest: Schema | undefined;
}

interface Member {
  readonly name: string;
  readonly schema: Schema;
}

/** What the objects of an object, of a record or of an intersection of them hold; `undefined` for all else. */
export function membersOf(schema: Schema): Members | undefined {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "object": {
      const { shape, catchall } = definition;
      const names = Object.keys(shape);
      return {
        members: names.map((name) => ({ name, schema: shape[name] as Schema })),
        rest: catchall,
      };
    }
    case "record":
      return { members: namedOfRecord(definition), rest: definition.valueType };
    case "intersection": {
      const left = membersOf(definition.left);
      const right = left && membersOf(definition.right);
      return left && right && { members: both(left, right), rest: restOfBoth(left, right) };
    }
    default: {
      const stored = storedSchema(schema);
      return stored === schema ? undefined : membersOf(stored);
    }
  }
}

function namedOfRecord({ keyType, valueType, partial }: z.$ZodRecordDef): readonly Member[] {
  const names = partial === true ? undefined : internalsOf(keyType).values;
  return [...(names ?? [])]
    .filter((name) => typeof name === "string" || typeof name === "number")
    .map((name) => ({ name: String(name), schema: valueType }));
}

// A member that both name is read as what it is to both, or one side would lose what only the other knows.
function both(left: Members, right: Members): readonly Member[] {
  const schemas = new Map(left.members.map(({ name, schema }) => [name, schema]));
  for (const { name, schema } of right.members) {
    const other = schemas.get(name);
    schemas.set(name, other === undefined ? schema : narrower(other, schema));
  }
  return [...schemas].map(([name, schema]) => ({ name, schema }));
}

function restOfBoth(left: Members, right: Members): Schema | undefined {
  if (left.rest === undefined || isNever(left.rest)) return right.rest ?? left.rest;
  if (right.rest === undefined || isNever(right.rest)) return left.rest;
  return narrower(left.rest, right.rest);
}

function narrower(left: Schema, right: Schema): Schema {
  if (isAnything(left)) return right;
  return isAnything(right) ? left : intersectionOf(left, right);
}

function isAnything(schema: Schema): boolean {
  const { type } = definitionOf(schema);
  return type === "any" || type === "unknown";
}

function isNever(schema: Schema): boolean {
  return definitionOf(schema).type === "never";
}
