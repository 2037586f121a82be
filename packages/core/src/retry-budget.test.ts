import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ConfigurationError } from "./errors/input-errors.ts";
import { RetryBudget } from "./retry-budget.ts";

describe("a retry budget", () => {
  test("allows a hundred retries in a row, or fifty after timeouts", () => {
    const budget = new RetryBudget();
    for (let i = 0; i < 100; i++) expect(budget.take()).toBe(true);
    expect(budget.take()).toBe(false);
    const timeouts = new RetryBudget();
    for (let i = 0; i < 50; i++) expect(timeouts.take(true)).toBe(true);
    expect(timeouts.take(true)).toBe(false);
  });

  test("takes nothing when it refuses", () => {
    const budget = new RetryBudget({ capacity: 7 });
    expect(budget.take()).toBe(true);
    expect(budget.take()).toBe(false);
    expect(budget.available).toBe(2);
  });

  test("gets back from successes what a retry takes, and no more than it holds", () => {
    const budget = new RetryBudget({ capacity: 5 });
    expect(budget.take()).toBe(true);
    for (let i = 0; i < 4; i++) budget.refund();
    expect(budget.take()).toBe(false);
    budget.refund();
    budget.refund();
    expect(budget.available).toBe(5);
    expect(budget.take()).toBe(true);
  });

  test("keeps its level within its bounds", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("retry", "timeout", "success")), (events) => {
        const budget = new RetryBudget({ capacity: 50 });
        for (const event of events) {
          if (event === "success") budget.refund();
          else budget.take(event === "timeout");
          expect(budget.available).toBeGreaterThanOrEqual(0);
          expect(budget.available).toBeLessThanOrEqual(50);
        }
      }),
    );
  });

  test.each(["capacity", "retryCost", "timeoutRetryCost", "successRefund"])(
    "refuses an impossible %s",
    (name) => {
      for (const value of [-1, Number.NaN, Infinity, "5" as never]) {
        expect(() => new RetryBudget({ [name]: value })).toThrow(ConfigurationError);
        expect(() => new RetryBudget({ [name]: value })).toThrow(name);
      }
    },
  );
});
