import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PathStep } from "../attribute-value/path.ts";
import { overlap, overlapReason } from "./overlap.ts";

type Steps = readonly PathStep[];

/** One is the start of the other, or they part with a name on one side and an index on the other. */
function conflict(one: Steps, other: Steps): boolean {
  const fork = one.findIndex((step, index) => step !== other[index]);
  if (fork === -1 || fork >= other.length) return true;
  return typeof one[fork] !== typeof other[fork];
}

describe("overlap", () => {
  test.each<[string, Steps[], [Steps, Steps] | undefined]>([
    ["no paths", [], undefined],
    ["one path", [["a"]], undefined],
    ["two attributes", [["a"], ["b"]], undefined],
    ["the same attribute", [["a"], ["a"]], [["a"], ["a"]]],
    ["a member of the attribute", [["a"], ["a", "b"]], [["a"], ["a", "b"]]],
    ["the attribute of a member", [["a", "b", "c"], ["a"]], [["a", "b", "c"], ["a"]]],
    [
      "two members",
      [
        ["a", "b"],
        ["a", "c"],
      ],
      undefined,
    ],
    [
      "two indexes",
      [
        ["a", 0],
        ["a", 1],
      ],
      undefined,
    ],
    [
      "the same index",
      [
        ["a", 0],
        ["a", 0],
      ],
      [
        ["a", 0],
        ["a", 0],
      ],
    ],
    [
      "a list and a map",
      [
        ["a", 0],
        ["a", "b"],
      ],
      [
        ["a", 0],
        ["a", "b"],
      ],
    ],
    [
      "an index and its digits as a name",
      [
        ["a", 0],
        ["a", "0"],
      ],
      [
        ["a", 0],
        ["a", "0"],
      ],
    ],
    ["a dot in a name", [["a.b"], ["a", "b"]], undefined],
    [
      "the first of several",
      [["x"], ["a", "b"], ["a", "b", 1], ["x"]],
      [
        ["a", "b"],
        ["a", "b", 1],
      ],
    ],
  ])("%s", (_, paths, expected) => {
    expect(overlap(paths)).toEqual(expected);
  });

  test("the reason tells a path within the other from a list and a map", () => {
    expect(overlapReason(["a"], ["a", 0])).toBe("one path contains the other");
    expect(overlapReason(["a", 0], ["a"])).toBe("one path contains the other");
    expect(overlapReason(["a", 0, "b"], ["a", "c"])).toMatch(/for a list and for a map/);
  });

  const step = fc.constantFrom<PathStep>("a", "b", "0", 0, 1);
  const path = fc
    .tuple(fc.constantFrom("a", "b", "c"), fc.array(step, { maxLength: 3 }))
    .map(([name, steps]): Steps => [name, ...steps]);

  test("finds a pair exactly where comparing all pairs does, at the first path that conflicts", () => {
    fc.assert(
      fc.property(fc.array(path, { maxLength: 8 }), (paths) => {
        const first = paths.findIndex((steps, index) =>
          paths.slice(0, index).some((before) => conflict(before, steps)),
        );
        const found = overlap(paths);
        expect(found?.[1]).toBe(paths[first]);
        if (found === undefined) return;
        expect(paths.slice(0, first)).toContain(found[0]);
        expect(conflict(...found)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
