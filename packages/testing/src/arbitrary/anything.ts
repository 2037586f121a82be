import { NumberValue } from "@fieldwise/core";
import * as fc from "fast-check";
import { anyCharacter } from "./characters.ts";
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
  fc.string({ unit: anyCharacter, maxLength: 8 }),
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

const words = fc.constantFrom("alpha", "beta", "gamma", "delta");

/** What a person might store where anything can be. */
export const ordinary: fc.Arbitrary<unknown> = fc.oneof(
  words,
  fc.integer({ min: 0, max: 100 }),
  fc.boolean(),
  fc.array(words, { minLength: 1, maxLength: 3 }),
  fc.record({ name: words, count: fc.integer({ min: 0, max: 100 }) }, { noNullPrototype: true }),
);

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

const cents = fc.integer({ min: -100_000, max: 100_000 }).map((value) => String(value / 100));

/** Decimal numbers as text: amounts, and such as need all of the 38 digits. */
const decimals: fc.Arbitrary<string> = fc.oneof(
  { withCrossShrink: true },
  { weight: 3, arbitrary: cents },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }), fc.nat(37))
      .map(([digits, scale]) => `${digits}E-${scale}`),
  },
);

/** The kinds of values that a custom schema may take, the likelier ones first. */
export const kinds: readonly fc.Arbitrary<unknown>[] = [
  byteArrays,
  byteArrays.map((bytes) => Buffer.from(bytes)),
  fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }),
  decimals.map((text) => new NumberValue(text)),
  fc.string({ unit: "grapheme-ascii", maxLength: 12 }),
  decimals,
  fc.integer().map((value) => (value === 0 ? 0 : value)),
  fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }),
  fc.boolean(),
  fc.nat().map((value) => new URL(`https://example.com/${value}`)),
];
