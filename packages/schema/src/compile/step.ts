import type { PathStep } from "@fieldwise/core";
import type * as z from "zod/v4/core";
import { declaredStorage } from "./stored-as.ts";
import { storesSet } from "./stored-types.ts";
import {
  internalsOf,
  definitionOf,
  innerOf,
  intersectionOf,
  isCodec,
  othersOf,
  partsOf,
  pipeOf,
  type Schema,
  unionOf,
} from "./zod-types.ts";

/** Where one step of a path leads. */
export interface Place {
  readonly schema: Schema;
  /** Whether the schema names this member; a record, a list or a catchall holds any number of members. */
  readonly named: boolean;
  /** Whether what is stored may lack it. */
  readonly mayBeAbsent: boolean;
  /** Whether only one member can be meant, and not one of several options. */
  readonly certain: boolean;
  /** What each of several options has there, where they differ. */
  readonly alternatives?: readonly Schema[] | undefined;
}

const known = new WeakMap<Schema, Map<PathStep, Place | undefined>>();

/**
 * Where a step leads from a schema: through wrappers, to the member of an object, record, list, tuple or Map, and of a
 * union to what any of its options has there. `undefined` where there is no such step; a codec has none, as what it
 * stores is its own.
 */
export function placeAt(schema: Schema, step: PathStep): Place | undefined {
  let places = known.get(schema);
  if (places === undefined) known.set(schema, (places = new Map()));
  if (places.has(step)) return places.get(step);
  const place = findPlace(schema, step, 0);
  // Names that come from items are without number; those of a schema are not.
  if (place?.named === true) places.set(step, place);
  return place;
}

/** What all members of a list, set, record or Map share; `undefined` for all else. */
export function elementOf(schema: Schema, depth = 0): Schema | undefined {
  if (depth > 32) return undefined;
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "array":
      return definition.element;
    case "set":
    case "record":
    case "map":
      return definition.valueType;
    case "tuple": {
      const members = partsOf(schema);
      return members.length === 0 ? undefined : unionOf(members);
    }
    case "union": {
      const found = definition.options
        .map((option) => elementOf(option, depth + 1))
        .filter((element) => element !== undefined);
      return found.length === 0 ? undefined : unionOf(found);
    }
    case "intersection": {
      const left = elementOf(definition.left, depth + 1);
      const right = elementOf(definition.right, depth + 1);
      return left !== undefined && right !== undefined
        ? intersectionOf(left, right)
        : (left ?? right);
    }
    case "pipe": {
      if (isCodec(definition)) return undefined;
      const left = elementOf(definition.in, depth + 1);
      const right = elementOf(definition.out, depth + 1);
      return left !== undefined && right !== undefined ? pipeOf(left, right) : undefined;
    }
    case "any":
    case "unknown":
      return schema;
    default: {
      const inner = innerOf(schema);
      return inner === undefined ? undefined : elementOf(inner, depth + 1);
    }
  }
}

/** Whether what is stored may lack a member of this schema. A set may always be missing, as an empty one is. */
function mayBeAbsent(schema: Schema): boolean {
  return internalsOf(schema).optin !== undefined || storesSet(schema);
}

function findPlace(schema: Schema, step: PathStep, depth: number): Place | undefined {
  // Deeper than any item: a schema that is only itself.
  if (depth > 32) return undefined;
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "object":
      return typeof step === "string" ? objectMember(definition, step) : undefined;
    case "record":
      return typeof step === "string" ? recordMember(definition, step) : undefined;
    case "map":
      return typeof step === "string" ? anyMember(definition.valueType) : undefined;
    case "array":
      return typeof step === "number" ? anyMember(definition.element) : undefined;
    case "tuple":
      return typeof step === "number" ? tupleMember(definition, step) : undefined;
    case "any":
    case "unknown":
      return anyMember(schema);
    case "custom":
      return declaredStorage(schema) === undefined ? anyMember(schema) : undefined;
    case "union":
      return unionMember(definition.options, step, depth);
    case "intersection": {
      const left = findPlace(definition.left, step, depth + 1);
      const right = findPlace(definition.right, step, depth + 1);
      if (left === undefined || right === undefined) return left ?? right;
      return {
        schema: intersectionOf(left.schema, right.schema),
        named: left.named || right.named,
        mayBeAbsent: left.mayBeAbsent && right.mayBeAbsent,
        certain: false,
      };
    }
    case "pipe": {
      if (isCodec(definition)) return undefined;
      const left = findPlace(definition.in, step, depth + 1);
      const right = findPlace(definition.out, step, depth + 1);
      return left === undefined || right === undefined
        ? undefined
        : { ...left, schema: pipeOf(left.schema, right.schema), alternatives: undefined };
    }
    default: {
      const inner = innerOf(schema);
      return inner === undefined ? undefined : findPlace(inner, step, depth + 1);
    }
  }
}

function objectMember(definition: z.$ZodObjectDef, name: string): Place | undefined {
  if (Object.hasOwn(definition.shape, name)) {
    return named(definition.shape[name] as Schema);
  }
  // Zod drops a member of this name, to be safe from those who mean the prototype.
  const others = othersOf(definition);
  return others === undefined || name === "__proto__" ? undefined : anyMember(others);
}

function recordMember(definition: z.$ZodRecordDef, name: string): Place | undefined {
  if (name === "__proto__") return undefined;
  const names = internalsOf(definition.keyType).values;
  const value = definition.valueType;
  if (names === undefined) return anyMember(value);
  if (!names.has(name) && !names.has(Number(name))) return undefined;
  return definition.partial === true ? anyMember(value) : named(value);
}

function tupleMember(definition: z.$ZodTupleDef, index: number): Place | undefined {
  const item = definition.items[index];
  if (item !== undefined) return named(item);
  return definition.rest === null || index < 0 ? undefined : anyMember(definition.rest);
}

function unionMember(options: readonly Schema[], step: PathStep, depth: number): Place | undefined {
  const places = options.map((option) => findPlace(option, step, depth + 1));
  const found = places.filter((place) => place !== undefined);
  if (found.length === 0) return undefined;
  const schemas = new Set(found.flatMap((place) => place.alternatives ?? [place.schema]));
  return {
    schema: unionOf(found.map((place) => place.schema)),
    alternatives: schemas.size > 1 ? [...schemas] : undefined,
    named: found.every((place) => place.named),
    mayBeAbsent: found.length < places.length || found.some((place) => place.mayBeAbsent),
    certain: false,
  };
}

function named(schema: Schema): Place {
  return { schema, named: true, mayBeAbsent: mayBeAbsent(schema), certain: true };
}

function anyMember(schema: Schema): Place {
  return { schema, named: false, mayBeAbsent: true, certain: true };
}
