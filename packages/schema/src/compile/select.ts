import type { PathStep } from "@fieldwise/core";
import { $ZodDefault, $ZodMap, $ZodNullable, $ZodReadonly, $ZodTuple } from "zod/v4/core";
import type * as z from "zod/v4/core";
import { InvalidItem } from "../errors.ts";
import { withAbsentValue } from "./absent.ts";
import { listOf, objectOf, optional, strict } from "./partial.ts";
import { customIssue } from "./run-zod.ts";
import { placeAt } from "./step.ts";
import { storesSet } from "./stored-types.ts";
import {
  internalsOf,
  acceptsUndefined,
  definitionOf,
  innerOf,
  intersectionOf,
  pipeOf,
  type Schema,
  unionOf,
} from "./zod-types.ts";

/** What of a value was asked for: all of it, or some of its members. */
type Selection = "whole" | Map<PathStep, Selection>;

/** A part of a schema. */
interface Part {
  readonly schema: Schema;
  /** What the part is where nothing came back of it; `undefined` where that is wrong, or where it may be missing. */
  readonly absent: (() => unknown) | undefined;
  readonly mayBeMissing: boolean;
}

/**
 * The part of a schema that a projection asks for. Refinements of an object or list as a whole are left out, as they
 * would see a part of it.
 *
 * @throws InvalidItem where the schema has no such path.
 */
export function selectPaths(
  tableName: string,
  schema: Schema,
  paths: readonly (readonly PathStep[])[],
): Schema {
  const tree: Selection = new Map();
  for (const path of paths) {
    let at: Schema | undefined = schema;
    for (const step of path) at = at && placeAt(at, step)?.schema;
    if (at === undefined || path.length === 0) {
      const issues = [customIssue(path, "The schema has no such path")];
      throw new InvalidItem(tableName, issues, "The projection");
    }
    add(tree, path);
  }
  return select(schema, tree).schema;
}

function add(tree: Map<PathStep, Selection>, [step, ...rest]: readonly PathStep[]): void {
  if (step === undefined) return;
  const inside = tree.get(step);
  if (rest.length === 0 || inside === "whole") {
    tree.set(step, "whole");
    return;
  }
  const members = inside ?? new Map<PathStep, Selection>();
  tree.set(step, members);
  add(members, rest);
}

function select(schema: Schema, selection: Selection): Part {
  if (selection === "whole") {
    return { schema, absent: undefined, mayBeMissing: acceptsUndefined(schema) };
  }
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "object":
    case "record":
      return selectMembers(schema, selection);
    case "map":
      return selectOfMap(definition, selection);
    case "array":
    case "tuple":
      return selectElements(schema, selection);
    case "union":
      return selectOfOptions(definition.options, selection);
    case "intersection": {
      const sides = [definition.left, definition.right].flatMap((side) => {
        const known = new Map([...selection].filter(([step]) => placeAt(side, step) !== undefined));
        return known.size === 0 ? [] : [select(side, known)];
      });
      const [left, right] = sides as [Part, Part | undefined];
      if (right === undefined) return left;
      return {
        schema: intersectionOf(left.schema, right.schema),
        absent: left.absent && right.absent,
        mayBeMissing: left.mayBeMissing && right.mayBeMissing,
      };
    }
    case "pipe": {
      const left = select(definition.in, selection);
      return { ...left, schema: pipeOf(left.schema, select(definition.out, selection).schema) };
    }
    case "optional":
      return missing(select(definition.innerType, selection).schema);
    case "nullable": {
      // Of a null nothing comes back.
      const { schema: inner } = select(definition.innerType, selection);
      return missing(new $ZodNullable({ type: "nullable", innerType: inner }));
    }
    case "readonly": {
      const part = select(definition.innerType, selection);
      return { ...part, schema: new $ZodReadonly({ type: "readonly", innerType: part.schema }) };
    }
    case "default":
      return selectOfDefault(definition, selection);
    case "prefault":
      return missing(select(definition.innerType, selection).schema);
    case "any":
    case "unknown":
    case "custom":
      return missing(schema);
    default: {
      const inner = innerOf(schema);
      return inner === undefined ? missing(schema) : select(inner, selection);
    }
  }
}

function selectMembers(schema: Schema, selection: Map<PathStep, Selection>): Part {
  const shape: Record<string, Schema> = {};
  let absent = true;
  for (const [step, inside] of selection) {
    const place = placeAt(schema, step);
    if (place === undefined) continue;
    const member = memberOf(select(place.schema, inside), !place.named);
    shape[String(step)] = member;
    absent &&= acceptsUndefined(member) || isFilledIn(member);
  }
  return { schema: objectOf(shape), absent: absent ? () => ({}) : undefined, mayBeMissing: false };
}

// A member as it stands in a part: it may be missing, or something stands for it, or it is required.
function memberOf(part: Part, anyName: boolean): Schema {
  if (part.absent !== undefined) return withAbsentValue(part.schema, part.absent);
  if (anyName || part.mayBeMissing) return orMissing(part.schema);
  return part.schema;
}

function isFilledIn(schema: Schema): boolean {
  return internalsOf(schema).optin === "defaulted" || storesSet(schema);
}

