import { NumberValue } from "@fieldwise/core";
import * as fc from "fast-check";
import { byteArrays } from "./numbers.ts";

const names = fc.oneof(
  fc
    .string({ unit: "grapheme-ascii", minLength: 1, maxLength: 6 })
    .filter((name) => name !== "__proto__"),
  fc.constantFrom("constructor", "a.b", "größe", "0"),
);

const plainLeaves = fc.oneof(
  { withCrossShrink: true },
  fc.constant(null),
  fc.boolean(),
  fc.string({ unit: "grapheme", maxLength: 8 }),
  fc.integer(),
  fc.integer({ min: -100_000, max: 100_000 }).map((value) => (value === 0 ? 0 : value / 100)),
);

const storedLeaves = fc.oneof(
  { withCrossShrink: true },
  { weight: 6, arbitrary: plainLeaves },
  { weight: 1, arbitrary: byteArrays },
  {
    weight: 1,
    arbitrary: fc
      .uniqueArray(fc.string({ maxLength: 4 }), { minLength: 1, maxLength: 3 })
      .map((all) => new Set(all)),
  },
);

/** What can be stored as it comes, for schemas that take anything. */
export const storable: fc.Arbitrary<unknown> = nested(storedLeaves);

/** What JSON can hold, for schemas inside codecs that take anything. */
export const json: fc.Arbitrary<unknown> = nested(plainLeaves);

function nested(leaf: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const level = (inner: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
    fc.oneof(
      { withCrossShrink: true },
      { weight: 4, arbitrary: leaf },
      { weight: 1, arbitrary: fc.array(inner, { maxLength: 3 }) },
      { weight: 1, arbitrary: fc.dictionary(names, inner, { maxKeys: 3, noNullPrototype: true }) },
    );
  return level(level(leaf));
}

/** The kinds of values that a custom schema may take, one of which it will be. */
export const kinds: readonly fc.Arbitrary<unknown>[] = [
  byteArrays,
  byteArrays.map((bytes) => Buffer.from(bytes)),
  fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }),
  fc.integer({ min: -1000, max: 1_000_000 }).map((value) => new NumberValue(String(value / 100))),
  fc.string({ unit: "grapheme-ascii", maxLength: 12 }),
  fc.integer().map((value) => (value === 0 ? 0 : value)),
  fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }),
  fc.boolean(),
  fc.webUrl().map((url) => new URL(url)),
];
