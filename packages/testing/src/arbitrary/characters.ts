import * as fc from "fast-check";

const surrogates = { first: 0xd800, last: 0xdfff } as const;

/**
 * Any character (code point) but half of a surrogate pair. Fast-check's own `binary` and `grapheme` units make a table of all
 * of them first, which takes longer than most tests.
 */
export const anyCharacter: fc.Arbitrary<string> = fc.oneof(
  { withCrossShrink: true },
  { weight: 3, arbitrary: fc.integer({ min: 0x20, max: 0x7e }).map(fromCodePoint) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 0x7ff }).map(fromCodePoint) },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 0, max: 0x10_ffff - (surrogates.last - surrogates.first + 1) })
      .map((point) => fromCodePoint(point < surrogates.first ? point : point + 0x800)),
  },
);

function fromCodePoint(point: number): string {
  return String.fromCodePoint(point);
}
