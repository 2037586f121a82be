import { F, marshallValue, type NativeAttributeValue, NumberValue } from "@fieldwise/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  readableExpression,
  readableKey,
  readableMap,
  readableName,
  readableValue,
} from "./notation.ts";

const scalar = fc.oneof(
  fc.string(),
  fc.constantFrom("#n0", ":v0", 'a "quoted" text', "line\nbreak", "$&", "é😀"),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.uint8Array({ minLength: 1 }),
);
const name = fc.oneof(
  fc.string({ minLength: 1, unit: "grapheme" }),
  fc.constantFrom("a.b", "#n1", ":v1", "__proto__", "constructor", "a-b", "9a"),
);
const { value } = fc.letrec<{ value: NativeAttributeValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    scalar,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(name, tie("value"), { maxKeys: 4, noNullPrototype: true }),
    fc.uniqueArray(fc.string(), { minLength: 1 }).map((list) => new Set(list)),
    fc.uniqueArray(fc.integer(), { minLength: 1 }).map((list) => new Set(list)),
  ),
}));

it("writes every value as core's debug() does", () => {
  fc.assert(
    fc.property(value, (any) => {
      expect(`a = ${readableValue(marshallValue(any))}`).toBe(F("a").eq(any).debug());
    }),
  );
});

it("writes every name as core's debug() does", () => {
  fc.assert(
    fc.property(name, (any) => {
      expect(readableName(any)).toBe(F(any).debug());
    }),
  );
});

it("writes numbers with all their digits, sets of binary, and keys", () => {
  const digits = "12345678901234567890.123456789";
  expect(readableValue(marshallValue(NumberValue.from(digits)))).toBe(digits);
  expect(readableValue({ BS: ["AQ==", "Ag=="] })).toBe('set(binary "AQ==", binary "Ag==")');
  expect(readableKey({ "a.b": { S: "x" }, n: { N: "1" } })).toBe('"a.b" = "x", n = 1');
  expect(readableMap({})).toBe("{}");
});

it.each([
  [{}, "{}"],
  [{ S: "a", N: "1" }, "{ S: 'a', N: '1' }"],
  [{ N: 1 }, "{ N: 1 }"],
  [{ X: "a" }, "{ X: 'a' }"],
  [{ L: "a" }, "{ L: 'a' }"],
  [undefined, "undefined"],
])("shows %o, which is no value, as it is", (malformed, text) => {
  expect(readableValue(malformed)).toBe(text);
});

describe("an expression", () => {
  it("is written with what its placeholders stand for, each taken as a whole", () => {
    const names = { "#n": "a", "#n1": "b", "#n10": "c", "#n1_0": "d" };
    const values = { ":v": { N: "1" }, ":v1": { N: "2" }, ":v10": { N: "3" } };
    expect(
      readableExpression("#n = :v AND #n1 = :v1 AND #n10 = :v10 AND #n1_0[0].#n1 = :v", {
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
      }),
    ).toBe("a = 1 AND b = 2 AND c = 3 AND d[0].b = 1");
  });

  it("never takes what a placeholder stands for as another", () => {
    expect(
      readableExpression("#a = :a AND #b = :b", {
        ExpressionAttributeNames: { "#a": "#b", "#b": "$&" },
        ExpressionAttributeValues: { ":a": { S: ":b #a" }, ":b": { S: "$1 :a" } },
      }),
    ).toBe('"#b" = ":b #a" AND "$&" = "$1 :a"');
  });

  it("keeps a placeholder that stands for nothing, and names that stand there themselves", () => {
    const given = { ExpressionAttributeNames: { "#a": "x" } };
    expect(readableExpression("#constructor = :a AND plain = :toString AND #a = #b", given)).toBe(
      "#constructor = :a AND plain = :toString AND x = #b",
    );
    expect(readableExpression("#a = :a", {})).toBe("#a = :a");
  });
});
