import * as fc from "fast-check";
import type * as z from "zod/v4/core";
import { askedSize } from "./asked.ts";
import { encode } from "./round-trip.ts";
import { inside, type Spot, type Walk } from "./walk.ts";
import { mayBeAbsent, type Schema } from "./zod-schema.ts";

/** How many members a container gets: what its schema asks for, and within that what the style says. */
export function sizeOf(
  walk: Walk,
  schema: Schema,
  { ending }: Spot,
  drawable = true,
): { readonly minLength: number; readonly maxLength: number } {
  const asked = askedSize(schema);
  const { minimum, maximum } = walk.style.elements;
  const wanted = ending || !drawable ? 0 : minimum;
  const minLength = Math.min(
    Math.max(asked.minimum, wanted),
    Math.max(asked.maximum, asked.minimum),
  );
  const most = ending || !drawable ? 0 : Math.max(maximum, minLength);
  return { minLength, maxLength: Math.max(minLength, Math.min(asked.maximum, most)) };
}

/** Lists: what was given for one is completed element by element. */
export function lists(
  walk: Walk,
  schema: Schema,
  { element }: z.$ZodArrayDef,
  spot: Spot,
): fc.Arbitrary<unknown> {
  if (Array.isArray(spot.override)) {
    const given = spot.override.map((override: unknown, index) =>
      orUndefined(walk.draw(element, inside(spot, index, { override }))),
    );
    return fc.tuple(...given);
  }
  const values = walk.draw(element, inside(spot, "*"));
  const size = sizeOf(walk, schema, spot, values !== undefined);
  return fc.array(orUndefined(values), { ...size, size: "max" });
}

/** Tuples: the last items may be missing, and others may follow. */
export function tuples(
  walk: Walk,
  { items, rest }: z.$ZodTupleDef,
  spot: Spot,
): fc.Arbitrary<unknown> {
  const given = Array.isArray(spot.override) ? (spot.override as readonly unknown[]) : [];
  const at = (schema: Schema, index: number): fc.Arbitrary<unknown> | undefined =>
    walk.draw(schema, inside(spot, index, index < given.length ? { override: given[index] } : {}));
  const drawn = (items as readonly Schema[]).map((schema, index) => ({
    values: at(schema, index),
    needed: index < given.length || !mayBeAbsent(schema),
  }));
  const least = drawn.findLastIndex(({ needed }) => needed) + 1;
  const impossible = drawn.findIndex(({ values }) => values === undefined);
  const most = impossible < 0 ? drawn.length : impossible;
  const first = fc
    .tuple(
      fc.integer({ min: least, max: Math.max(least, most) }),
      fc.tuple(...drawn.map(({ values }) => orUndefined(values))),
    )
    .map(([length, all]) => all.slice(0, length));
  if (rest === null) return first;
  const more = given
    .slice(drawn.length)
    .map((_, index) => orUndefined(at(rest, drawn.length + index)));
  const others = walk.draw(rest, inside(spot, "*"));
  const size = { minLength: 0, maxLength: spot.ending || others === undefined ? 0 : 2 };
  const following =
    Array.isArray(spot.override) && given.length > 0
      ? fc.tuple(...more)
      : fc.array(orUndefined(others), size);
  return fc
    .tuple(first, following)
    .map(([items_, others_]) => (items_.length < drawn.length ? items_ : [...items_, ...others_]));
}

/** Sets: members that the table would hold as one are one. */
export function sets(
  walk: Walk,
  schema: Schema,
  { valueType }: z.$ZodSetDef,
  spot: Spot,
): fc.Arbitrary<unknown> {
  const values = walk.draw(valueType, inside(spot, "*"));
  const size = sizeOf(walk, schema, spot, values !== undefined);
  const minLength = Math.max(size.minLength, spot.emptySet || !spot.stored ? 0 : 1);
  const maxLength = Math.max(minLength, size.maxLength);
  return distinct(orUndefined(values), { minLength, maxLength }, (value) =>
    storedText(valueType, value),
  ).map((members) => new Set(members));
}

/** Maps: their keys are names in the table. */
export function maps(
  walk: Walk,
  schema: Schema,
  { keyType, valueType }: z.$ZodMapDef,
  spot: Spot,
): fc.Arbitrary<unknown> {
  const keys = orUndefined(walk.draw(keyType, inside(spot, "*")));
  const values = walk.draw(valueType, inside(spot, "*"));
  return distinct(
    fc.tuple(keys, orUndefined(values)),
    sizeOf(walk, schema, spot, values !== undefined),
    ([key]) => storedText(keyType, key),
  ).map((entries) => {
    const named = entries.filter(([key]) => !spot.stored || storedText(keyType, key) !== "s");
    return new Map(named);
  });
}

/** Lists in which no two are the same: of more draws where a few might not do. There may be fewer than asked for. */
export function distinct<Value>(
  values: fc.Arbitrary<Value>,
  { minLength, maxLength }: { readonly minLength: number; readonly maxLength: number },
  textOf: (value: Value) => string,
): fc.Arbitrary<readonly Value[]> {
  const least = minLength > 1 ? 3 * minLength : minLength;
  return fc
    .array(values, { minLength: least, maxLength: Math.max(least, maxLength), size: "max" })
    .map((all) => {
      const byText = new Map<string, Value>();
      for (const value of all) {
        const text = textOf(value);
        if (!byText.has(text)) byText.set(text, value);
      }
      return [...byText.values()].slice(0, Math.max(maxLength, minLength));
    });
}

/** What the table tells values apart by. */
function storedText(schema: Schema, value: unknown): string {
  const stored = encode(schema, value);
  const held = stored.ok ? stored.value : value;
  if (held instanceof Uint8Array) return `b${Buffer.from(held).toString("base64")}`;
  if (typeof held === "string") return `s${held}`;
  return `n${String(held)}`;
}

/** The values, or `undefined` where there are none, for the schema to refuse. */
export function orUndefined(values: fc.Arbitrary<unknown> | undefined): fc.Arbitrary<unknown> {
  return values ?? fc.constant(undefined);
}
