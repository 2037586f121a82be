import * as fc from "fast-check";
import type * as z from "zod/v4/core";
import { json, kinds, ordinary, storable } from "./anything.ts";
import { type Asked, askedBigint, askedDate, askedNumber, askedText } from "./asked.ts";
import { advice, attempt, Attempts, Deferred, hits, none } from "./attempts.ts";
import { fits, intersections, pipes, unions } from "./choices.ts";
import { lists, maps, sets, tuples } from "./containers.ts";
import type { Place } from "./fixture-error.ts";
import { heightOf, pathWithoutEnd } from "./heights.ts";
import { bigints, dates, numbers } from "./numbers.ts";
import { isPlainObject, objects, records } from "./objects.ts";
import { keep, settle, type Trial } from "./round-trip.ts";
import type { Style } from "./style.ts";
import { templates } from "./templates.ts";
import { texts } from "./texts.ts";
import type { Spot, Walk } from "./walk.ts";
import { checksOf, definitionOf, innerOf, internalsOf, type Schema } from "./zod-schema.ts";

/** What `valuesOf` needs to know. */
export interface ValuesContext {
  readonly style: Style;
  readonly place: Place;
  /**
   * What is given for the value: it is taken as it is, but an object or a list is completed member by member. A member
   * that is `undefined` is left out.
   */
  readonly override?: unknown;
  /** The attributes of the item that are keys, and how many bytes each may have. */
  readonly keys?: ReadonlyMap<string, number>;
  /** Kept between walks of one schema in one style: what nothing is given for is made once for all of them. */
  readonly parts?: KnownParts;
}

/** The arbitraries of the parts of a schema, by where they stand. */
export type KnownParts = Map<Schema, Map<string, fc.Arbitrary<unknown> | undefined>>;

/**
 * The values that an application holds of a schema: the schema's output. Each comes back as it was once it is stored.
 *
 * Drawing from it throws a `FixtureError` where no value of a part of the schema is found by chance.
 */
export function valuesOf(schema: Schema, context: ValuesContext): fc.Arbitrary<unknown> {
  const { style, place, keys = new Map<string, number>(), parts } = context;
  const walk: Walk = {
    style,
    keys,
    draw: (each, at) =>
      parts === undefined ? draw(walk, each, at) : drawOnce(parts, walk, each, at),
  };
  const given = Object.hasOwn(context, "override") && context.override !== undefined;
  const spot: Spot = {
    place,
    stored: true,
    emptySet: place.path.length === 1,
    around: [],
    ending: false,
    ...(given ? { override: context.override } : {}),
  };
  return walk.draw(schema, spot) ?? withoutEnd(schema, place);
}

function withoutEnd(schema: Schema, place: Place): fc.Arbitrary<unknown> {
  const path = [...place.path, ...pathWithoutEnd(schema)];
  return none({ ...place, path }, "the schema takes no value at all, or none that ends");
}

function drawOnce(
  parts: KnownParts,
  walk: Walk,
  schema: Schema,
  spot: Spot,
): fc.Arbitrary<unknown> | undefined {
  if (Object.hasOwn(spot, "override")) return draw(walk, schema, spot);
  const known = parts.get(schema) ?? new Map<string, fc.Arbitrary<unknown> | undefined>();
  parts.set(schema, known);
  const { place, stored, emptySet, around, ending } = spot;
  const at = JSON.stringify([place.path, stored, emptySet, around.length, ending]);
  if (!known.has(at)) known.set(at, draw(walk, schema, spot));
  return known.get(at);
}

const deepest = 24;
// How many schemas in each other are walked at once; what lies deeper is when it is drawn from.
const atOnce = 12;

function draw(walk: Walk, schema: Schema, spot: Spot): fc.Arbitrary<unknown> | undefined {
  if (Object.hasOwn(spot, "override") && !isPartial(spot.override))
    return fc.constant(spot.override);
  // A value that would never end is none.
  if (!Object.hasOwn(spot, "override") && heightOf(schema) === Number.POSITIVE_INFINITY) {
    return undefined;
  }
  const { around, place } = spot;
  const depth = around.filter((each) => each === schema).length;
  const { recursion, levels = Number.POSITIVE_INFINITY } = walk.style;
  const ending =
    spot.ending || depth >= recursion || around.length >= levels || place.path.length >= deepest;
  const within: Spot = { ...spot, around: [...around, schema], ending };
  if (depth === 0 && around.length < atOnce) return refined(walk, schema, within);
  return new Deferred(() => refined(walk, schema, within) ?? withoutEnd(schema, place));
}

// What the checks of a schema leave of its values.
function refined(walk: Walk, schema: Schema, spot: Spot): fc.Arbitrary<unknown> | undefined {
  const values = unrefined(walk, schema, spot);
  if (values === undefined || checksOf(schema).length === 0) return values;
  const given = Object.hasOwn(spot, "override");
  const container = isContainer(schema);
  const trial = (value: unknown): Trial =>
    given ? fits(schema, value) : container ? keep(schema, value) : settle(schema, value);
  return attempt(values, trial, spot.place);
}

