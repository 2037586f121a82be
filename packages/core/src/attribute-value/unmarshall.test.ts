import { describe, expect, test } from "vitest";
import { AttributeValueError } from "../errors/input-errors.ts";
import { NumberValue } from "./number-value.ts";
import type { AttributeMap } from "./types.ts";
import { unmarshall } from "./unmarshall.ts";

describe("numbers", () => {
  test.each(["9007199254740992", "-9007199254740993", "1E+30", "9007199254740993.5"])(
    "%s as number is an error that names the path, never rounded",
    (text) => {
      const read = () => unmarshall({ lines: { L: [{ M: { quantity: { N: text } } }] } });
      expect(read).toThrow(AttributeValueError);
      expect(read).toThrow(/^lines\[0\]\.quantity: The number/);
    },
  );

  test("the largest safe integer and fractions are numbers", () => {
    expect(unmarshall({ a: { N: "9007199254740991" }, b: { N: "0.1" }, c: { N: "1E+3" } })).toEqual(
      {
        a: 9007199254740991,
        b: 0.1,
        c: 1000,
      },
    );
  });

  test("bigint reads integers of any size and refuses fractions", () => {
    expect(unmarshall({ a: { N: "9007199254740993" }, b: { NS: ["1E+3"] } }, "bigint")).toEqual({
      a: 9007199254740993n,
      b: new Set([1000n]),
    });
    expect(() => unmarshall({ a: { M: { b: { N: "0.5" } } } }, "bigint")).toThrow(
      /^a\.b: The number 0\.5 is not an integer/,
    );
    // Long before it is read digit by digit.
    expect(() => unmarshall({ a: { N: "1E999999" } }, "bigint")).toThrow(/not an integer/);
  });

  test("string and a function of one's own", () => {
    expect(unmarshall({ a: { N: "1.50" } }, "string")).toEqual({ a: "1.50" });
    expect(unmarshall({ a: { N: "1.50" } }, NumberValue.from)).toEqual({
      a: new NumberValue("1.50"),
    });
  });

  test("what a function of one's own throws gets the path and stays the cause", () => {
    const cause = new Error("no numbers here");
    const read = () =>
      unmarshall({ a: { L: [{ S: "x" }, { N: "1" }] } }, () => {
        throw cause;
      });
    expect(read).toThrow(expect.objectContaining({ path: "a[1]", cause }));
  });
});

describe("hostile answers", () => {
  test("attribute names of Object.prototype are data and pollute nothing", () => {
    const wire = JSON.parse(
      '{"__proto__":{"M":{"polluted":{"BOOL":true}}},"constructor":{"S":"c"}}',
    ) as AttributeMap;
    const item = unmarshall(wire);
    expect(Object.keys(item)).toEqual(["__proto__", "constructor"]);
    expect(Object.getPrototypeOf(item)).toBe(Object.prototype);
    expect((item as { polluted?: unknown }).polluted).toBeUndefined();
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test("a value ten thousand lists deep is a typed error", () => {
    const wire = JSON.parse(
      `{"a":${'{"L":['.repeat(10_000)}{"S":"x"}${"]}".repeat(10_000)}}`,
    ) as AttributeMap;
    expect(() => unmarshall(wire)).toThrow(AttributeValueError);
  });

  test.each([
    [{ a: {} }],
    [{ a: { X: "1" } }],
    [{ a: { S: 1 } }],
    [{ a: { N: 1 } }],
    [{ a: { SS: "x" } }],
    [{ a: { NS: [1] } }],
    [{ a: { L: {} } }],
    [{ a: { M: [] } }],
    [{ a: { M: null } }],
    [{ a: null }],
    [{ a: "x" }],
  ])("%j is no item", (wire) => {
    expect(() => unmarshall(wire as never)).toThrow(AttributeValueError);
    expect(() => unmarshall(wire as never)).toThrow(/^a: /);
  });
});
