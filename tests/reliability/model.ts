/**
 * What a table can hold, as far as one writer knows who has it for itself: for each key the states that are possible. A
 * success leaves one of them, a write whose answer was lost adds one, a read tells which one it is.
 */

/** A write of one key. */
export interface ModelWrite<State> {
  readonly key: string;
  /** What it makes of a state. To make it twice must make the same of it. */
  readonly apply: (state: State | undefined) => State | undefined;
  /** Its condition; it always holds where there is none. */
  readonly holds?: ((state: State | undefined) => boolean) | undefined;
}

/**
 * How a write ended. `done`: it was carried out. `refused`: its condition did not hold, or that of another write of the
 * same transaction. `unknown`: it was carried out or not. `nothing`: it was not carried out.
 */
export type WriteEnd = "done" | "refused" | "unknown" | "nothing";

export class Model<State> {
  /** What was seen that can't be. */
  readonly violations: string[] = [];
  readonly #toText: (state: State | undefined) => string;
  readonly #states: Map<string, readonly (State | undefined)[]> = new Map();

  /** @param toText - The same text for equal states. */
  constructor(toText: (state: State | undefined) => string) {
    this.#toText = toText;
  }

  /** The keys that were ever written. */
  get keys(): readonly string[] {
    return [...this.#states.keys()];
  }

  /** The states that are possible; at first that there is nothing. */
  possible(key: string): readonly (State | undefined)[] {
    return this.#states.get(key) ?? [undefined];
  }

  /**
   * Takes note of a write.
   *
   * @param repeated - Whether it was sent more than once, so that the one that was answered need not be the first that
   * was carried out.
   */
  wrote(write: ModelWrite<State>, end: WriteEnd, repeated: boolean): void {
    const { key, apply, holds = () => true } = write;
    const before = this.possible(key);
    const attempted = [...before, ...before.filter(holds).map(apply)];
    const met = repeated ? attempted : before;
    switch (end) {
      case "done":
        // One that was carried out by an earlier attempt meets its own state.
        return this.#narrow(key, met.filter(holds).map(apply), "a write was done on", before);
      case "refused":
        return this.#narrow(
          key,
          met.filter((state) => !holds(state)),
          "a write was refused on",
          before,
        );
      case "unknown":
        return this.#keep(key, attempted);
      case "nothing":
        return;
    }
  }

  /**
   * Takes note of a transaction: of all its writes at once, none of which was refused without the others.
   *
   * Where it was refused, at least one condition did not hold.
   */
  wroteTogether(writes: readonly ModelWrite<State>[], end: WriteEnd, repeated: boolean): void {
    if (end !== "refused") {
      for (const write of writes) this.wrote(write, end, repeated);
      return;
    }
    // By its token a transaction that was carried out is never refused when it is sent again.
    const couldFail = writes.some(({ key, holds }) =>
      this.possible(key).some((state) => holds?.(state) === false),
    );
    if (!couldFail) {
      const keys = writes.map(({ key }) => key).join(", ");
      this.violations.push(`a transaction was refused whose conditions all held: ${keys}`);
    }
  }

  /** Takes note of what a read has found. */
  read(key: string, found: State | undefined, by: string): void {
    const text = this.#toText(found);
    const before = this.possible(key);
    const same = before.filter((state) => this.#toText(state) === text);
    this.#narrow(key, same, `${by} found ${text} for`, before);
    if (same.length === 0) this.#keep(key, [found]);
  }

  #narrow(
    key: string,
    states: readonly (State | undefined)[],
    what: string,
    before: readonly (State | undefined)[],
  ): void {
    if (states.length > 0) return this.#keep(key, states);
    const texts = before.map((state) => this.#toText(state)).join(" or ");
    this.violations.push(`${what} ${key}, which can only be ${texts}`);
  }

  #keep(key: string, states: readonly (State | undefined)[]): void {
    const byText = new Map(states.map((state) => [this.#toText(state), state]));
    this.#states.set(key, [...byText.values()]);
  }
}
