import * as fc from "fast-check";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { AttributeValueError } from "../errors/input-errors.ts";
import { keyText, marshallKey } from "../operations/key.ts";
import { itemText, stringText } from "./item-text.ts";
import { marshall } from "./marshall.ts";
import { NumberValue } from "./number-value.ts";

/** What comes of it: the text, or all that is to be known of the error. */
function outcome(write: () => string): unknown {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof AttributeValueError)) throw error;
    const { message, path, problem } = error;
    return { message, path, problem };
  }
}

const written = (item: unknown): unknown => outcome(() => itemText(item as never));
const marshalled = (item: unknown): unknown =>
  outcome(() => JSON.stringify(marshall(item as never)));

const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom("\u2028", '"', "\\", "\u0000", "\u001f", "\u007f", "😀", "/"),
  }),
);
const number = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(-0, 5e-324, 1e-130, 9.99e-131, 2 ** 53, 1e21, 1e-7, Number.NaN, Infinity),
);
const bigint = fc.oneof(
  fc.bigInt(),
  fc.bigInt({ min: 10n ** 37n, max: 10n ** 40n }),
  fc.constant(10n ** 125n),
);
const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: -20, max: 20 }))
  .map(([digits, exponent]) => new NumberValue(`${digits}E${exponent}`));
const foreignSet = runInNewContext("(members) => new Set(members)") as (from: unknown) => unknown;
const foreignObject = runInNewContext("(from) => Object.assign({}, from)") as (
  from: unknown,
) => unknown;
class Thing {
  a = 1;
}
const unstorable = fc.constantFrom<unknown>(
  "\ud800",
  "a\udc00b",
  Symbol("s"),
  () => 1,
  new Date(0),
  new Map([["a", 1]]),
  new Thing(),
  new Set(),
  new Set(["a", 1]),
  new Set([1, "a"]),
  new Set([null]),
  new Set([["a"]]),
  new Set(["\ud800"]),
  new Set([2 ** 60]),
  new Float32Array(2),
);
const storable = fc.oneof(
  { weight: 3, arbitrary: text },
  { weight: 2, arbitrary: number.filter((each) => Number.isSafeInteger(each)) },
  number,
  bigint,
  decimal,
  fc.boolean(),
  fc.constantFrom(null, undefined),
  fc.uint8Array(),
  fc.uint8Array().map((each) => Buffer.from(each)),
  fc.array(text).map((each) => new Set(each)),
  fc.array(number).map((each) => new Set(each)),
  fc
    .array(fc.oneof(fc.integer({ min: -2, max: 2 }), fc.bigInt({ min: -2n, max: 2n }), decimal))
    .map((each) => new Set<unknown>(each)),
  fc.array(fc.uint8Array({ maxLength: 1 })).map((each) => new Set(each)),
  fc.array(text).map(foreignSet),
);
const name = fc.oneof(
  text,
  fc.constantFrom("__proto__", "constructor", "toJSON", "0", "7", "a.b", "a", "b"),
);

function itemOf(leaf: fc.Arbitrary<unknown>): fc.Arbitrary<object> {
  const { map } = fc.letrec<{ any: unknown; list: unknown[]; map: object }>((tie) => ({
    any: fc.oneof({ depthSize: "small", maxDepth: 6 }, leaf, tie("list"), tie("map")),
    list: fc.array(tie("any"), { maxLength: 4 }),
    map: fc.oneof(
      { weight: 4, arbitrary: fc.dictionary(name, tie("any"), { maxKeys: 5 }) },
      fc.dictionary(name, tie("any"), { maxKeys: 2 }).map((each) => foreignObject(each) as object),
    ),
  }));
  return map;
}

describe("the text is that of the attribute values", () => {
  test("for whatever can be stored", () => {
    fc.assert(
      fc.property(itemOf(storable), (item) => {
        expect(written(item)).toStrictEqual(marshalled(item));
      }),
      { numRuns: 2000 },
    );
  });

  test("and where something can't, so is the error", () => {
    fc.assert(
      fc.property(
        itemOf(fc.oneof({ weight: 9, arbitrary: storable }, { weight: 1, arbitrary: unstorable })),
        (item) => {
          expect(written(item)).toStrictEqual(marshalled(item));
        },
      ),
      { numRuns: 2000 },
    );
  });

  test.each([29, 30, 31, 32, 33, 34, 100])("at %i levels, whatever is innermost", (levels) => {
    for (const innermost of [1, {}, [], { a: undefined }, [undefined], new Set(["a"]), ""]) {
      for (const wrap of [
        (a: unknown) => [a],
        (a: unknown) => ({ a }),
        (a: unknown) => [1, { a }],
      ]) {
        let value: unknown = innermost;
        for (let level = 0; level < levels; level++) value = wrap(value);
        expect(written({ value })).toStrictEqual(marshalled({ value }));
      }
    }
  });

  test("for an item that holds itself", () => {
    const item: Record<string, unknown> = { a: "x" };
    item["self"] = [{ item }];
    expect(written(item)).toStrictEqual(marshalled(item));
    expect(() => itemText(item as never)).toThrow("The value contains itself");
  });

  test.each([
    [null],
    [undefined],
    [5],
    [[]],
    [new Date()],
    [new Map()],
    [new Thing()],
    [Object.create({ inherited: 1 })],
    [Object.defineProperty({ a: 1 }, "hidden", { value: 1 })],
    [{ list: Array(3) }],
    [{ "": undefined, a: 1 }],
    [{ "": 1 }],
    [{ a: Object.setPrototypeOf({ b: new Set() }, null) as unknown }],
    [
      Object.defineProperty({}, "a", {
        enumerable: true,
        get: () => "made",
      }),
    ],
    [JSON.parse('{"__proto__":{"a":1},"b":{"__proto__":"x"}}')],
  ])("for %o", (item) => {
    expect(written(item)).toStrictEqual(marshalled(item));
  });

  test("and of names there may be any number", () => {
    for (let index = 0; index < 3000; index++) {
      const item = { [`name ${index}`]: index };
      expect(written(item)).toBe(JSON.stringify(marshall(item)));
    }
  });
});

test("the text of a key is that of its attribute values", () => {
  const key = fc.oneof(
    fc.dictionary(name, fc.oneof(storable, unstorable), { maxKeys: 3 }),
    fc.dictionary(fc.constantFrom("id", "at"), fc.oneof(text, number, bigint), { minKeys: 1 }),
    fc.constantFrom<unknown>(null, undefined, "a", [], new Thing(), { a: "" }),
  );
  fc.assert(
    fc.property(key, (each) => {
      const theirs = outcome(() => JSON.stringify(marshallKey(each as never)));
      expect(outcome(() => keyText(each as never))).toStrictEqual(theirs);
    }),
    { numRuns: 2000 },
  );
});

test("any string is written as JSON writes it", () => {
  fc.assert(
    fc.property(text, (each) => {
      expect(stringText(each)).toBe(JSON.stringify(each));
    }),
  );
  expect(stringText("\ud800")).toBe(JSON.stringify("\ud800"));
});
