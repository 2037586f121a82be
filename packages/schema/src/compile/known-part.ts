import { type AttributeMap, type AttributeValue, isObject } from "@fieldwise/core";
import { discriminatorOf as certainDiscriminatorOf } from "../wire-text/unions.ts";
import { discriminatorOf } from "./selection.ts";
import { placeAt } from "./step.ts";
import { hasTag } from "./union-plan.ts";
import { definitionOf, innerOf, partsOf, type Schema } from "./zod-types.ts";

// DynamoDB nests 32 deep.
const maximumDepth = 64;

/**
 * A part of an item without the members that `z.object()` drops: those that no object names that could stand there, which
 * is the one that a discriminator tells or, where there is none, any option of a union.
 *
 * @param names - The only attributes to be kept, where there are others.
 */
export function knownPart(
  wire: AttributeMap,
  schema: Schema,
  names?: ReadonlySet<string>,
): AttributeMap {
  if (!isObject(wire)) return wire;
  const members = Object.entries(knownMembers(wire, [schema], 0));
  return Object.fromEntries(members.filter(([name]) => names === undefined || names.has(name)));
}

function known(value: AttributeValue, schemas: readonly Schema[], depth: number): AttributeValue {
  if (depth > maximumDepth || !isObject(value)) return value;
  if ("M" in value && isObject(value.M)) return { M: knownMembers(value.M, schemas, depth + 1) };
  if (!("L" in value) || !Array.isArray(value.L)) return value;
  const elements = different(holdersOfAll(schemas, {}).flatMap(elementsOf));
  const list = value.L as readonly AttributeValue[];
  return { L: list.map((element) => known(element, elements, depth + 1)) };
}

function knownMembers(
  content: AttributeMap,
  schemas: readonly Schema[],
  depth: number,
): AttributeMap {
  const holders = holdersOfAll(schemas, content);
  const drops = holders.length > 0 && holders.every(dropsOthers);
  return Object.fromEntries(
    Object.entries(content).flatMap(([name, member]) => {
      const inside = different(holders.flatMap((holder) => placeAt(holder, name)?.schema ?? []));
      if (inside.length > 0) return [[name, known(member, inside, depth)]];
      return drops ? [] : [[name, member]];
    }),
  );
}

/** The objects, records, lists … that a value may be of, each once: options often hold the same ones. */
function holdersOfAll(schemas: readonly Schema[], content: AttributeMap): readonly Schema[] {
  return different(schemas.flatMap((schema) => holdersOf(schema, content, 0)));
}

function different(schemas: readonly Schema[]): readonly Schema[] {
  return [...new Set(schemas)];
}

function holdersOf(schema: Schema, content: AttributeMap, depth: number): readonly Schema[] {
  if (depth > 32) return [];
  const holders = (each: Schema): readonly Schema[] => holdersOf(each, content, depth + 1);
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "union": {
      const name = discriminatorOf(definition) ?? certainDiscriminatorOf(definition, false)?.name;
      const told =
        name === undefined
          ? []
          : definition.options.filter((option) => hasTag(option, name, content));
      return (told.length === 0 ? definition.options : told).flatMap(holders);
    }
    case "intersection":
      return [...holders(definition.left), ...holders(definition.right)];
    case "pipe":
      return holders(definition.in);
    default: {
      const inner = innerOf(schema);
      return inner === undefined ? [schema] : holders(inner);
    }
  }
}

/** Whether what may hold any members at all drops those that it does not name. */
function dropsOthers(schema: Schema): boolean {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "object":
      return definition.catchall === undefined;
    case "record":
    case "map":
      return false;
    default:
      return !holdsAnything(schema);
  }
}

function holdsAnything(schema: Schema): boolean {
  return ["any", "unknown", "custom"].includes(definitionOf(schema).type);
}

function elementsOf(schema: Schema): readonly Schema[] {
  switch (definitionOf(schema).type) {
    case "array":
    case "tuple":
      return partsOf(schema);
    default:
      return holdsAnything(schema) ? [schema] : [];
  }
}