function selectOfMap(definition: z.$ZodMapDef, selection: Map<PathStep, Selection>): Part {
  const values = [...selection.values()].map(
    (inside) => select(definition.valueType, inside).schema,
  );
  const schema = new $ZodMap({
    type: "map",
    keyType: definition.keyType,
    valueType: unionOf(values),
  });
  return { schema, absent: () => new Map(), mayBeMissing: false };
}

// DynamoDB gives the elements that were asked for in a shorter list, so that it is not known which is which.
function selectElements(schema: Schema, selection: Map<PathStep, Selection>): Part {
  const steps = [...selection].toSorted(([a], [b]) => Number(a) - Number(b));
  const parts = steps.flatMap(([step, inside]) => {
    const place = placeAt(schema, step);
    return place === undefined ? [] : [{ place, inside }];
  });
  const certain = parts.every(
    ({ place, inside }) => place.named && inside === "whole" && !acceptsUndefined(place.schema),
  );
  if (certain) {
    const items = parts.map(({ place }) => place.schema);
    const tuple = new $ZodTuple({ type: "tuple", items, rest: null });
    return { schema: tuple, absent: undefined, mayBeMissing: false };
  }
  const whole = parts.filter(({ inside }) => inside === "whole").map(({ place }) => place.schema);
  const some = parts.flatMap(({ place, inside }) =>
    inside === "whole" ? [] : [{ schema: place.schema, inside }],
  );
  const bySchema = new Map<Schema, { readonly inside: Map<PathStep, Selection> }[]>();
  for (const part of some) {
    const group = bySchema.get(part.schema);
    if (group === undefined) bySchema.set(part.schema, [part]);
    else group.push(part);
  }
  const merged = [...bySchema].map(([element, group]) =>
    loosened(select(element, mergeAll(group.map(({ inside }) => inside))).schema),
  );
  const element = unionOf([...whole, ...merged]);
  return { schema: listOf(element), absent: () => [], mayBeMissing: false };
}

function mergeAll(selections: readonly Map<PathStep, Selection>[]): Map<PathStep, Selection> {
  const merged = new Map<PathStep, Selection>();
  for (const selection of selections) {
    for (const path of pathsOf(selection)) add(merged, path);
  }
  return merged;
}

function pathsOf(selection: Selection): readonly (readonly PathStep[])[] {
  if (selection === "whole") return [[]];
  return [...selection].flatMap(([step, inside]) => pathsOf(inside).map((path) => [step, ...path]));
}

// Some elements were asked for one member, and some for another.
function loosened(schema: Schema): Schema {
  const definition = definitionOf(schema);
  if (definition.type === "union") {
    return unionOf(definition.options.map((option) => loosened(option)));
  }
  if (definition.type !== "object") return schema;
  const shape: Record<string, Schema> = {};
  for (const [name, member] of Object.entries(definition.shape)) {
    const filled = isFilledIn(member);
    shape[name] = filled ? member : orMissing(member);
  }
  return objectOf(shape, definition.catchall);
}

function selectOfOptions(options: readonly Schema[], selection: Map<PathStep, Selection>): Part {
  const parts = options.map((option) => {
    const known = new Map([...selection].filter(([step]) => placeAt(option, step) !== undefined));
    return known.size === 0 ? undefined : select(option, known);
  });
  const objects = parts.map((part) => (part === undefined ? objectOf({}) : part.schema));
  const schema = unionOf(objects.map((each) => strict(each)));
  const some = parts.some((part) => part === undefined || part.mayBeMissing);
  if (some) return missing(schema);
  const empty = parts.find((part) => part?.absent !== undefined)?.absent;
  return { schema, absent: empty, mayBeMissing: false };
}

function selectOfDefault(definition: z.$ZodDefaultDef, selection: Map<PathStep, Selection>): Part {
  const { schema: innerType } = select(definition.innerType, selection);
  const schema = new $ZodDefault({
    type: "default",
    innerType,
    get defaultValue() {
      return pick(definition.defaultValue, selection);
    },
  });
  return { schema, absent: undefined, mayBeMissing: false };
}

function pick(value: unknown, selection: Selection): unknown {
  if (selection === "whole" || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const steps = [...selection].toSorted(([a], [b]) => Number(a) - Number(b));
    return steps.flatMap(([step, inside]) =>
      Number(step) < value.length ? [pick(value[Number(step)], inside)] : [],
    );
  }
  if (value instanceof Map) {
    return new Map(
      [...selection].flatMap(([step, inside]) =>
        value.has(step) ? [[step, pick(value.get(step), inside)]] : [],
      ),
    );
  }
  return Object.fromEntries(
    [...selection].flatMap(([step, inside]) =>
      Object.hasOwn(value, step)
        ? [[step, pick((value as Record<string, unknown>)[String(step)], inside)]]
        : [],
    ),
  );
}

function missing(schema: Schema): Part {
  return { schema: orMissing(schema), absent: undefined, mayBeMissing: true };
}

function orMissing(schema: Schema): Schema {
  return acceptsUndefined(schema) || internalsOf(schema).optin === "defaulted"
    ? schema
    : optional(schema);
}
