import * as fc from "fast-check";
import type * as z from "zod/v4/core";
import { attempt } from "./attempts.ts";
import { distinct, orUndefined, sizeOf } from "./containers.ts";
import { encode, type Trial } from "./round-trip.ts";
import { inside, type Spot, type Walk } from "./walk.ts";
import { definitionOf, internalsOf, mayBeAbsent, type Schema } from "./zod-schema.ts";

type Members = Readonly<Record<string, unknown>>;

const absent = Symbol("absent");

/** Objects: what was given for one is completed member by member. */
export function objects(
  walk: Walk,
  definition: z.$ZodObjectDef,
  spot: Spot,
): fc.Arbitrary<unknown> {
  const given = givenMembers(spot);
  const names = Object.keys(definition.shape);
  const declared = names.map((name) =>
    member(walk, definition.shape[name] as Schema, name, spot, given, { named: true }),
  );
  const { catchall } = definition;
  const others = Object.keys(given).filter((name) => !Object.hasOwn(definition.shape, name));
  const completed = others.map((name) =>
    catchall === undefined
      ? fc.constant(given[name] === undefined ? absent : given[name])
      : member(walk, catchall, name, spot, given),
  );
  const named = fc
    .tuple(...declared, ...completed)
    .map((values) => together([...names, ...others], values));
  if (catchall === undefined || definitionOf(catchall).type === "never") return named;
  const extra = walk.draw(catchall, inside(spot, "*"));
  if (extra === undefined || spot.ending || spot.override !== undefined) return named;
  if (!walk.style.edges) return named;
  const taken = new Set([...names, ...others]);
  const size = { minLength: 0, maxLength: 2 };
  const entries = distinct(fc.tuple(otherNames, extra), size, ([name]) => name).map((drawn) =>
    drawn.filter(([name]) => !taken.has(name)),
  );
  return fc.tuple(named, entries).map(([value, more]) => withEntries(value, more));
}

/** Records: their keys are drawn from the schema of the keys, or are all that it lists. */
export function records(
  walk: Walk,
  schema: Schema,
  definition: z.$ZodRecordDef,
  spot: Spot,
): fc.Arbitrary<unknown> {
  const { keyType, valueType, partial } = definition as z.$ZodRecordDef & { partial?: boolean };
  const given = givenMembers(spot);
  const listed = internalsOf(keyType).values;
  if (listed !== undefined) {
    const names = [...listed].map(String);
    const optional = partial === true;
    const values = names.map((name) => member(walk, valueType, name, spot, given, { optional }));
    return fc.tuple(...values).map((drawn) => together(names, drawn));
  }
  const names = Object.keys(given);
  if (isPlainObject(spot.override)) {
    const values = names.map((name) => member(walk, valueType, name, spot, given));
    return fc.tuple(...values).map((drawn) => together(names, drawn));
  }
  const keys = walk.draw(keyType, inside(spot, "*"));
  const values = walk.draw(valueType, inside(spot, "*"));
  const size = sizeOf(walk, schema, spot, keys !== undefined && values !== undefined);
  return distinct(fc.tuple(orUndefined(keys), orUndefined(values)), size, ([key]) =>
    String(key),
  ).map((entries) =>
    withEntries(
      {},
      entries
        .map(([key, value]): readonly [string, unknown] => [String(key), value])
        .filter(([key]) => isStorableName(key)),
    ),
  );
}

function member(
  walk: Walk,
  schema: Schema,
  name: string,
  spot: Spot,
  given: Members,
  {
    optional = false,
    named = false,
  }: { readonly optional?: boolean; readonly named?: boolean } = {},
): fc.Arbitrary<unknown> {
  const has = Object.hasOwn(given, name);
  if (has && given[name] === undefined) return fc.constant(absent);
  const maybe = optional || mayBeAbsent(schema);
  const more = { emptySet: named && !maybe, ...(has ? { override: given[name] } : {}) };
  const drawn = walk.draw(schema, inside(spot, name, more));
  const longest = spot.place.path.length === 0 ? walk.keys.get(name) : undefined;
  const at = inside(spot, name).place;
  const values =
    drawn !== undefined && longest !== undefined && !has
      ? attempt(drawn, (value) => asKey(schema, value, longest), at)
      : drawn;
  if (values === undefined) return maybe ? fc.constant(absent) : orUndefined(values);
  if (!maybe || has) return values;
  if (spot.ending) return fc.constant(absent);
  const { missing } = walk.style;
  return missing === Number.POSITIVE_INFINITY
    ? values
    : fc.option(values, { nil: absent, freq: missing });
}

function asKey(schema: Schema, value: unknown, longest: number): Trial {
  const stored = encode(schema, value);
  if (!stored.ok) return stored;
  const { value: held } = stored;
  const length =
    typeof held === "string"
      ? Buffer.byteLength(held)
      : held instanceof Uint8Array
        ? held.length
        : 1;
  if (length > 0 && length <= longest) return { ok: true, value };
  return { ok: false, problem: `A key is not empty and has at most ${longest} bytes` };
}

// Names that objects inherit, and such as paths could misread.
const otherNames = fc.oneof(
  fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 6 }).filter(isStorableName),
  fc.constantFrom("constructor", "toString", "a.b", "größe", "0", "hasOwnProperty", "#n"),
);

// Zod drops a member named __proto__ from records and loose objects.
function isStorableName(name: string): boolean {
  return name !== "" && name !== "__proto__" && name.isWellFormed();
}

function givenMembers({ override }: Spot): Members {
  return isPlainObject(override) ? override : {};
}

/** Whether a value is an object to be completed, and not one to be taken as it is. */
export function isPlainObject(value: unknown): value is Members {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || prototype === Object.prototype;
}

function together(names: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  const entries = names.map((name, index): readonly [string, unknown] => [name, values[index]]);
  return withEntries(
    {},
    entries.filter(([, value]) => value !== absent),
  );
}

function withEntries(
  value: Readonly<Record<string, unknown>>,
  entries: readonly (readonly [string, unknown])[],
): Record<string, unknown> {
  return { ...value, ...Object.fromEntries(entries) };
}
