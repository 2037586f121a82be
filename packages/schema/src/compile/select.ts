import type { PathStep } from "@fieldwise/core";
import { $ZodCatch, $ZodDefault, $ZodNullable, $ZodReadonly } from "zod/v4/core";
import type * as z from "zod/v4/core";
import { InvalidItem } from "../errors.ts";
import { absentValueOf } from "./absent.ts";
import { mayBeLacking, memberOf, type Part } from "./part.ts";
import { closedObject } from "./partial.ts";
import { planOf } from "./plan-of.ts";
import { customIssue } from "./run-zod.ts";
import { selectElements, selectOfMap, selectOfOptions } from "./select-members.ts";
import {
  addDiscriminators,
  type Members,
  pathsOf,
  pick,
  type Selection,
  selectionOf,
} from "./selection.ts";
import { placeAt } from "./step.ts";
import { unionOptionsOf } from "./union-options.ts";
import {
  acceptsUndefined,
  definitionOf,
  innerOf,
  intersectionOf,
  pipeOf,
  type Schema,
} from "./zod-types.ts";

/** The part of a schema that a projection asks for. */
export interface SelectedPart {
  readonly schema: Schema;
  /** The paths to ask for: with the discriminators that tell what the values are. */
  readonly paths: readonly (readonly PathStep[])[];
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
): SelectedPart {
  for (const path of paths) {
    let at: Schema | undefined = schema;
    for (const step of path) at = at && placeAt(at, step)?.schema;
    if (at === undefined || path.length === 0) {
      const issues = [customIssue(path, "The schema has no such path")];
      throw new InvalidItem(tableName, issues, "The projection");
    }
  }
  const selection = selectionOf(paths);
  addDiscriminators(schema, selection);
  return { schema: select(schema, selection, false).schema, paths: pathsOf(selection) };
}

// Loose where some elements of a list were asked for one member, and some for another.
function select(schema: Schema, selection: Selection, loose: boolean): Part {
  if (typeof selection === "string") return { schema, mayBeMissing: acceptsUndefined(schema) };
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "object":
    case "record":
      return selectNamed(schema, selection, loose);
    case "map":
      return selectOfMap(definition, selection, (each, inside) => select(each, inside, loose));
    case "array":
    case "tuple":
      return selectElements(schema, selection, loose, (each, inside) => select(each, inside, true));
    case "union":
    case "intersection": {
      const union = unionOptionsOf(schema);
      return union === undefined
        ? selectOfBoth(definition as z.$ZodIntersectionDef, selection, loose)
        : selectOfOptions(union, selection, (each, inside) => select(each, inside, loose));
    }
    case "pipe": {
      const left = select(definition.in, selection, loose);
      const right = select(definition.out, selection, loose);
      return { ...left, schema: pipeOf(left.schema, right.schema) };
    }
    case "optional":
    case "prefault":
      return missing(select(definition.innerType, selection, loose).schema);
    case "nullable": {
      // Of a null nothing comes back.
      const { schema: innerType } = select(definition.innerType, selection, loose);
      return missing(new $ZodNullable({ type: "nullable", innerType }));
    }
    case "readonly": {
      const part = select(definition.innerType, selection, loose);
      return { ...part, schema: new $ZodReadonly({ type: "readonly", innerType: part.schema }) };
    }
    case "default":
      return selectOfDefault(definition, selection, loose);
    case "catch":
      return selectOfCatch(definition, selection, loose);
    default: {
      const inner = innerOf(schema);
      return inner === undefined ? missing(schema) : select(inner, selection, loose);
    }
  }
}

function selectNamed(schema: Schema, selection: Members, loose: boolean): Part {
  const shape: Record<string, Schema> = {};
  for (const [step, inside] of selection) {
    const place = placeAt(schema, step);
    if (place === undefined) continue;
    const part = select(place.schema, inside, loose);
    shape[String(step)] = memberOf(part, loose || !place.named);
  }
  const absent = Object.values(shape).every((member) => mayBeLacking(member) || isStoodFor(member));
  const schemaOfPart = closedObject(shape);
  return { schema: schemaOfPart, absent: absent ? () => readNothing(schemaOfPart) : undefined };
}

function isStoodFor(member: Schema): boolean {
  return absentValueOf(member) !== undefined;
}

function selectOfBoth(definition: z.$ZodIntersectionDef, selection: Members, loose: boolean): Part {
  const [left, right] = [definition.left, definition.right].flatMap((side) => {
    const known = new Map([...selection].filter(([step]) => placeAt(side, step) !== undefined));
    return known.size === 0 ? [] : [select(side, known, loose)];
  });
  if (left === undefined) return missing(closedObject({}));
  if (right === undefined) return left;
  const both = intersectionOf(left.schema, right.schema);
  return {
    schema: both,
    absent: left.absent && right.absent && (() => readNothing(both)),
    mayBeMissing: left.mayBeMissing === true && right.mayBeMissing === true,
  };
}

// An object of which nothing came back: it has what stands for its missing members.
function readNothing(schema: Schema): unknown {
  return planOf(schema).map({}, { depth: 0, problems: [] });
}

function selectOfDefault(definition: z.$ZodDefaultDef, selection: Members, loose: boolean): Part {
  const { schema: innerType } = select(definition.innerType, selection, loose);
  const schema = new $ZodDefault({
    type: "default",
    innerType,
    get defaultValue() {
      return pick(definition.defaultValue, selection);
    },
  });
  return { schema };
}

function selectOfCatch(definition: z.$ZodCatchDef, selection: Members, loose: boolean): Part {
  const part = select(definition.innerType, selection, loose);
  const schema = new $ZodCatch({
    type: "catch",
    innerType: part.schema,
    catchValue: (context) => pick(definition.catchValue(context), selection),
  });
  return { ...part, schema };
}

function missing(schema: Schema): Part {
  return { schema, mayBeMissing: true };
}
