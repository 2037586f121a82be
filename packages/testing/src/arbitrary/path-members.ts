import type { AttributeValue, PathStep } from "@fieldwise/core";
import { safeParse } from "zod/v4/core";
import { checksOf, definitionOf, innerOf, internalsOf, type Schema } from "./zod-schema.ts";

/** Where a step leads from a value. */
export interface Member {
  /** What may stand there; several where the value is one of a union. */
  readonly schemas: readonly Schema[];
  /** Whether every value of the schema leads there in the same way: no union and no refinement on the way. */
  readonly certain: boolean;
}

interface Collected {
  readonly members: Map<PathStep, { readonly schemas: Set<Schema>; certain: boolean }>;
  readonly stored: AttributeValue | undefined;
}

/** Names for members that a record or a Map may have, tried in this order. */
const inventedNames = ["a", "b", "key", "1", "0a", "A", "x-1"];

/** How many members are looked at where there may be any number. */
const manyMembers = 3;

/**
 * The steps that lead from a value into its members: through wrappers, to the members of objects, records, Maps, lists and
 * tuples, and of a union to what any of its options has.
 *
 * @param stored - What stands there in the table, for the names and indexes that only an item knows.
 */
export function membersOf(
  schemas: readonly Schema[],
  stored: AttributeValue | undefined,
): ReadonlyMap<PathStep, Member> {
  const members: Collected["members"] = new Map();
  for (const schema of schemas) collect(schema, schemas.length === 1, { members, stored }, 0);
  return new Map(
    [...members].map(([step, { schemas: found, certain }]) => [
      step,
      { schemas: [...found], certain },
    ]),
  );
}

function collect(schema: Schema, certain: boolean, into: Collected, depth: number): void {
  // Deeper than any item: a schema that is only itself.
  if (depth > 32) return;
  const definition = definitionOf(schema);
  const free = certain && checksOf(schema).length === 0;
  const add = (step: PathStep, member: Schema, always = free): void => {
    const known = into.members.get(step);
    if (known === undefined)
      into.members.set(step, { schemas: new Set([member]), certain: always });
    else {
      known.schemas.add(member);
      known.certain = false;
    }
  };
  switch (definition.type) {
    case "object": {
      for (const [name, member] of Object.entries(definition.shape)) add(name, member);
      const { catchall } = definition;
      if (catchall === undefined || definitionOf(catchall).type === "never") return;
      for (const name of namesIn(into.stored)) {
        if (!Object.hasOwn(definition.shape, name)) add(name, catchall, false);
      }
      return;
    }
    case "record": {
      const names = internalsOf(definition.keyType).values;
      if (names === undefined) {
        for (const name of anyNames(definition.keyType, into)) add(name, definition.valueType);
      } else {
        for (const name of names) add(String(name), definition.valueType);
      }
      return;
    }
    case "map":
      for (const name of anyNames(definition.keyType, into)) add(name, definition.valueType);
      return;
    case "array":
      for (const index of indexesIn(into.stored)) add(index, definition.element, false);
      return;
    case "tuple":
      for (const [index, item] of definition.items.entries()) add(index, item);
      if (definition.rest !== null) add(definition.items.length, definition.rest, false);
      return;
    case "union":
      for (const option of definition.options) collect(option, false, into, depth + 1);
      return;
    case "intersection":
      collect(definition.left, false, into, depth + 1);
      collect(definition.right, false, into, depth + 1);
      return;
    case "pipe":
      if (definition.reverseTransform === undefined)
        collect(definition.out, false, into, depth + 1);
      return;
    default: {
      const inner = innerOf(schema);
      if (inner !== undefined) collect(inner, free, into, depth + 1);
    }
  }
}

/** What all members of a list, a set or a tuple may be; `undefined` for all else. */
export function elementsOf(schema: Schema, depth = 0): readonly Schema[] | undefined {
  if (depth > 32) return undefined;
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "array":
      return [definition.element];
    case "set":
      return [definition.valueType];
    case "tuple":
      return [...definition.items, ...(definition.rest === null ? [] : [definition.rest])];
    case "union":
    case "intersection": {
      const parts: readonly Schema[] =
        definition.type === "union" ? definition.options : [definition.left, definition.right];
      const found = parts.flatMap((part) => elementsOf(part, depth + 1) ?? []);
      return found.length === 0 ? undefined : found;
    }
    case "pipe":
      return definition.reverseTransform === undefined
        ? elementsOf(definition.out, depth + 1)
        : undefined;
    default: {
      const inner = innerOf(schema);
      return inner === undefined ? undefined : elementsOf(inner, depth + 1);
    }
  }
}

function anyNames(keyType: Schema, { stored }: Collected): readonly string[] {
  const own = namesIn(stored).slice(0, manyMembers);
  const others = inventedNames.filter((name) => !own.includes(name) && fits(keyType, name));
  return [...own, ...others.slice(0, own.length === 0 ? 2 : 1)];
}

function fits(keyType: Schema, name: string): boolean {
  return safeParse(keyType, name).success;
}

function namesIn(stored: AttributeValue | undefined): readonly string[] {
  return stored !== undefined && "M" in stored ? Object.keys(stored.M) : [];
}

// One behind the end too, where there is no element.
function indexesIn(stored: AttributeValue | undefined): readonly number[] {
  if (stored === undefined || !("L" in stored)) return [0, 1];
  return Array.from({ length: Math.min(stored.L.length, manyMembers) + 1 }, (_, index) => index);
}
