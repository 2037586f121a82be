import { marshallValue } from "@fieldwise/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromUnits, orderOf, toUnits } from "./operand-order.ts";

describe("orderOf", () => {
  const order = (one: unknown, other: unknown): number | undefined =>
    orderOf(marshallValue(one as never), marshallValue(other as never));

  it("orders numbers as numbers, however they are written", () => {
    expect(order(9, 10)).toBeLessThan(0);
    expect(order(-1e-130, 0)).toBeLessThan(0);
    expect(order(10n ** 37n + 1n, 10n ** 37n)).toBeGreaterThan(0);
    expect(orderOf({ N: "1.50" }, { N: "15E-1" })).toBe(0);
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (one, other) => {
        expect(Math.sign(order(one, other) ?? Number.NaN)).toBe(Math.sign(one - other));
      }),
    );
  });

  it("orders texts by their UTF-8 bytes, and binary by its own", () => {
    expect(order("～", "😀")).toBeLessThan(0);
    expect(order("a", "ab")).toBeLessThan(0);
    expect(order(Uint8Array.of(255), Uint8Array.of(1, 255))).toBeGreaterThan(0);
  });

  it("has no order for other types, and for two types", () => {
    expect(order("1", 1)).toBeUndefined();
    expect(order(true, false)).toBeUndefined();
    expect(order([1], [1])).toBeUndefined();
  });
});

describe("fromUnits", () => {
  it("gives back the number", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        fc.pre(value === 0 || (Math.abs(value) > 1e-130 && Math.abs(value) < 1e125));
        expect(Number(fromUnits(toUnits(String(value))))).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it("gives nothing for what DynamoDB can't hold", () => {
    expect(fromUnits(toUnits("1e37") + toUnits("1"))).toBeDefined();
    expect(fromUnits(toUnits("1e38") + toUnits("1"))).toBeUndefined();
    expect(fromUnits(toUnits("9e125") + toUnits("9e125"))).toBeUndefined();
    expect(fromUnits(toUnits("1") - toUnits("1"))).toBe("0");
  });
});
