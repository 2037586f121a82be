import { askedSize } from "./asked.ts";
import { definitionOf, innerOf, internalsOf, mayBeAbsent, type Schema } from "./zod-schema.ts";

const known = new WeakMap<Schema, number>();
const maximumSchemas = 5000;
const maximumDepth = 500;

/** How many levels the lowest value of a schema has: 0 for what is no container, `Infinity` where it can't end. */
export function heightOf(schema: Schema): number {
  if (!known.has(schema)) measure(schema);
  return known.get(schema) ?? Number.POSITIVE_INFINITY;
}

// Heights come down from above until none changes, so that schemas that hold themselves are measured too.
function measure(schema: Schema): void {
  const all = [...reachable(schema)];
  const heights = new Map<Schema, number>();
  const at = (each: Schema): number => heights.get(each) ?? Number.POSITIVE_INFINITY;
  let changed = true;
  while (changed) {
    changed = false;
    for (const each of all.toReversed()) {
      const height = heightWith(each, at);
      if (height < at(each)) {
        heights.set(each, height);
        changed = true;
      }
    }
  }
  for (const each of all) known.set(each, at(each));
}

/** Whether values of a schema may hold values of the same schema. */
export function isRecursive(schema: Schema): boolean {
  const finished = new Set<Schema>();
  const around = new Set<Schema>();
  const visit = (each: Schema): boolean => {
    if (around.has(each) || around.size > maximumDepth) return true;
    if (finished.has(each)) return false;
    around.add(each);
    const found = partsOf(each).some(visit);
    around.delete(each);
    finished.add(each);
    return found;
  };
  return visit(schema);
}

/** Where the value is that keeps a schema from having any: it never ends, or is `z.never()`. */
export function pathWithoutEnd(schema: Schema): readonly string[] {
  const path: string[] = [];
  const seen = new Set<Schema>();
  let at = schema;
  while (!seen.has(at)) {
    seen.add(at);
    const [name, part] = partWithoutEnd(at) ?? [];
    if (part === undefined) break;
    if (name !== undefined) path.push(name);
    at = part;
  }
  return path;
}

function partWithoutEnd(schema: Schema): readonly [string | undefined, Schema] | undefined {
  const definition = definitionOf(schema);
  if (definition.type === "object") {
    return Object.entries(definition.shape).find(
      ([, member]) => !mayBeAbsent(member) && heightOf(member) === Number.POSITIVE_INFINITY,
    );
  }
  const part = partsOf(schema).find((each) => heightOf(each) === Number.POSITIVE_INFINITY);
  if (part === undefined) return undefined;
  const isList = ["array", "tuple", "record", "map", "set"].includes(definition.type);
  return [isList ? "*" : undefined, part];
}

/** The schema, and all that it holds. */
export function reachable(schema: Schema): ReadonlySet<Schema> {
  const found = new Set<Schema>([schema]);
  for (const each of found) {
    if (found.size > maximumSchemas) break;
    for (const part of partsOf(each)) found.add(part);
  }
  return found;
}

function partsOf(schema: Schema): readonly Schema[] {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "object": {
      const { catchall } = definition;
      const members = Object.keys(definition.shape).map((name) => definition.shape[name] as Schema);
      return catchall === undefined ? members : [...members, catchall];
    }
    case "array":
      return [definition.element];
    case "tuple":
      return definition.rest === null ? definition.items : [...definition.items, definition.rest];
    case "record":
    case "map":
      return [definition.keyType, definition.valueType];
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

function heightWith(schema: Schema, at: (schema: Schema) => number): number {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "never":
      return Number.POSITIVE_INFINITY;
    case "object":
      return (
        1 +
        highest(
          Object.values(definition.shape).filter((each) => !mayBeAbsent(each)),
          at,
        )
      );
    case "array":
      return 1 + (askedSize(schema).minimum > 0 ? at(definition.element) : 0);
    case "tuple":
      return (
        1 +
        highest(
          definition.items.filter((each) => !mayBeAbsent(each)),
          at,
        )
      );
    case "set":
    case "map":
      return 1 + (askedSize(schema).minimum > 0 ? at(definition.valueType) : 0);
    case "record": {
      const listed = internalsOf(definition.keyType).values !== undefined;
      return 1 + (listed && !mayBeAbsent(definition.valueType) ? at(definition.valueType) : 0);
    }
    case "union":
      return Math.min(...definition.options.map(at));
    case "intersection":
      return highest([definition.left, definition.right], at);
    case "pipe":
      return at(definition.out);
    case "nullable":
      return 0;
    default: {
      const inner = innerOf(schema);
      return inner === undefined ? 0 : at(inner);
    }
  }
}

function highest(schemas: readonly Schema[], at: (schema: Schema) => number): number {
  return Math.max(0, ...schemas.map(at));
}
