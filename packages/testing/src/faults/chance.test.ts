import * as fc from "fast-check";
import { expect, it } from "vitest";
import { chance } from "./chance.ts";

it("gives the same draws for the same numbers, on every machine", () => {
  const draw = chance(7, 0, 1);
  expect([draw(), draw(), draw()]).toMatchInlineSnapshot(`
    [
      0.2523778169415891,
      0.9108561913017184,
      0.21005592751316726,
    ]
  `);
  fc.assert(
    fc.property(fc.array(fc.maxSafeInteger(), { minLength: 1, maxLength: 4 }), (source) => {
      const [one, other] = [chance(...source), chance(...source)];
      for (let count = 0; count < 5; count++) {
        const drawn = one();
        expect(drawn).toBe(other());
        expect(drawn >= 0 && drawn < 1).toBe(true);
      }
    }),
  );
});

it.each([0, 1, 2, -1, 7, 2 ** 40, Number.MAX_SAFE_INTEGER])(
  "with seed %d is spread evenly, from one turn to the next",
  (seed) => {
    const draws = Array.from({ length: 20_000 }, (_, turn) => chance(seed, 0, turn)());
    const tenths = Array.from({ length: 10 }, () => 0);
    for (const draw of draws) tenths[Math.floor(draw * 10)]!++;
    // Each tenth should have 2,000, give or take 42; five times that is never seen.
    for (const count of tenths) expect(Math.abs(count - 2_000)).toBeLessThan(210);
    // Two struck in a row are as rare as they should be: 200 at 10 %, give or take 14.
    const pairs = draws.filter((draw, index) => draw < 0.1 && (draws[index + 1] ?? 1) < 0.1);
    expect(Math.abs(pairs.length - 200)).toBeLessThan(75);
  },
);

it("depends on all of its numbers", () => {
  const sources = [[1], [2], [1, 0], [1, 1], [0, 1], [1, 0, 0], [2 ** 32], [2 ** 33], [-1]];
  const draws = sources.map((source) => chance(...source)());
  expect(new Set(draws).size).toBe(sources.length);
});