function unrefined(walk: Walk, schema: Schema, spot: Spot): fc.Arbitrary<unknown> | undefined {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case "string": {
      const asked = askedText(schema);
      return leaf(walk, asked, texts, spot);
    }
    case "number": {
      const asked = askedNumber(schema);
      return leaf(walk, asked, numbers, spot);
    }
    case "bigint": {
      const asked = askedBigint(schema);
      return leaf(walk, asked, bigints, spot);
    }
    case "date": {
      const asked = askedDate(schema);
      return leaf(walk, asked, dates, spot);
    }
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "nan":
      return fc.constant(Number.NaN);
    case "enum":
    case "literal":
      return fc.constantFrom(...(internalsOf(schema).values ?? []));
    case "template_literal":
      return templates(walk, schema as z.$ZodTemplateLiteral, spot);
    case "any":
    case "unknown":
      return anything(walk, spot);
    case "custom":
      return custom(definition, spot);
    case "object":
      return objects(walk, definition, spot);
    case "record":
      return records(walk, schema, definition, spot);
    case "array":
      return lists(walk, schema, definition, spot);
    case "tuple":
      return tuples(walk, definition, spot);
    case "set":
      return sets(walk, schema, definition, spot);
    case "map":
      return maps(walk, schema, definition, spot);
    case "union":
      return unions(walk, schema, definition, spot);
    case "intersection":
      return intersections(walk, schema, definition, spot);
    case "pipe":
      return pipes(walk, schema, definition, spot);
    case "nullable":
      return nullable(walk, definition.innerType, spot);
    case "never":
    case "undefined":
    case "void":
      return undefined;
    default: {
      const inner = innerOf(schema);
      return inner === undefined
        ? none(spot.place, `values of z.${definition.type}() can't be made by chance. ${advice}`)
        : walk.draw(inner, spot);
    }
  }
}

// Of a schema without a style: with edges, and without.
const plainLeaves = {
  true: new WeakMap<Schema, fc.Arbitrary<unknown>>(),
  false: new WeakMap<Schema, fc.Arbitrary<unknown>>(),
};

function leaf<Kind extends Asked>(
  { style }: Walk,
  asked: Kind,
  make: (asked: Kind, edges: boolean) => fc.Arbitrary<unknown>,
  { place }: Spot,
): fc.Arbitrary<unknown> {
  const known = plainLeaves[`${style.edges}`];
  // Patterns take long to be read, and a style of its own may not need them.
  const plain = known.get(asked.schema) ?? new Deferred(() => make(asked, style.edges));
  known.set(asked.schema, plain);
  const trial = (value: unknown): Trial => settle(asked.schema, value);
  const styled = style.leaf?.(asked, place);
  const sources = [{ values: plain, tries: 200 }];
  if (styled !== undefined) sources.unshift({ values: styled, tries: 20 });
  return new Attempts(sources, trial, place);
}

function nullable(walk: Walk, inner: Schema, spot: Spot): fc.Arbitrary<unknown> {
  const values = walk.draw(inner, spot);
  if (values === undefined) return fc.constant(null);
  if (Object.hasOwn(spot, "override")) return values;
  if (spot.ending) return fc.constant(null);
  const { missing } = walk.style;
  return missing === Number.POSITIVE_INFINITY ? values : fc.option(values, { freq: missing });
}

function anything({ style }: Walk, spot: Spot): fc.Arbitrary<unknown> {
  if (Object.hasOwn(spot, "override")) return fc.constant(spot.override);
  if (!style.edges) return ordinary;
  return spot.stored ? storable : json;
}

// Its checks are left for later: here it tells of what kind its values are.
function custom({ fn }: z.$ZodCustomDef, spot: Spot): fc.Arbitrary<unknown> {
  if (Object.hasOwn(spot, "override")) return fc.constant(spot.override);
  const trial = (value: unknown): Trial =>
    takes(fn, value) ? { ok: true, value } : { ok: false, problem: "Invalid input" };
  const values = kinds.find((each) => hits(each, trial, 12) > 0);
  return values === undefined
    ? none(spot.place, `no value that the custom schema takes was found by chance. ${advice}`)
    : attempt(values, trial, spot.place);
}

function takes(fn: z.$ZodCustomDef["fn"], value: unknown): boolean {
  try {
    return Boolean(fn(value as never));
  } catch {
    return false;
  }
}

function isPartial(override: unknown): boolean {
  return isPlainObject(override) || Array.isArray(override);
}

function isContainer(schema: Schema): boolean {
  return !["string", "number", "bigint", "date", "pipe", "custom"].includes(
    definitionOf(schema).type,
  );
}
