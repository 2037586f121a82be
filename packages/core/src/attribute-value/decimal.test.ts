import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  canonicalNumber,
  decimalProblem,
  decimalToBigInt,
  parseDecimal,
  shownNumber,
} from "./decimal.ts";

/** Texts of one number, with what it is: `digits` times ten to the power of `-scale`. */
const written = fc
  .record({
    digits: fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
    scale: fc.nat({ max: 30 }),
    shift: fc.integer({ min: -20, max: 20 }),
    leading: fc.nat({ max: 3 }),
    trailing: fc.nat({ max: 3 }),
    plus: fc.boolean(),
  })
  .map(({ digits, scale, shift, leading, trailing, plus }) => {
    const negative = digits < 0n;
    const magnitude = String(negative ? -digits : digits).padStart(scale + 1, "0");
    const point = magnitude.length - scale;
    const whole = "0".repeat(leading) + magnitude.slice(0, point);
    const fraction = magnitude.slice(point) + "0".repeat(trailing);
    const sign = negative ? "-" : plus ? "+" : "";
    const exponent = shift === 0 ? "" : `e${shift}`;
    const text = `${sign}${whole}${fraction === "" ? "" : `.${fraction}`}${exponent}`;
    return { text, digits, scale: scale - shift };
  });

/** A number of any scale as an integer, so that two can be compared exactly. */
const scaled = (digits: bigint, scale: number) => digits * 10n ** BigInt(100 - scale);

describe("parseDecimal", () => {
  test("reads exactly what was written, however it was", () => {
    fc.assert(
      fc.property(written, ({ text, digits, scale }) => {
        const decimal = parseDecimal(text);
        expect(decimal).toBeDefined();
        if (decimal === undefined) return;
        expect(decimal.digits).not.toMatch(/^0|0$/);
        const magnitude = scaled(BigInt(decimal.digits), -decimal.exponent);
        expect(decimal.negative ? -magnitude : magnitude).toBe(scaled(digits, scale));
      }),
    );
  });

  test("reads every JavaScript number as JavaScript writes it", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(canonicalNumber(String(value)))).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  test.each([
    "",
    " ",
    ".",
    "-",
    "+",
    "e5",
    "1e",
    "1e+",
    "1 ",
    " 1",
    "1,0",
    "0x1",
    "1_000",
    "--1",
    "1.2.3",
    "Infinity",
    "NaN",
    "١",
    "1\n",
    "1e1234567",
  ])("%j is no number", (text) => {
    expect(parseDecimal(text)).toBeUndefined();
  });

  test.each<[string, boolean, string, number]>([
    ["0", false, "", 0],
    ["-0.00e5", false, "", 0],
    ["1.", false, "1", 0],
    [".5", false, "5", -1],
    ["-120", true, "12", 1],
    ["00.0120E+3", false, "12", 0],
  ])("%s", (text, negative, digits, exponent) => {
    expect(parseDecimal(text)).toEqual({ negative, digits, exponent });
  });

  test("takes no quadratic time on a long run of zeros", () => {
    const text = `1${"0".repeat(1_000_000)}1`;
    expect(parseDecimal(text)?.digits).toHaveLength(1_000_002);
  });
});

describe("canonicalNumber", () => {
  test("two texts have one canonical text exactly where they are one number", () => {
    fc.assert(
      fc.property(written, written, (one, other) => {
        expect(canonicalNumber(one.text) === canonicalNumber(other.text)).toBe(
          scaled(one.digits, one.scale) === scaled(other.digits, other.scale),
        );
      }),
    );
  });

  test("a canonical text is its own, and other writings give the same", () => {
    fc.assert(
      fc.property(written, ({ text, digits, scale }) => {
        const canonical = canonicalNumber(text);
        expect(canonicalNumber(canonical)).toBe(canonical);
        expect(canonicalNumber(`${digits * 1000n}e${-scale - 3}`)).toBe(canonical);
      }),
    );
  });

  test("what is no number stays as it is", () => {
    expect(canonicalNumber("abc")).toBe("abc");
    expect(canonicalNumber("-0")).toBe("0");
    expect(canonicalNumber("1.50")).toBe("15E-1");
  });
});

describe("decimalToBigInt", () => {
  test("gives the integer exactly, and nothing for a fraction", () => {
    fc.assert(
      fc.property(written, ({ text, digits, scale }) => {
        const decimal = parseDecimal(text);
        const value = scaled(digits, scale);
        const one = 10n ** 100n;
        expect(decimal && decimalToBigInt(decimal)).toBe(
          value % one === 0n ? value / one : undefined,
        );
      }),
    );
  });
});

describe("decimalProblem", () => {
  const problem = (text: string) => decimalProblem(parseDecimal(text) as never);
  test.each([
    "0",
    "0e999",
    "9".repeat(38),
    `${"9".repeat(38)}E+88`,
    "1E125",
    "-9.99E125",
    "1E-130",
    `0.${"0".repeat(129)}1`,
    `1${"0".repeat(125)}`,
    `1.${"0".repeat(60)}`,
  ])("DynamoDB holds %s", (text) => {
    expect(problem(text)).toBeUndefined();
  });

  test.each<[string, string]>([
    ["1".repeat(39), "has 39 significant digits, and DynamoDB holds 38"],
    [`1.${"0".repeat(37)}1`, "has 39 significant digits"],
    ["1E126", "is too large"],
    [`-1${"0".repeat(126)}`, "is too large"],
    ["1E-131", "is too near zero"],
    ["9.99E-131", "is too near zero"],
  ])("DynamoDB does not hold %s", (text, message) => {
    expect(problem(text)).toContain(message);
  });
});

test("a message shows the beginning of a number without end", () => {
  expect(shownNumber("1.5")).toBe("1.5");
  expect(shownNumber("9".repeat(1_000))).toBe(`${"9".repeat(50)}…`);
});
