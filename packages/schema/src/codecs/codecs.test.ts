import { NumberValue } from "@fieldwise/core";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { bytes } from "./bytes.ts";
import { epochMilliseconds, epochSeconds, isoDate } from "./dates.ts";
import { decimal } from "./decimal.ts";
import { jsonString } from "./json-string.ts";
import { sortableNumber } from "./sortable-number.ts";

function problems(result: { readonly error?: z.ZodError | undefined }): readonly string[] {
  return (result.error?.issues ?? []).map((issue) => issue.message);
}

describe("isoDate", () => {
  test("is an ISO string with milliseconds in the table", () => {
    expect(z.encode(isoDate(), new Date(0))).toBe("1970-01-01T00:00:00.000Z");
    expect(z.decode(isoDate(), "2026-01-31T12:00:00Z")).toStrictEqual(
      new Date("2026-01-31T12:00:00Z"),
    );
  });

  test("sorts by time", () => {
    const dates = fc.date({
      min: new Date("0000-01-01"),
      max: new Date("9999-12-31"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(dates, dates, (a, b) => {
        const [first, second] = [z.encode(isoDate(), a), z.encode(isoDate(), b)];
        expect(first < second).toBe(a < b);
      }),
    );
  });

  test("refuses what would not come back or sort", () => {
    expect(problems(z.safeEncode(isoDate(), new Date("+012026-01-01T00:00:00Z")))).toStrictEqual([
      "Invalid ISO datetime",
    ]);
    expect(problems(z.safeEncode(isoDate(), new Date(Number.NaN)))).toHaveLength(1);
    expect(problems(z.safeDecode(isoDate(), "2026-01-31T12:00:00+01:00"))).toStrictEqual([
      "Invalid ISO datetime",
    ]);
    expect(problems(z.safeDecode(isoDate(), "2026-02-30T12:00:00Z"))).toStrictEqual([
      "Invalid ISO datetime",
    ]);
    expect(problems(z.safeDecode(isoDate(), "2026-01-31T12:00:00.000001Z"))).toStrictEqual([
      "Invalid input: a Date holds milliseconds, and this has more decimals",
    ]);
    expect(z.decode(isoDate(), "2026-01-31T12:00:00.120000Z").getMilliseconds()).toBe(120);
  });
});

describe("epochSeconds and epochMilliseconds", () => {
  test("seconds are whole, and never later than the date", () => {
    expect(z.encode(epochSeconds(), new Date(1999))).toBe(1);
    expect(z.encode(epochSeconds(), new Date(-1))).toBe(-1);
    expect(z.decode(epochSeconds(), 1.5)).toStrictEqual(new Date(1500));
  });

  test("milliseconds are exact", () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), (date) => {
        expect(z.decode(epochMilliseconds(), z.encode(epochMilliseconds(), date))).toStrictEqual(
          date,
        );
      }),
    );
  });

  test.each([epochSeconds(), epochMilliseconds()])("invalid dates are issues", (codec) => {
    expect(z.safeEncode(codec, new Date(Number.NaN)).success).toBe(false);
    expect(z.safeDecode(codec, 9e15).success).toBe(false);
    expect(z.safeDecode(codec, Number.MAX_SAFE_INTEGER).success).toBe(false);
  });
});

describe("decimal", () => {
  test.each([
    ["1.50", "1.5"],
    ["-0.10", "-0.1"],
    ["1E+3", "1000"],
    ["12.5e-3", "0.0125"],
    ["+007", "7"],
    ["-0", "0"],
    [".5", "0.5"],
    ["0.00", "0"],
    ["12345678901234567890.123456789012345678", "12345678901234567890.123456789012345678"],
  ])("%s comes back as %s", (text, plain) => {
    const stored = z.encode(decimal(), text);
    expect(stored).toBeInstanceOf(NumberValue);
    expect(z.decode(decimal(), stored)).toBe(plain);
    expect(new NumberValue(plain).equals(stored)).toBe(true);
  });

  test("plain text is the same number", () => {
    const parts = fc.tuple(
      fc.bigInt({ min: -(10n ** 37n), max: 10n ** 37n }),
      fc.integer({ min: -90, max: 80 }),
    );
    fc.assert(
      fc.property(parts, ([digits, exponent]) => {
        const stored = new NumberValue(`${digits}E${exponent}`);
        const plain = z.decode(decimal(), stored);
        expect(plain).toMatch(/^(?!-0$)-?(0|[1-9]\d*)(\.\d*[1-9])?$/);
        expect(new NumberValue(plain).equals(stored)).toBe(true);
      }),
    );
  });

  test("what is no decimal is an issue, and a number is none", () => {
    const message = "Invalid input: expected a decimal number of up to 38 digits";
    for (const text of ["", "x", "1e999", "1".repeat(39)]) {
      expect(problems(z.safeEncode(decimal(), text))).toStrictEqual([message]);
    }
    expect(z.safeEncode(decimal(), 1 as never).success).toBe(false);
  });
});

describe("jsonString", () => {
  const codec = jsonString(z.object({ at: isoDate(), list: z.array(z.unknown()) }));

  test("is text in the table, by the codecs of its schema", () => {
    const value = { at: new Date(0), list: [1, "a", null] };
    const text = '{"at":"1970-01-01T00:00:00.000Z","list":[1,"a",null]}';
    expect(z.encode(codec, value)).toBe(text);
    expect(z.decode(codec, text)).toStrictEqual(value);
  });

  test.each([
    [new Set([1]), "A Set"],
    [new Map(), "A Map"],
    [new Date(0), "A Date"],
    [1n, "A value of type bigint"],
    [undefined, "A value of type undefined"],
    [Number.NaN, "NaN"],
    [new NumberValue("1"), "A NumberValue"],
    [new Uint8Array(1), "A Uint8Array"],
  ])("what JSON would lose is an issue", (value, what) => {
    const { error } = z.safeEncode(codec, { at: new Date(0), list: ["a", value] });
    expect(error?.issues).toMatchObject([
      {
        path: ["list", 1],
        message: `${what} can't be written as JSON without losing it. Use a codec for it`,
      },
    ]);
  });

  test("a cycle, and text that is no JSON, are issues", () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(problems(z.safeEncode(jsonString(z.unknown()), cycle))[0]).toContain(
      "What nests so deep",
    );
    expect(problems(z.safeDecode(codec, "{"))).toStrictEqual(["Invalid input: expected JSON"]);
  });
});

describe("sortableNumber", () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });

  test("sorts as the numbers do", () => {
    fc.assert(
      fc.property(fc.oneof(number, fc.integer()), fc.oneof(number, fc.integer()), (a, b) => {
        const [first, second] = [z.encode(sortableNumber(), a), z.encode(sortableNumber(), b)];
        expect(first < second).toBe(a < b);
        expect(first).toHaveLength(16);
        expect(z.decode(sortableNumber(), first)).toBe(a === 0 ? 0 : a);
      }),
      { numRuns: 1000 },
    );
  });

  test("what is no number is an issue", () => {
    expect(z.safeDecode(sortableNumber(), "fff0000000000000").success).toBe(false);
    expect(z.safeDecode(sortableNumber(), "12").success).toBe(false);
    expect(z.safeEncode(sortableNumber(), Number.POSITIVE_INFINITY).success).toBe(false);
  });
});

test("bytes takes buffers, and nothing else", () => {
  expect(z.safeEncode(bytes(), Buffer.from("a")).success).toBe(true);
  expect(problems(z.safeEncode(bytes(), "a" as never))).toStrictEqual([
    "Invalid input: expected Uint8Array",
  ]);
});
