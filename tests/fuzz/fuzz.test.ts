import { describe, expect, test } from "vitest";
import { Difference, fuzz } from "./fuzz.ts";
import { readerTargets, type Target } from "./readers.ts";
import { writerTargets } from "./writers.ts";

const seed = Number(process.env["FIELDWISE_SEED"] ?? Date.now() % 2 ** 31);

describe(`random documents, seed ${seed}`, () => {
  test.each([...readerTargets(), ...writerTargets])("$name", (target) => {
    const { understood, different } = fuzz(target, seed, 2_000);
    expect(different).toBe(0);
    expect(understood).toBeGreaterThan(100);
  });
});

test("a difference is told by the smallest document that shows it", () => {
  const broken: Target = {
    name: "broken",
    make: (random) => "x".repeat(random.below(50)) + "ab".repeat(random.below(3)) + "y",
    read: (document) => (document.includes("ba") ? "different" : "understood"),
  };
  const find = (): unknown => fuzz(broken, seed, 1_000);
  expect(find).toThrow(Difference);
  expect(find).toThrow(/^broken \(choice \d+\): "ba", in bytes 6261$/);
});
