import { expect, it } from "vitest";
import { atMost } from "./measure.ts";

const hundred = Array.from({ length: 100 }, (_, index) => index + 1);

it.each([
  [[7], 0.5, 7],
  [[1, 9], 0.5, 1],
  [[1, 2, 9], 0.5, 2],
  [[1, 2, 8, 9], 0.5, 2],
  [hundred, 0.5, 50],
  [hundred, 0.99, 99],
  [[1, 9], 0.99, 9],
])("of %j a part of %d is at most %d", (times, part, expected) => {
  expect(atMost(times, part)).toBe(expected);
});
