import {
  $ZodAny,
  $ZodCodec,
  $ZodDiscriminatedUnion,
  $ZodMap,
  $ZodNever,
  $ZodTuple,
} from "zod/v4/core";
import type * as z from "zod/v4/core";
import { requiresMember } from "./object-options.ts";
import { orMissing, type Part } from "./part.ts";
import { closedObject, listOf, optional } from "./partial.ts";
import { inOrder, type Members, mergeAll, type Selection } from "./selection.ts";
import { type Place, placeAt } from "./step.ts";
import { storageOf } from "./stored-types.ts";
import type { UnionOptions } from "./union-options.ts";
import {
  acceptsUndefined,
  definitionOf,
  internalsOf,
  intersectionOf,
  type Schema,
  unionOf,
} from "./zod-types.ts";

type Select = (schema: Schema, selection: Selection) => Part;

/** Some members of a Map: still a Map. */
export function selectOfMap(definition: z.$ZodMapDef, selection: Members, select: Select): Part {
  const parts = [...selection]
    .toSorted(([, a], [, b]) => Number(b === "whole") - Number(a === "whole"))
    .map(([step, inside]) => [String(step), select(definition.valueType, inside).schema] as const);
  const schema = selection.has("__proto__") ? anyOfMap(definition, parts) : membersOfMap(parts);
  return { schema, absent: () => new Map() };
}

// Read as an object, so that each member is read by what was asked of it.
function membersOfMap(parts: readonly (readonly [string, Schema])[]): Schema {
  const shape = Object.fromEntries(parts.map(([name, part]) => [name, orMissing(part)]));
  return readAs(closedObject(shape), (members) => new Map(Object.entries(members)));
}

// Zod's objects have no member named __proto__.
function anyOfMap(definition: z.$ZodMapDef, parts: readonly (readonly [string, Schema])[]): Schema {
  const valueType = unionOf(parts.map(([, part]) => part));
  return new $ZodMap({ type: "map", keyType: definition.keyType, valueType });
}

function readAs(schema: Schema, read: (members: object) => unknown): Schema {
  return new $ZodCodec({
    type: "pipe",
    in: schema,
    out: new $ZodAny({ type: "any" }),
    transform: (members) => read(members as object),
    // Parts are never written.
    reverseTransform: (value) => value,
  });
}

/**
 * Some elements of a list. They come in a shorter list: where whole ones were asked for, as many of the first of them as there
 * are; otherwise it is not known which is which, as one may have nothing of what was asked of it.
 */
export function selectElements(
  schema: Schema,
  selection: Members,
  loose: boolean,
  select: Select,
): Part {
  const parts = inOrder(selection).flatMap(([step, inside]) => {
    const place = placeAt(schema, step);
    return place === undefined ? [] : [{ place, inside }];
  });
  if (!loose && parts.every(({ inside }) => inside === "whole")) return firstOf(parts);
  const whole: Schema[] = [];
  const some = new Map<Schema, Members[]>();
  for (const { place, inside } of parts) {
    if (typeof inside === "string") whole.push(place.schema);
    else some.set(place.schema, [...(some.get(place.schema) ?? []), inside]);
  }
  const merged = [...some].flatMap(([element, inside]) =>
    mergeAll(inside).map((each) => select(element, each).schema),
  );
  return { schema: listOf(unionOf([...whole, ...merged])), absent: () => [] };
}

function firstOf(parts: readonly { readonly place: Place }[]): Part {
  let certain = true;
  const items = parts.map(({ place: { named, schema } }) => {
    certain &&= named && !acceptsUndefined(schema);
    return certain ? schema : optional(schema);
  });
  const schema = new $ZodTuple({ type: "tuple", items, rest: null });
  return items.length > 0 && certain ? { schema } : { schema, absent: () => [] };
}

/** Some members of the options of a union: told apart by the discriminator where it was asked for. */
export function selectOfOptions(
  { options, discriminator: tag }: UnionOptions,
  selection: Members,
  select: Select,
): Part {
  const asked = new Map(
    [...selection].filter(([step, inside]) => !(step === tag && inside === "tag")),
  );
  const parts = options.map((option) => partOf(option, asked, select));
  const found = parts.filter((part) => part !== undefined);
  const schemas = found.map((part) => part.schema).toSorted((a, b) => needs(b) - needs(a));
  // An object in which none of it is: of another option, and last as it needs no member.
  if (options.some((option, index) => parts[index] === undefined && storesObject(option))) {
    schemas.push(closedObject({}));
  }
  const mayBeMissing = found.length < parts.length || found.some((part) => part.mayBeMissing);
  const absent = found.find((part) => part.absent !== undefined)?.absent;
  if (tag === undefined || asked.size === selection.size) {
    return { schema: unionOf(schemas), absent, mayBeMissing };
  }
  const tagged = taggedUnion(
    tag,
    options.map((option) => partOf(option, selection, select)?.schema ?? option),
  );
  const untagged = schemas.map((schema) => without(tag, schema));
  return {
    schema: unionOf([readAs(tagged, (members) => withoutMember(tag, members)), ...untagged]),
    absent,
    mayBeMissing,
  };
}

function taggedUnion(discriminator: string, options: readonly Schema[]): Schema {
  // Zod knows no literals of an intersection, nor of a part that is read as another; which of its options has the
  // discriminator they tell all the same.
  return options.every((option) => internalsOf(option).propValues?.[discriminator] !== undefined)
    ? new $ZodDiscriminatedUnion({ type: "union", discriminator, options, inclusive: false })
    : unionOf(options);
}

function partOf(option: Schema, selection: Members, select: Select): Part | undefined {
  const known = new Map([...selection].filter(([step]) => placeAt(option, step) !== undefined));
  const definition = definitionOf(option);
  // An option must not catch what is of another.
  const schema = definition.type === "catch" ? definition.innerType : option;
  return known.size === 0 ? undefined : select(schema, known);
}

function withoutMember(name: string, members: object): object {
  return Object.fromEntries(Object.entries(members).filter(([each]) => each !== name));
}

// An index may carry the members and not the discriminator; where it is there, it decides.
function without(name: string, schema: Schema): Schema {
  const definition = definitionOf(schema);
  if (definition.type === "intersection")
    return intersectionOf(without(name, definition.left), without(name, definition.right));
  if (definition.type !== "object") return schema;
  const never = optional(new $ZodNever({ type: "never" }));
  return closedObject({ ...(definition.shape as Record<string, Schema>), [name]: never });
}

function storesObject(schema: Schema): boolean {
  const { maps, open } = storageOf(schema);
  return maps.has("object") && !open;
}

function needs(schema: Schema): number {
  const definition = definitionOf(schema);
  if (definition.type === "intersection")
    return Math.max(needs(definition.left), needs(definition.right));
  return definition.type === "object" && !requiresMember(definition) ? 0 : 1;
}
