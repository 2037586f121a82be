import * as fc from "fast-check";
import type { AskedBigint, AskedDate, AskedNumber } from "./asked.ts";

// The smallest number that DynamoDB holds beside zero.
const nearestZero = 1e-130;

/** Numbers within what is asked, exact and such as DynamoDB holds; the bounds and the whole ones more often. */
export function numbers(asked: AskedNumber): fc.Arbitrary<number> {
  const { minimum, maximum, multipleOf } = asked;
  if (multipleOf !== undefined && multipleOf !== 0) return multiples(asked, Math.abs(multipleOf));
  const least = Math.ceil(minimum);
  const most = Math.floor(maximum);
  const whole = least <= most ? [wholeNumbers(least, most)] : [];
  const [first] = whole;
  if (asked.whole) return first ?? fc.constant(least);
  const within = (value: number): number => Math.min(Math.max(value, minimum), maximum);
  const any = fc.double({ min: minimum, max: Math.max(minimum, maximum), noNaN: true });
  const fractions = [
    fc.integer({ min: -100_000, max: 100_000 }).map((value) => within(value / 100)),
    any.map((value) => (tooNearZero(value) ? within(0) : value)),
    fc.constantFrom(minimum, maximum, within(nearestZero), within(-nearestZero), within(0.1)),
  ];
  return fc
    .oneof({ withCrossShrink: true }, ...whole, ...fractions)
    .map((value) => positiveZero(tooNearZero(value) ? Math.sign(value) * nearestZero : value));
}

function wholeNumbers(min: number, max: number): fc.Arbitrary<number> {
  return fc
    .oneof(
      { withCrossShrink: true },
      { weight: 15, arbitrary: fc.integer({ min, max }) },
      { weight: 1, arbitrary: fc.constantFrom(min, max) },
    )
    .map(positiveZero);
}

/** Bigints within what is asked. */
export function bigints({ minimum, maximum, multipleOf }: AskedBigint): fc.Arbitrary<bigint> {
  const step = multipleOf === undefined || multipleOf === 0n ? 1n : absolute(multipleOf);
  const min = minimum > 0n ? (minimum + step - 1n) / step : minimum / step;
  const max = maximum < 0n ? (maximum - step + 1n) / step : maximum / step;
  return min <= max ? fc.bigInt({ min, max }).map((value) => value * step) : fc.constant(minimum);
}

/** Dates within what is asked: its bounds, the beginning of time, days that leap, and any other. */
export function dates({ minimum, maximum }: AskedDate): fc.Arbitrary<Date> {
  if (minimum > maximum) return fc.constant(minimum);
  const edges = edgeDates
    .map((text) => new Date(text))
    .filter((date) => date >= minimum && date <= maximum);
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 4, arbitrary: fc.date({ min: minimum, max: maximum, noInvalidDate: true }) },
    { weight: 1, arbitrary: fc.constantFrom(minimum, maximum, ...edges).map(copyOf) },
  );
}

/** The bytes of a binary value. */
export const byteArrays: fc.Arbitrary<Uint8Array> = fc
  .uint8Array({ maxLength: 24 })
  .map((bytes) => Uint8Array.from(bytes));

const edgeDates = [
  "1970-01-01T00:00:00.000Z",
  "1969-12-31T23:59:59.999Z",
  "2024-02-29T12:00:00.000Z",
  "2038-01-19T03:14:08.000Z",
];

function multiples({ minimum, maximum }: AskedNumber, step: number): fc.Arbitrary<number> {
  const digits = decimalsOf(step);
  const limit = Number.MAX_SAFE_INTEGER;
  const min = Math.max(Math.ceil(minimum / step), -limit);
  const max = Math.min(Math.floor(maximum / step), limit);
  if (min > max) return fc.constant(minimum);
  return fc
    .integer({ min, max })
    .map((count) =>
      positiveZero(digits > 100 ? count * step : Number((count * step).toFixed(digits))),
    );
}

function decimalsOf(value: number): number {
  const [digits = "", exponent = "0"] = String(value).split("e");
  return Math.max(0, (digits.split(".")[1]?.length ?? 0) - Number(exponent));
}

function tooNearZero(value: number): boolean {
  return value !== 0 && Math.abs(value) < nearestZero;
}

// The table knows no negative zero.
function positiveZero(value: number): number {
  return value === 0 ? 0 : value;
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function copyOf(date: Date): Date {
  return new Date(date);
}
