import { definitionOf, innerOf, type Schema } from "./zod-schema.ts";
import { reachable } from "./heights.ts";

const mostLevels = 200;

/**
 * How many schemas deep values can go, where lists and the like have one member, so that none has more parts than this. A schema
 * that holds itself several times has values that grow with the power of their depth.
 */
export function levelsWithin(schema: Schema, mostParts: number): number {
  const all = [...reachable(schema)];
  let sizes = new Map<Schema, number>();
  for (let levels = 1; levels <= mostLevels; levels++) {
    const before = sizes;
    const at = (each: Schema): number => before.get(each) ?? 0;
    sizes = new Map(all.map((each) => [each, 1 + sizeWith(each, at)]));
    if ((sizes.get(schema) ?? 0) > mostParts) return levels - 1;
  }
  return Number.POSITIVE_INFINITY;
}

function sizeWith(schema: Schema, at: (schema: Schema) => number): number {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "object": {
      const { catchall, shape } = definition;
      return sum([...Object.values(shape), ...(catchall === undefined ? [] : [catchall])], at);
    }
    case "array":
      return at(definition.element);
    case "tuple":
      return sum([...definition.items, ...(definition.rest === null ? [] : [definition.rest])], at);
    case "record":
    case "map":
    case "set":
      return at(definition.valueType);
    case "union":
      return Math.max(0, ...definition.options.map(at));
    case "intersection":
      return at(definition.left) + at(definition.right);
    case "pipe":
      return Math.max(at(definition.in), at(definition.out));
    default: {
      const inner = innerOf(schema);
      return inner === undefined ? 0 : at(inner);
    }
  }
}

function sum(schemas: readonly Schema[], at: (schema: Schema) => number): number {
  return schemas.reduce((total, each) => total + at(each), 0);
}
