import { inspect } from "node:util";
import { describe, expect, test, vi } from "vitest";
import { AttributeValueError } from "../errors/input-errors.ts";
import { marshall, marshallValue } from "./marshall.ts";
import { NumberValue } from "./number-value.ts";

describe("NumberValue", () => {
  test("keeps the text as it was given", () => {
    expect(new NumberValue("1.10").text).toBe("1.10");
    expect(NumberValue.from("-0.5e3").text).toBe("-0.5e3");
    expect(
      marshall({ n: new NumberValue("1.10"), s: new Set([new NumberValue("1.0"), 1]) }),
    ).toEqual({
      n: { N: "1.10" },
      s: { NS: ["1"] },
    });
  });

  test.each<[unknown, RegExp]>([
    ["abc", /^'abc' is not a decimal number/],
    ["", /^'' is not a decimal number/],
    ["Infinity", /^'Infinity' is not a decimal number/],
    [1.5, /^1\.5 is not a decimal number as text/],
    [10n, /^10n is not a decimal number as text/],
    [undefined, /^undefined is not a decimal number/],
    [null, /^null is not a decimal number/],
    ["1".repeat(39), /39 significant digits/],
    ["1e126", /too large/],
  ])("refuses %o", (text, message) => {
    expect(() => new NumberValue(text as string)).toThrow(AttributeValueError);
    expect(() => new NumberValue(text as string)).toThrow(message);
  });

  test("converts, rounding only where asked for a number", () => {
    expect(new NumberValue("0.1234567890123456789").toNumber()).toBe(0.12345678901234568);
    expect(new NumberValue("-1.20e2").toBigInt()).toBe(-120n);
    expect(new NumberValue("12345678901234567890").toBigInt()).toBe(12345678901234567890n);
    expect(() => new NumberValue("1.5").toBigInt()).toThrow("1.5 is not an integer");
  });

  test("equals the same number in another writing", () => {
    expect(new NumberValue("1.0").equals(new NumberValue("1"))).toBe(true);
    expect(new NumberValue("10e-1").equals(new NumberValue("1"))).toBe(true);
    expect(new NumberValue("1.01").equals(new NumberValue("1"))).toBe(false);
  });

  test("shows its text", () => {
    const value = new NumberValue("1.10");
    expect(inspect({ value })).toBe("{ value: NumberValue(1.10) }");
    expect(JSON.stringify({ value })).toBe('{"value":"1.10"}');
    expect(String(value)).toBe("1.10");
    expect(Object.keys(value)).toEqual(["text"]);
  });

  test("one of another installed copy of the library is stored all the same", async () => {
    vi.resetModules();
    const copy = await import("./number-value.ts");
    expect(copy.NumberValue).not.toBe(NumberValue);
    expect(marshallValue(new copy.NumberValue("1.5"))).toEqual({ N: "1.5" });
  });
});
