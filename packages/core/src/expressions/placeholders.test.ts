import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NativeAttributeValue } from "../attribute-value/types.ts";
import { F } from "./attribute-path.ts";
import { and, conditionExpression, not, or } from "./condition.ts";
import { keyConditionExpression, partitionKey, sortKey } from "./key-condition.ts";
import { Placeholders } from "./placeholders.ts";
import { projectionExpression } from "./projection.ts";
import { ifNotExists, listAppend } from "./set-value.ts";
import { updateExpression } from "./update.ts";

describe("sharing", () => {
  test("nothing given out gives no members", () => {
    expect(new Placeholders().attributes()).toEqual({});
    expect(new Placeholders().attributesText()).toBe("");
    const placeholders = new Placeholders();
    conditionExpression(F("a").exists(), placeholders);
    expect(Object.keys(placeholders.attributes())).toEqual(["ExpressionAttributeNames"]);
  });

  test("equal names and values share a placeholder over all the expressions of a request", () => {
    const placeholders = new Placeholders();
    expect([
      updateExpression(F("a").set(1), placeholders),
      conditionExpression(F("a").eq(1).and(F("b", "a").ne("1")), placeholders),
      projectionExpression(["b", F("a", 0)], placeholders),
    ]).toEqual(["SET #n0 = :v0", "#n0 = :v0 AND #n1.#n0 <> :v1", "#n1, #n0[0]"]);
    expect(placeholders.attributes()).toEqual({
      ExpressionAttributeNames: { "#n0": "a", "#n1": "b" },
      ExpressionAttributeValues: { ":v0": { N: "1" }, ":v1": { S: "1" } },
    });
  });

  test("values of different types are never shared", () => {
    const placeholders = new Placeholders();
    const values = ["1", 1, new Uint8Array([1]), true, null, ["1"], { a: "1" }, new Set(["1"])];
    conditionExpression(or(...values.map((value) => F("a").eq(value))), placeholders);
    expect(Object.keys(placeholders.attributes().ExpressionAttributeValues ?? {})).toHaveLength(8);
  });
});

describe("nothing of the user's is part of an expression", () => {
  const tokens =
    /^(?:#n\d+|:v\d+|\[\d+\]|\.|, | |\(|\)|<>|[<>]=?|=|\+|-|AND|OR|NOT|BETWEEN|IN|SET|REMOVE|ADD|DELETE|size|contains|begins_with|attribute_(?:not_)?(?:exists|type)|if_not_exists|list_append)+$/;
  const name = fc.oneof(
    fc.string({ minLength: 1, unit: "binary" }),
    fc.constantFrom("a OR b", ":v0", "#n0", "a)", "a, b", "SET", "__proto__", "a.b", "[0]", " "),
  );
  const value: fc.Arbitrary<NativeAttributeValue> = fc.oneof(
    name,
    fc.integer(),
    fc.boolean(),
    fc.array(name, { maxLength: 2 }),
    fc.dictionary(name, fc.integer(), { maxKeys: 2, noNullPrototype: true }),
  );

  test("whatever names and values are", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 3, maxLength: 3 }),
        fc.nat(),
        value,
        name,
        ([one, two, three], index, any, text) => {
          const [a, b, c] = [F(one as string), F(two as string, index), F(three as string)];
          const placeholders = new Placeholders();
          const condition = and(
            or(a.eq(any), b.between(text, c), not(c.in([any, a]))),
            a.contains(any).or(b.beginsWith(text), c.size().gt(index)),
            a.type("S").and(b.exists(), c.notExists(), a.ne(b)),
          );
          const key = partitionKey(one as string)
            .eq(text)
            .and(sortKey(three as string).gt(index));
          const texts = [
            conditionExpression(condition, placeholders),
            updateExpression(
              [a.set(ifNotExists(c, any)), b.set(listAppend(c, [any])), c.remove()],
              placeholders,
            ),
            updateExpression([a.add(index), c.delete(new Set([text]))], placeholders),
            projectionExpression([two as string, a, F(three as string, text)], placeholders),
            keyConditionExpression(key, placeholders),
          ];
          for (const expression of texts) expect(expression).toMatch(tokens);
          const { ExpressionAttributeNames: names = {} } = placeholders.attributes();
          expect(new Set(Object.values(names))).toEqual(new Set([one, two, three, text]));
          expect(`{${placeholders.attributesText().slice(1)}}`).toBe(
            JSON.stringify(placeholders.attributes()),
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});

test.each<[NativeAttributeValue, string]>([
  ['say "hi"', String.raw`"say \"hi\""`],
  [1.5, "1.5"],
  [true, "true"],
  [null, "null"],
  [new Uint8Array([1, 2]), 'binary "AQI="'],
  [[1, ["x"]], '[1, ["x"]]'],
  [[], "[]"],
  [{}, "{}"],
  [{ a: 1, "b.c": { d: null } }, '{ a: 1, "b.c": { d: null } }'],
  [new Set(["x", "y"]), 'set("x", "y")'],
  [new Set([1, 2n]), "set(1, 2)"],
  [new Set([new Uint8Array([1])]), 'set(binary "AQ==")'],
])("debug writes %o as %s", (value, text) => {
  expect(F("a").eq(value).debug()).toBe(`a = ${text}`);
});
