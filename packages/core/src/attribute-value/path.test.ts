import { expect, test } from "vitest";
import { formatPath, type PathStep } from "./path.ts";

test.each<[PathStep[], string]>([
  [[], ""],
  [["a"], "a"],
  [["a", 0, "b"], "a[0].b"],
  [["a", 0, 1], "a[0][1]"],
  [["a.b", "c"], '"a.b".c'],
  [["a", "b c"], 'a."b c"'],
  [["first-name", "_x1"], "first-name._x1"],
  [["0"], '"0"'],
  [['say "hi"'], String.raw`"say \"hi\""`],
  [[""], '""'],
  [["a[0]"], '"a[0]"'],
  [["größe"], '"größe"'],
  [["a\nb"], String.raw`"a\nb"`],
])("%j is written %s", (steps, text) => {
  expect(formatPath(steps)).toBe(text);
});
