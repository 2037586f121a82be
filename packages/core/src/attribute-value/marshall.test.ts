import * as fc from "fast-check";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { AttributeValueError } from "../errors/input-errors.ts";
import { marshall, marshallValue } from "./marshall.ts";
import { NumberValue } from "./number-value.ts";
import { unmarshall, unmarshallValue } from "./unmarshall.ts";

const scalar = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.maxSafeInteger().map((n) => (Object.is(n, -0) ? 0 : n)),
  fc
    .double({ noNaN: true, min: 1e-130, max: 1e15, noDefaultInfinity: true })
    .filter((n) => !Number.isInteger(n)),
  fc.boolean(),
  fc.constant(null),
  fc.uint8Array(),
  fc.uniqueArray(fc.string(), { minLength: 1 }).map((values) => new Set(values)),
  fc
    .uniqueArray(
      fc.maxSafeInteger().map((n) => (Object.is(n, -0) ? 0 : n)),
      { minLength: 1 },
    )
    .map((values) => new Set(values)),
  fc
    .uniqueArray(fc.uint8Array(), { minLength: 1, selector: (bytes) => bytes.join() })
    .map((values) => new Set(values)),
);
const name = fc.oneof(
  fc.string({ unit: "binary", minLength: 1 }),
  fc.constantFrom("__proto__", "constructor", "toString", "a.b"),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof({ depthSize: "small", maxDepth: 8 }, scalar, tie("list"), tie("map")),
  list: fc.array(tie("any"), { maxLength: 5 }),
  map: fc.dictionary(name, tie("any"), { maxKeys: 5, noNullPrototype: true }),
})).any;
const item = fc.dictionary(name, value, { noNullPrototype: true });

describe("round trips", () => {
  test("any storable item comes back as it was, through JSON", () => {
    fc.assert(
      fc.property(item, (stored) => {
        const wire = JSON.parse(JSON.stringify(marshall(stored as never))) as ReturnType<
          typeof marshall
        >;
        expect(unmarshall(wire)).toEqual(stored);
      }),
      { numRuns: 500 },
    );
  });

  test("any integer of up to 38 digits comes back as bigint", () => {
    const limit = 10n ** 38n - 1n;
    fc.assert(
      fc.property(fc.bigInt({ min: -limit, max: limit }), (stored) => {
        expect(unmarshallValue(marshallValue(stored), "bigint")).toBe(stored);
      }),
    );
  });

  test("a NumberValue keeps every digit", () => {
    const price = new NumberValue("0.12345678901234567890123456789012345678");
    const stored = unmarshallValue(marshallValue(price), NumberValue.from) as NumberValue;
    expect(stored.text).toBe(price.text);
  });
});

