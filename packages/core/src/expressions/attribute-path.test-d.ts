import { describe, expectTypeOf, test } from "vitest";
import { type AttributePath, F, ifNotExists, NumberValue } from "../index.ts";
import type { Condition, Size, UpdateAction } from "../index.ts";

interface Named {
  readonly name: string;
}
declare const named: Named;

describe("F", () => {
  test("takes a name, then names and indexes", () => {
    expectTypeOf(F("a", 0, "b")).toEqualTypeOf<AttributePath>();
    // @ts-expect-error a path begins with a name
    F(0);
    // @ts-expect-error a path has at least one step
    F();
    // @ts-expect-error a step is a name or an index
    F("a", true);
  });

  test("makes conditions", () => {
    expectTypeOf(F("a").eq(1)).toEqualTypeOf<Condition>();
    expectTypeOf(F("a").lt(F("b"))).toEqualTypeOf<Condition>();
    expectTypeOf(F("a").size()).toEqualTypeOf<Size>();
    expectTypeOf(F("a").in(["x", 1, F("b")])).toEqualTypeOf<Condition>();
    // @ts-expect-error in() takes a list
    F("a").in("x", "y");
    // @ts-expect-error in() takes a list
    F("a").in(new Set(["x"]));
    // @ts-expect-error a sum belongs into a set()
    F("a").eq(F("b").plus(1));
    // @ts-expect-error a condition is no value
    F("a").eq(F("b").exists());
    // @ts-expect-error DynamoDB has no such type
    F("a").type("STRING");
    // @ts-expect-error undefined is no value
    F("a").eq(undefined);
  });

  test("makes actions", () => {
    expectTypeOf(F("a").set(1)).toEqualTypeOf<UpdateAction>();
    expectTypeOf(F("a").set({ b: [null, new Uint8Array()] })).toEqualTypeOf<UpdateAction>();
    expectTypeOf(F("a").set(ifNotExists(F("a"), 0).plus(1))).toEqualTypeOf<UpdateAction>();
    // @ts-expect-error a Date can't be stored
    F("a").set(new Date());
    // @ts-expect-error a function can't be stored
    F("a").set(() => 1);
    // @ts-expect-error a symbol can't be stored
    F("a").set(Symbol("a"));
    // @ts-expect-error a class instance can't be stored
    F("a").set(new URL("https://example.com"));
    // @ts-expect-error an interface may have members that can't be stored
    F("a").set(named);
    F("a").set({ ...named });
  });

  test("add and delete take what DynamoDB adds and deletes", () => {
    F("a").add(1n);
    F("a").add(new NumberValue("1"));
    F("a").delete(new Set([new NumberValue("1"), 2]));
    // @ts-expect-error delete takes a set
    F("a").delete(["x"]);
    // @ts-expect-error delete takes a set
    F("a").delete("x");
    // @ts-expect-error add takes a number or a set
    F("a").add("x");
    // @ts-expect-error a set is of one type
    F("a").add(new Set(["x", 1]));
  });

  test("numbers count", () => {
    F("a").increment();
    F("a").decrement(2n);
    F("a").increment(F("b"));
    F("a").set(F("b").plus(ifNotExists(F("c"), 0)));
    // @ts-expect-error text is no number
    F("a").increment("1");
    // @ts-expect-error text is no number
    F("a").plus("1");
    // @ts-expect-error DynamoDB takes one + or - in a SET
    F("a").plus(F("b").plus(1));
    // @ts-expect-error append takes a list
    F("a").append("x");
  });
});
