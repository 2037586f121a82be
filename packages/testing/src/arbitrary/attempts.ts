import { isFieldwiseError } from "@fieldwise/core";
import * as fc from "fast-check";
import { FixtureError, type Place } from "./fixture-error.ts";
import type { Trial } from "./round-trip.ts";

/** What is drawn from, and how often before the next is. */
export interface Source {
  readonly values: fc.Arbitrary<unknown>;
  readonly tries: number;
}

interface Drawn {
  readonly source: fc.Arbitrary<unknown>;
  readonly value: unknown;
  readonly context: unknown;
}

const maximumMisses = 300;

/** Draws until a value passes a trial, but not for ever: then it says that none was found. */
export class Attempts extends fc.Arbitrary<unknown> {
  readonly #sources: readonly Source[];
  readonly #trial: (value: unknown) => Trial;
  readonly #place: Place;

  /** @param trial - Tells whether a value fits, and what it becomes. */
  constructor(sources: readonly Source[], trial: (value: unknown) => Trial, place: Place) {
    super();
    this.#sources = sources;
    this.#trial = trial;
    this.#place = place;
  }

  override generate(random: fc.Random, biasFactor: number | undefined): fc.Value<unknown> {
    let problem = "";
    let cause: FixtureError | undefined;
    for (const { values, tries } of this.#sources) {
      for (let count = 0; count < tries; count++) {
        let drawn: fc.Value<unknown>;
        try {
          drawn = values.generate(random, biasFactor);
        } catch (error) {
          if (!isFieldwiseError(error, FixtureError)) throw error;
          cause ??= error;
          break;
        }
        const trial = this.#trial(drawn.value);
        if (trial.ok) return this.#found(values, drawn, trial.value);
        ({ problem } = trial);
      }
    }
    if (problem === "" && cause !== undefined) throw cause;
    throw noneFound(this.#place, problem, cause);
  }

  override canShrinkWithoutContext(_value: unknown): _value is unknown {
    return false;
  }

  override shrink(_value: unknown, context: unknown): fc.Stream<fc.Value<unknown>> {
    return context === undefined ? fc.Stream.nil() : fc.stream(this.#shrunk(context as Drawn));
  }

  *#shrunk({ source, value, context }: Drawn): IterableIterator<fc.Value<unknown>> {
    const candidates = source.shrink(value, context)[Symbol.iterator]();
    let misses = 0;
    while (misses < maximumMisses) {
      let next: IteratorResult<fc.Value<unknown>>;
      try {
        next = candidates.next();
      } catch (error) {
        if (isFieldwiseError(error, FixtureError)) return;
        throw error;
      }
      if (next.done === true) return;
      const trial = this.#trial(next.value.value);
      if (trial.ok) yield this.#found(source, next.value, trial.value);
      else misses++;
    }
  }

  #found(
    source: fc.Arbitrary<unknown>,
    drawn: fc.Value<unknown>,
    value: unknown,
  ): fc.Value<unknown> {
    const context: Drawn = { source, value: drawn.value, context: drawn.context };
    return new fc.Value(value, context);
  }
}

/** An arbitrary that is made when it is first drawn from: recursive schemas would be walked for ever. */
export class Deferred extends fc.Arbitrary<unknown> {
  readonly #make: () => fc.Arbitrary<unknown>;
  #made: fc.Arbitrary<unknown> | undefined;

  constructor(make: () => fc.Arbitrary<unknown>) {
    super();
    this.#make = make;
  }

  override generate(random: fc.Random, biasFactor: number | undefined): fc.Value<unknown> {
    return this.#values().generate(random, biasFactor);
  }

  override canShrinkWithoutContext(value: unknown): value is unknown {
    return this.#values().canShrinkWithoutContext(value);
  }

  override shrink(value: unknown, context: unknown): fc.Stream<fc.Value<unknown>> {
    return this.#values().shrink(value, context);
  }

  #values(): fc.Arbitrary<unknown> {
    return (this.#made ??= this.#make());
  }
}

/** The values that pass the trial, of many draws at most. */
export function attempt(
  values: fc.Arbitrary<unknown>,
  trial: (value: unknown) => Trial,
  place: Place,
): fc.Arbitrary<unknown> {
  return new Attempts([{ values, tries: 200 }], trial, place);
}

/** An arbitrary without values: it says so when it is drawn from. */
export function none(place: Place, reason: string): fc.Arbitrary<unknown> {
  return new Deferred(() => {
    throw new FixtureError(place, reason);
  });
}

/** How many of some draws pass. The seed is fixed, so that the answer is always the same. */
export function hits(
  values: fc.Arbitrary<unknown>,
  trial: (value: unknown) => Trial,
  draws: number,
): number {
  try {
    const samples = fc.sample(values, { seed: 20_260_101, numRuns: draws });
    return samples.filter((value) => trial(value).ok).length;
  } catch (error) {
    if (isFieldwiseError(error, FixtureError)) return 0;
    throw error;
  }
}

/** What to do where values can't be made by chance. */
export const advice =
  "Say how it is made: give the value by the option `values`, or to fixtures as an override";

function noneFound(place: Place, problem: string, cause: FixtureError | undefined): FixtureError {
  const found = problem === "" ? "" : ` (${problem})`;
  return new FixtureError(
    place,
    `no value that the schema takes was found by chance${found}. ${advice}`,
    cause === undefined ? undefined : { cause },
  );
}
