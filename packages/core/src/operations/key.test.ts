import { describe, expect, test } from "vitest";
import { NumberValue } from "../attribute-value/number-value.ts";
import { AttributeValueError } from "../errors/input-errors.ts";
import { marshallKey } from "./key.ts";
import type { Key } from "./options.ts";

describe("marshallKey", () => {
  test("encodes one or two attributes: strings, numbers, binary", () => {
    expect(marshallKey({ id: "a" })).toEqual({ id: { S: "a" } });
    expect(marshallKey({ id: 0, at: new Uint8Array([1]) })).toEqual({
      id: { N: "0" },
      at: { B: "AQ==" },
    });
    expect(marshallKey({ "a.b": 5n, ["__proto__"]: new NumberValue("1.0") })).toEqual({
      "a.b": { N: "5" },
      ["__proto__"]: { N: "1.0" },
    });
  });

  test.each<[unknown, string, string]>([
    [{}, "A key has one attribute, or two where the table has a sort key, not 0", ""],
    [{ a: "1", b: "2", c: "3" }, "not 3", ""],
    [{ id: undefined }, "id: A key attribute is undefined", "id"],
    [{ id: "a", at: undefined }, "at: A key attribute is undefined", "at"],
    [{ id: true }, "id: A key attribute is a string, a number or binary, not a Boolean", "id"],
    [{ id: null }, "not null", "id"],
    [{ id: ["a"] }, "not a list", "id"],
    [{ id: { a: 1 } }, "not a map", "id"],
    [{ id: new Set(["a"]) }, "not a string set", "id"],
    [{ "a.b": "" }, `"a.b": A key attribute can't be an empty string`, '"a.b"'],
    [{ id: new Uint8Array() }, "id: A key attribute can't be empty binary", "id"],
    [{ id: Number.NaN }, "id: NaN can't be stored", "id"],
    [{ id: new Date(0) }, "id: an instance of Date can't be stored", "id"],
    ["a", `A key is an object of its attributes, such as { id: "a" }, not 'a'`, ""],
    [undefined, "not undefined", ""],
    [null, "not null", ""],
    [["a"], "not [ 'a' ]", ""],
  ])("refuses %o", (key, message, path) => {
    const attempt = () => marshallKey(key as Key);
    expect(attempt).toThrow(AttributeValueError);
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(expect.objectContaining({ path }) as never);
  });
});
