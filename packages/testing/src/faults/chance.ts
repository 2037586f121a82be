/** Gives the numbers of one decision, each from 0 up to but not including 1. */
export type Draw = () => number;

/**
 * Chance that can be had again: the same whole numbers give the same draws, on every machine.
 *
 * @param source - What the draws depend on, all of it.
 */
export function chance(...source: readonly number[]): Draw {
  let state = 0x9e3779b9;
  for (const number of source) {
    // A whole number has up to 53 bits, and all of them count.
    state = scramble(state ^ (number | 0));
    state = scramble(state ^ Math.floor(number / 2 ** 32));
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    return (scramble(state) >>> 0) / 2 ** 32;
  };
}

/** The last step of MurmurHash3, in which every bit of the input changes every bit of the output as often as not. */
function scramble(bits: number): number {
  let hash = bits;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
