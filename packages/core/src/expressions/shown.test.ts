import { expect, test } from "vitest";
import { shown } from "./shown.ts";

test("what a message shows is short and stands on one line", () => {
  const long = { text: "x".repeat(500), list: Array.from({ length: 50 }, () => "y".repeat(50)) };
  expect(shown(long)).not.toContain("\n");
  expect(shown(long).length).toBeLessThan(400);
  expect(shown({ a: { b: { c: 1 } } })).toBe("{ a: { b: [Object] } }");
});
