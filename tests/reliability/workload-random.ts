/** Choices that a seed repeats. */
export interface Choices {
  /** From 0 to below 1. */
  next(): number;
  /** A whole number from 0 to below `count`. */
  below(count: number): number;
  one<Value>(values: readonly Value[]): Value;
  /** So many different whole numbers from 0 to below `count`. */
  several(amount: number, count: number): number[];
}

/** Choices for one part of a run: the same for the same seed and part. */
export function choices(seed: number, part: number): Choices {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(part + 1, 0x85ebca6b)) | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return {
    next,
    below,
    one: <Value>(values: readonly Value[]) => values[below(values.length)] as Value,
    several(amount, count) {
      const left = Array.from({ length: count }, (_, index) => index);
      return Array.from({ length: amount }, () => left.splice(below(left.length), 1)[0] as number);
    },
  };
}
