import * as fc from "fast-check";
import type * as z from "zod/v4/core";
import { attempt, Attempts, hits } from "./attempts.ts";
import { heightOf, isRecursive } from "./heights.ts";
import { areDisjoint } from "./kinds.ts";
import { isPlainObject } from "./objects.ts";
import { decode, encode, keep, settle, type Trial } from "./round-trip.ts";
import type { Spot, Walk } from "./walk.ts";
import { definitionOf, innerOf, type Schema } from "./zod-schema.ts";

const deepest = 32;

/** Values of a union: of each option, as far as they are read back as what they were. */
export function unions(
  walk: Walk,
  schema: Schema,
  definition: z.$ZodUnionDef,
  spot: Spot,
): fc.Arbitrary<unknown> | undefined {
  const { options } = definition;
  const given = Object.hasOwn(spot, "override");
  const fitting = given
    ? options.filter((option) => mayBecome(option, spot.override))
    : (options as readonly Schema[]);
  const chosen = fitting.length > 0 ? fitting : options;
  const lowest = Math.min(...chosen.map(heightOf));
  // An option that can't end is none; and where an end is sought, the shortest way to it is taken.
  const ending = chosen.filter((option) => heightOf(option) <= (spot.ending ? lowest : deepest));
  // An empty set is no attribute, and so can't tell its option.
  const within = { ...spot, emptySet: false };
  const { deepening = 1 } = walk.style;
  const drawn = ending.flatMap((option): readonly Option[] => {
    const values = walk.draw(option, within);
    if (values === undefined) return [];
    return [{ arbitrary: values, weight: deepening > 1 && isRecursive(option) ? deepening : 1 }];
  });
  if (drawn.length === 0) return undefined;
  const trial = (value: unknown): Trial => (given ? fits(schema, value) : keep(schema, value));
  if (given) {
    const sources = drawn.map(({ arbitrary }) => ({ values: arbitrary, tries: 100 }));
    return new Attempts(sources, trial, spot.place);
  }
  if ("discriminator" in definition || areDisjoint(options)) return oneOf(drawn);
  // Deeper in itself, whatever option is read back will do.
  if (spot.around.indexOf(schema) < spot.around.length - 1) {
    return attempt(oneOf(drawn), trial, spot.place);
  }
  const visited = drawn.filter(({ arbitrary }) => hits(arbitrary, trial, 16) > 0);
  const all = visited.length > 0 ? visited : drawn;
  return oneOf(
    all.map((each) => ({ ...each, arbitrary: attempt(each.arbitrary, trial, spot.place) })),
  );
}

interface Option {
  readonly arbitrary: fc.Arbitrary<unknown>;
  readonly weight: number;
}

function oneOf(options: readonly Option[]): fc.Arbitrary<unknown> {
  return fc.oneof(...options);
}

/** Values of an intersection: what both sides take, of objects the members of both. */
export function intersections(
  walk: Walk,
  schema: Schema,
  { left, right }: z.$ZodIntersectionDef,
  spot: Spot,
): fc.Arbitrary<unknown> | undefined {
  const one = walk.draw(left, spotOfSide(spot, left, right));
  const other = walk.draw(right, spotOfSide(spot, right, left));
  if (one === undefined || other === undefined) return undefined;
  const trial = (value: unknown): Trial =>
    Object.hasOwn(spot, "override") ? fits(schema, value) : keep(schema, value);
  const merged = fc.tuple(one, other).map(([a, b]) => merge(a, b));
  const reversed = fc.tuple(other, one).map(([a, b]) => merge(a, b));
  return new Attempts(
    [
      { values: merged, tries: 100 },
      { values: reversed, tries: 100 },
    ],
    trial,
    spot.place,
  );
}

/** Values that a codec gives to the application, drawn from the side from which more get through. */
export function pipes(
  walk: Walk,
  schema: Schema,
  definition: z.$ZodPipeDef,
  spot: Spot,
): fc.Arbitrary<unknown> | undefined {
  const outer = walk.draw(definition.out, { ...spot, stored: false });
  if (isPlainObject(spot.override) || Array.isArray(spot.override)) {
    return outer && attempt(outer, (value) => fits(schema, value), spot.place);
  }
  const trial = (value: unknown): Trial => settle(schema, value);
  const { override: _, ...free } = spot;
  const inner = walk.draw(definition.in, free)?.map((stored) => {
    const read = decode(schema, stored);
    return read.ok ? read.value : undefined;
  });
  const sides = [outer, inner].flatMap((values) => values ?? []);
  const best = sides
    .map((values, index) => ({ values, hits: hits(values, trial, 24), index }))
    .toSorted((a, b) => score(b.hits) - score(a.hits) || a.index - b.index);
  if (best.length === 0) return undefined;
  return new Attempts(
    best.map(({ values }) => ({ values, tries: 200 })),
    trial,
    spot.place,
  );
}

/** Whether a value, completed or not, is stored by the schema. */
export function fits(schema: Schema, value: unknown): Trial {
  const stored = encode(schema, value);
  return stored.ok ? { ok: true, value } : stored;
}

// A few that get through are enough: what the application may hold has the more telling edges.
function score(found: number): number {
  return Math.min(found, 8);
}

// What is given for members of the other side alone is none of this side's.
function spotOfSide(spot: Spot, side: Schema, other: Schema): Spot {
  const { override } = spot;
  const [own, others] = [definitionOf(side), definitionOf(other)];
  if (!isPlainObject(override) || own.type !== "object" || others.type !== "object") return spot;
  const given = Object.entries(override).filter(
    ([name]) => Object.hasOwn(own.shape, name) || !Object.hasOwn(others.shape, name),
  );
  return { ...spot, override: Object.fromEntries(given) };
}

function merge(a: unknown, b: unknown): unknown {
  if (!isPlainObject(a) || !isPlainObject(b)) return a;
  const names = Object.keys(b).map((name): readonly [string, unknown] => [
    name,
    Object.hasOwn(a, name) ? merge(a[name], b[name]) : b[name],
  ]);
  return { ...a, ...Object.fromEntries(names) };
}

// Whether an option of a union could be what was given, once it is completed.
function mayBecome(option: Schema, override: unknown): boolean {
  const definition = definitionOf(option);
  switch (definition.type) {
    case "object":
      return (
        isPlainObject(override) &&
        Object.keys(override).every((name) => {
          const member = Object.hasOwn(definition.shape, name) ? definition.shape[name] : undefined;
          if (member === undefined)
            return (
              definition.catchall !== undefined &&
              definitionOf(definition.catchall).type !== "never"
            );
          return override[name] === undefined || mayBecome(member, override[name]);
        })
      );
    case "record":
      return isPlainObject(override);
    case "array":
    case "tuple":
      return Array.isArray(override);
    case "union":
      return definition.options.some((each) => mayBecome(each, override));
    case "intersection":
      return (
        isPlainObject(override) ||
        (mayBecome(definition.left, override) && mayBecome(definition.right, override))
      );
    case "pipe":
      return mayBecome(definition.out, override);
    case "nullable":
      return override === null || mayBecome(definition.innerType, override);
    default: {
      const inner = innerOf(option);
      return inner === undefined ? encode(option, override).ok : mayBecome(inner, override);
    }
  }
}
