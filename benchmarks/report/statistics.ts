import type { Figures } from "../measuring/measure.ts";
import type { Rounds } from "../measuring/run.ts";

/** `median` is there for tasks with one call at a time alone. */
export type Measure = "time" | "cpu" | "median";

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export function medianOf(figures: readonly Figures[], measure: keyof Figures): number {
  return median(figures.map((round) => round[measure] ?? Number.NaN));
}

/**
 * How often one contender's time or CPU goes into another's: the median over the rounds, each compared with the one beside
 * it, as both met the same moment of the machine.
 */
export function ratio(rounds: Rounds, of: string, to: string, measure: Measure): number {
  const upper = rounds[of] ?? [];
  const lower = rounds[to] ?? [];
  return median(
    upper.map(
      (round, index) => (round[measure] ?? Number.NaN) / (lower[index]?.[measure] ?? Number.NaN),
    ),
  );
}
