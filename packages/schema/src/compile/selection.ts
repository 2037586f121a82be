import type { PathStep } from "@fieldwise/core";
import { placeAt } from "./step.ts";
import { definitionOf, innerOf, isCodec, type Schema } from "./zod-types.ts";

/**
 * What of a value is asked for: all of it, or some of its members. A `tag` is asked for by us, to know which option of a
 * union the value is of.
 */
export type Selection = "whole" | "tag" | Members;

/** The members that are asked for. */
export type Members = Map<PathStep, Selection>;

/** The members that these paths ask for. */
export function selectionOf(paths: readonly (readonly PathStep[])[]): Members {
  const members: Members = new Map();
  for (const path of paths) add(members, path, "whole");
  return members;
}

/**
 * All that several selections of the same schema ask for, as one; each by itself where one asks for all of what another asks
 * some members of.
 */
export function mergeAll(selections: readonly Members[]): readonly Members[] {
  const merged: Members = new Map();
  const asked = new Set<string>();
  for (const selection of selections) {
    for (const [path, leaf] of leavesOf(selection)) {
      add(merged, path, leaf);
      asked.add(JSON.stringify(path));
    }
  }
  return pathsOf(merged).length === asked.size ? [merged] : selections;
}

/** The paths that a selection asks for. */
export function pathsOf(selection: Members): readonly (readonly PathStep[])[] {
  return leavesOf(selection).map(([path]) => path);
}

/** Asks for the discriminators of unions of which some members are asked for. */
export function addDiscriminators(schema: Schema, selection: Members): void {
  for (const [step, inside] of selection) {
    const place = typeof inside === "string" ? undefined : placeAt(schema, step);
    if (place !== undefined) addDiscriminators(place.schema, inside as Members);
  }
  // A list has none, and DynamoDB takes no path that is both of a list and of a map.
  if ([...selection.keys()].some((step) => typeof step === "number")) return;
  for (const name of discriminatorsOf(schema, 0)) {
    if (!selection.has(name)) selection.set(name, "tag");
  }
}

function discriminatorsOf(schema: Schema, depth: number): readonly string[] {
  if (depth > 32) return [];
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "union": {
      const inside = definition.options.flatMap((option) => discriminatorsOf(option, depth + 1));
      const own = discriminatorOf(definition);
      return own === undefined ? inside : [own, ...inside];
    }
    case "intersection":
      return [definition.left, definition.right].flatMap((side) =>
        discriminatorsOf(side, depth + 1),
      );
    case "pipe":
      return isCodec(definition) ? [] : discriminatorsOf(definition.in, depth + 1);
    default: {
      const inner = innerOf(schema);
      return inner === undefined ? [] : discriminatorsOf(inner, depth + 1);
    }
  }
}

/** The name by which a discriminated union tells its options apart. */
export function discriminatorOf(definition: object): string | undefined {
  return "discriminator" in definition ? String(definition.discriminator) : undefined;
}

/** What of a value is asked for. */
export function pick(value: unknown, selection: Selection): unknown {
  if (typeof selection === "string" || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    return inOrder(selection).flatMap(([step, inside]) =>
      Number(step) < value.length ? [pick(value[Number(step)], inside)] : [],
    );
  }
  const has = (step: PathStep): boolean =>
    value instanceof Map ? value.has(step) : Object.hasOwn(value, step);
  const members = [...selection].flatMap(([step, inside]): [PathStep, unknown][] => {
    if (inside === "tag" || !has(step)) return [];
    const member: unknown =
      value instanceof Map ? value.get(step) : (value as Record<PathStep, unknown>)[step];
    return [[step, pick(member, inside)]];
  });
  return value instanceof Map ? new Map(members) : Object.fromEntries(members);
}

/** The elements that are asked for, in the order in which they come. */
export function inOrder(selection: Members): readonly (readonly [PathStep, Selection])[] {
  return [...selection].toSorted(([a], [b]) => Number(a) - Number(b));
}

function add(members: Members, [step, ...rest]: readonly PathStep[], leaf: "whole" | "tag"): void {
  if (step === undefined) return;
  const old = members.get(step);
  if (old === "whole") return;
  if (rest.length === 0) {
    if (leaf === "whole" || old === undefined) members.set(step, leaf);
    return;
  }
  const inside = old instanceof Map ? old : (new Map() as Members);
  members.set(step, inside);
  add(inside, rest, leaf);
}

type Leaf = readonly [readonly PathStep[], "whole" | "tag"];

function leavesOf(selection: Selection): readonly Leaf[] {
  if (typeof selection === "string") return [[[], selection]];
  return [...selection].flatMap(([step, inside]) =>
    leavesOf(inside).map(([path, leaf]): Leaf => [[step, ...path], leaf]),
  );
}
