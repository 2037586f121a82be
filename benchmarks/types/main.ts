/**
 * What it costs the compiler to check a program that uses the built declarations of `@fieldwise/schema`, zod's own cost
 * included: `pnpm bench:types`. Fails above the limits.
 */
import { type Cost, measureTypes } from "./measure.ts";

/** Of the program with three tables. */
const instantiationLimit = 40_000;
/** From three tables to twelve. */
const growthLimit = 4;

const small = measure(3);
const large = measure(12);
if (small.instantiations > instantiationLimit) {
  fail(`3 tables need more than ${instantiationLimit} instantiations`);
}
if (large.instantiations > growthLimit * small.instantiations) {
  fail(`12 tables need more than ${growthLimit} times what 3 need`);
}

function measure(tables: number): Cost {
  const cost = measureTypes(tables);
  console.log(
    `${tables} tables: ${cost.instantiations} instantiations, ${cost.seconds.toFixed(3)} s check time`,
  );
  return cost;
}

function fail(problem: string): void {
  console.error(problem);
  process.exitCode = 1;
}
