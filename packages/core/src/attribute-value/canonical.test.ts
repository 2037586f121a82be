import { AttributeValueError } from "../errors/input-errors.ts";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalText } from "./canonical.ts";
import { marshall } from "./marshall.ts";
import type { AttributeMap, AttributeValue, NativeAttributeMap } from "./types.ts";

const text = fc.oneof(fc.string(), fc.constantFrom(",", '"', "N1", "{}", "a,b"));
const scalar: fc.Arbitrary<AttributeValue> = fc.oneof(
  text.map((S) => ({ S })),
  fc.integer().map((n) => ({ N: String(n) })),
  fc.uint8Array({ maxLength: 4 }).map((bytes) => ({ B: Buffer.from(bytes).toString("base64") })),
  fc.boolean().map((BOOL) => ({ BOOL })),
  fc.constant({ NULL: true as const }),
  fc.uniqueArray(text, { minLength: 1, maxLength: 3 }).map((SS) => ({ SS })),
  fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 3 }).map((n) => ({ NS: n.map(String) })),
);
const { map } = fc.letrec<{ map: AttributeMap; value: AttributeValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie("value"), { maxLength: 3 }).map((L) => ({ L })),
    tie("map").map((M) => ({ M })),
  ),
  map: fc.dictionary(text, tie("value"), { maxKeys: 3, noNullPrototype: true }),
}));

/** The same map, with everything in another order and numbers written another way. */
function rewritten(given: AttributeMap): AttributeMap {
  return Object.fromEntries(
    Object.entries(given)
      .toReversed()
      .map(([name, value]) => [name, rewrittenValue(value)]),
  );
}

function rewrittenValue(value: AttributeValue): AttributeValue {
  if ("N" in value) return { N: `${value.N}.0` };
  if ("NS" in value) return { NS: value.NS.toReversed().map((number) => `${number}0e-1`) };
  if ("SS" in value) return { SS: value.SS.toReversed() };
  if ("L" in value) return { L: value.L.map(rewrittenValue) };
  if ("M" in value) return { M: rewritten(value.M) };
  return value;
}

test("all writings of one map have one text", () => {
  fc.assert(
    fc.property(map, (given) => {
      expect(canonicalText(rewritten(given))).toBe(canonicalText(given));
    }),
  );
});

/** Types, member by member, so that different values have different texts. */
const plain = (given: AttributeMap): unknown =>
  JSON.stringify(given, (key, value: unknown) => {
    if ((key === "SS" || key === "NS") && Array.isArray(value))
      return (value as string[]).toSorted((a, b) => (a < b ? -1 : 1));
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });

test("different maps have different texts", () => {
  fc.assert(
    fc.property(map, map, (one, other) => {
      expect(canonicalText(one) === canonicalText(other)).toBe(plain(one) === plain(other));
    }),
    { numRuns: 500 },
  );
});

test.each<[NativeAttributeMap, NativeAttributeMap]>([
  [{ id: 1 }, { id: "1" }],
  [{ id: "AQ==" }, { id: new Uint8Array([1]) }],
  [{ a: "x", b: "y" }, { a: 'x","b":"y' }],
  [{ a: new Set(["x,y"]) }, { a: new Set(["x", "y"]) }],
  [{ a: ["1", "2"] }, { a: ["1,2"] }],
  [{ a: [1] }, { a: new Set([1]) }],
  [{ a: null }, { a: true }],
  [{ a: {} }, { a: [] }],
])("%o and %o are told apart", (one, other) => {
  expect(canonicalText(marshall(one))).not.toBe(canonicalText(marshall(other)));
});

test.each([null, { a: null }, { a: "text" }, { a: { NS: "5" } }, { a: { L: [null] } }])(
  "what is no attribute value has none: %j",
  (other) => {
    expect(canonicalText.bind(undefined, other as never)).toThrow(AttributeValueError);
  },
);

test("what nests without end has none", () => {
  let deep: AttributeValue = { S: "a" };
  for (let depth = 0; depth < 20_000; depth++) deep = { L: [deep] };
  expect(() => canonicalText({ a: deep })).toThrow(AttributeValueError);
});