describe("marshall", () => {
  test("writes each type as DynamoDB names it", () => {
    expect(
      marshall({
        string: "",
        number: -1.5,
        bigint: 12345678901234567890n,
        exact: new NumberValue("1.10"),
        boolean: false,
        nothing: null,
        binary: Buffer.from([1, 2]),
        strings: new Set(["a", ""]),
        numbers: new Set([1, 2n, 1n]),
        binaries: new Set([new Uint8Array([1]), new Uint8Array([1]), new Uint8Array()]),
        list: [],
        map: {},
        absent: undefined,
      }),
    ).toEqual({
      string: { S: "" },
      number: { N: "-1.5" },
      bigint: { N: "12345678901234567890" },
      exact: { N: "1.10" },
      boolean: { BOOL: false },
      nothing: { NULL: true },
      binary: { B: "AQI=" },
      strings: { SS: ["a", ""] },
      numbers: { NS: ["1", "2"] },
      binaries: { BS: ["AQ==", ""] },
      list: { L: [] },
      map: { M: {} },
    });
  });

  test("takes plain objects, sets and bytes of another realm", () => {
    const foreign = runInNewContext(
      "({ a: { b: [1] }, s: new Set(['x']), u: new Uint8Array([1]) })",
    ) as never;
    expect(marshall(foreign)).toEqual({
      a: { M: { b: { L: [{ N: "1" }] } } },
      s: { SS: ["x"] },
      u: { B: "AQ==" },
    });
  });

  test("takes objects without a prototype", () => {
    expect(marshall(Object.assign(Object.create(null) as object, { a: 1 }))).toEqual({
      a: { N: "1" },
    });
  });

  class Money {
    readonly amount = 1;
  }
  const cycle: Record<string, unknown> = {};
  cycle["again"] = { cycle };
  const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)]);

  test.each<[string, unknown, RegExp]>([
    ["NaN", Number.NaN, /^a\.b\[1\]: NaN can't be stored/],
    ["Infinity", Number.NEGATIVE_INFINITY, /-Infinity can't be stored/],
    ["an unsafe integer", 2 ** 53, /9007199254740992 is not exact.*bigint/],
    ["an integer of 39 digits", 10n ** 39n - 1n, /39 significant digits/],
    ["a number too large", 10n ** 126n, /too large/],
    ["a number too near zero", 1e-131, /too near zero/],
    ["an empty set", new Set(), /empty set/],
    ["a mixed set", new Set([1, "a"]), /mix/],
    ["a set of maps", new Set([{}]), /not an instance of Object/],
    ["a set of null", new Set([null]), /not null/],
    ["a function", () => 1, /a function can't be stored/],
    ["a symbol", Symbol("secret"), /a symbol can't be stored/],
    ["undefined in a list", undefined, /undefined can't be stored: leave/],
    ["a class instance", new Money(), /an instance of Money/],
    ["a Date", new Date(0), /Date can't be stored: pass an ISO 8601 string/],
    ["a Map", new Map(), /pass a plain object/],
    ["another typed array", new Float64Array(1), /pass a Uint8Array/],
    ["an array buffer", new ArrayBuffer(1), /pass a Uint8Array/],
    ["half a surrogate pair", "\ud800", /surrogate/],
    ["a cycle", cycle, /contains itself/],
    ["too deep a value", deep(40), /deeper than DynamoDB's 32 levels/],
  ])("refuses %s with its path", (_, refused, message) => {
    const attempt = () => marshall({ a: { b: [0, refused] } } as never);
    expect(attempt).toThrow(AttributeValueError);
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(/^a\.b\[1\]/);
  });

  test.each([[[]], [null], ["text"], [new Money()], [new Set()]])(
    "refuses %s as an item",
    (refused) => {
      expect(() => marshall(refused as never)).toThrow(/item must be a plain object/);
    },
  );

  // What AWS takes; the servers that the integration suite meets agree.
  test("31 lists or maps around a scalar are as deep as it goes", () => {
    const wrapped = (levels: number): unknown =>
      levels === 0 ? 1 : levels % 2 === 0 ? [wrapped(levels - 1)] : { m: wrapped(levels - 1) };
    expect(() => marshall({ a: wrapped(31) } as never)).not.toThrow();
    expect(() => marshallValue(wrapped(31) as never)).not.toThrow();
    expect(() => marshall({ a: wrapped(32) } as never)).toThrow(/deeper than DynamoDB's 32 levels/);
    expect(() => marshallValue(wrapped(32) as never)).toThrow(/deeper than DynamoDB's 32 levels/);
  });

  test("a shared value that is no cycle is written twice", () => {
    const shared = { a: 1 };
    expect(marshall({ one: shared, two: [shared] })).toEqual({
      one: { M: { a: { N: "1" } } },
      two: { L: [{ M: { a: { N: "1" } } }] },
    });
  });
});

test("refuses a name that is empty, which DynamoDB does not take", () => {
  expect(() => marshall({ a: [{ "": 1 }] })).toThrow(/^a\[0\]\.""?: .*can't be empty/);
});
