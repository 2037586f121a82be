import { afterEach } from "vitest";

/**
 * How much the reliability suite does: `pnpm test` runs the short form, `pnpm test:reliability` the long one.
 *
 * - FIELDWISE_RELIABILITY=long asks for the long form
 * - FIELDWISE_SEED=7 repeats the run that had this seed
 */
export interface Profile {
  readonly long: boolean;
  readonly seed: number;
  /** How many mixed operations are done under faults. */
  readonly operations: number;
  /** The first in the short form, the second in the long one. */
  pick<const Amount>(short: Amount, long: Amount): Amount;
  /** Numbers from 0 to below 1, the same for the same seed and name. */
  random(name: string): () => number;
}

const long = process.env["FIELDWISE_RELIABILITY"] === "long";
const seed = readSeed(process.env["FIELDWISE_SEED"]);

export const profile: Profile = {
  long,
  seed,
  operations: long ? 100_000 : 5_000,
  pick: (forShort, forLong) => (long ? forLong : forShort),
  random: (name) => randomNumbers(seed, name),
};

// Each file of the suite imports this one, and so says on failure how the run is repeated.
afterEach(({ task }) => {
  if (task.result?.state === "fail") {
    console.error(
      `To repeat: FIELDWISE_SEED=${seed}${long ? " FIELDWISE_RELIABILITY=long" : ""}, test "${task.name}"`,
    );
  }
});

function readSeed(text: string | undefined): number {
  if (!text) return 1;
  const number = Number(text);
  if (Number.isInteger(number)) return number | 0;
  throw new Error(`FIELDWISE_SEED is ${text}. It must be an integer.`);
}

/** Mulberry32, begun at the seed and the name. */
function randomNumbers(start: number, name: string): () => number {
  let state = start;
  for (let index = 0; index < name.length; index++) {
    state = Math.imul(state ^ name.charCodeAt(index), 0x01000193);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
