import type { NumberInput, UpdateAction } from "@fieldwise/core";
import * as fc from "fast-check";
import { newMembersOf, newValuesOf } from "./operands.ts";
import type { KnownPath } from "./paths.ts";

type Actions = fc.Arbitrary<UpdateAction>;

/** An action of one kind, and how often it is drawn beside the others. */
type Kind = fc.WeightedArbitrary<UpdateAction>;

/** What is known of the items that an update is for. */
export interface Target {
  /** The paths that may be read on right-hand sides. */
  readonly paths: readonly KnownPath[];
  /** Whether an item is known, on which actions are tried; otherwise they must fit any item that the schema allows. */
  readonly known: boolean;
}

/**
 * Actions on one path, of every kind that its type allows; `undefined` where there is none. Of a known item they still are
 * to be tried.
 */
export function actionsOn(path: KnownPath, target: Target): Actions | undefined {
  const values = newValuesOf(path);
  const kinds: Kind[] = [
    ...(values === undefined ? [] : settings(path, values, target)),
    ...counting(path, values, target),
    ...members(path, target),
    ...(path.mayBeAbsent ? [{ weight: 2, arbitrary: fc.constant(path.F.remove()) }] : []),
  ];
  return kinds.length === 0 ? undefined : fc.oneof({ withCrossShrink: true }, ...kinds);
}

function settings(path: KnownPath, values: fc.Arbitrary<unknown>, target: Target): readonly Kind[] {
  const sources = sourcesFor(path, target);
  const kinds: Kind[] = [
    { weight: 6, arbitrary: values.map((value) => path.F.set(value as never)) },
    { weight: 1, arbitrary: values.map((value) => path.F.setIfNotExists(value as never)) },
    { weight: 1, arbitrary: values.map((value) => path.F.set(path.F.ifNotExists(value))) },
  ];
  if (sources.length === 0) return kinds;
  return [
    ...kinds,
    { weight: 2, arbitrary: fc.constantFrom(...sources).map((source) => path.F.set(source.F)) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(...sources), values)
        .map(([source, value]) =>
          source.encodeValue(value) === undefined
            ? path.F.set(source.F)
            : path.F.set(source.F.ifNotExists(value)),
        ),
    },
  ];
}

/** The paths that a path can be set to: those that every item has, unless an item is known, and whose values all fit. */
function sourcesFor(path: KnownPath, { paths, known }: Target): readonly KnownPath[] {
  const sameType = paths.filter((other) => path.takes(other, { orNull: true }));
  if (known) return sameType.filter(({ stored }) => stored !== undefined);
  // What fits one schema fits another only where that asks for nothing; lists of it must do so too.
  const isScalar = path.storesOnly("S", "N", "BOOL");
  if (!path.isFree || !isScalar || path.isIndexKey) return [];
  return sameType.filter(
    (other) => other.certain && !other.mayBeAbsent && (!path.isWhole || other.isWhole),
  );
}

// Sums of small numbers, which no bounds are near.
function counting(
  path: KnownPath,
  values: fc.Arbitrary<unknown> | undefined,
  target: Target,
): readonly Kind[] {
  const big = path.isNumber("bigint");
  if (!(big || path.isNumber("number")) || path.isOpen || path.isCoded) return [];
  if (!target.known && !path.isFree) return [];
  const differences = differencesFor(path, big);
  if (differences === undefined) return [];
  const kinds: Kind[] = [];
  if (target.known || !path.mayBeAbsent) {
    kinds.push(
      {
        weight: 3,
        arbitrary: differences.map((by) => (by === 1 ? path.F.increment() : path.F.increment(by))),
      },
      {
        weight: 2,
        arbitrary: differences.map((by) => (by === 1 ? path.F.decrement() : path.F.decrement(by))),
      },
    );
  }
  if (path.steps.length === 1) {
    kinds.push({ weight: 3, arbitrary: differences.map((by) => path.F.add(by)) });
  }
  if (!target.known) return kinds;
  const sources = sourcesFor(path, target).filter((source) => !source.isCoded);
  for (const source of sources.slice(0, 8)) {
    kinds.push({
      weight: 1,
      arbitrary: fc.oneof(
        differencesFor(source, big)?.map((by) => path.F.set(source.F.plus(by))) ??
          fc.constant(path.F.set(source.F)),
        fc.constant(path.F.increment(source.F as never)),
        fc.constant(path.F.set(path.F.minus(source.F as never))),
      ),
    });
  }
  if (values !== undefined) {
    kinds.push({
      weight: 1,
      arbitrary: fc
        .tuple(values, differences)
        .map(([value, by]) => path.F.set(path.F.ifNotExists(value).plus(by))),
    });
  }
  return kinds;
}

/** What may be added to a number: whole numbers where the schema asks for them, and multiples. */
function differencesFor(path: KnownPath, big: boolean): fc.Arbitrary<NumberInput> | undefined {
  const all: readonly NumberInput[] = big
    ? [1n, 2n, -1n, 10n, -7n]
    : [1, 2, -1, 10, -7, 0.5, 0.1, -0.25, 100];
  const fitting = all.filter((by) => path.takesDifference(by));
  return fitting.length === 0 ? undefined : fc.constantFrom(...fitting);
}

// Of lists, what is put at the end or at the start; of sets, what is added and taken out.
function members(path: KnownPath, target: Target): readonly Kind[] {
  const isList = path.storesOnly("L") && path.holdsOnly((type) => type.startsWith("["));
  const isSet =
    path.steps.length === 1 &&
    path.storesOnly("SS", "NS", "BS") &&
    path.holdsOnly((type) => type.startsWith("set("));
  if (!(isList || isSet) || path.isTuple || (!target.known && !path.isFree)) return [];
  const drawn = newMembersOf(path);
  if (drawn === undefined) return [];
  if (isSet) return setMembers(path, drawn, target);
  if (!target.known && (path.mayBeAbsent || path.storedTypes.has("NULL"))) return [];
  const several = fc.array(drawn, { minLength: 1, maxLength: 3 });
  const lists = target.known ? sourcesFor(path, target).map((source) => source.F) : [];
  const more: fc.Arbitrary<unknown> =
    lists.length === 0
      ? several
      : fc.oneof(
          { withCrossShrink: true },
          { weight: 4, arbitrary: several },
          { weight: 1, arbitrary: fc.constantFrom(...lists) },
        );
  return [
    { weight: 3, arbitrary: more.map((values) => path.F.append(values as never)) },
    { weight: 3, arbitrary: more.map((values) => path.F.prepend(values as never)) },
  ];
}

function setMembers(
  path: KnownPath,
  drawn: fc.Arbitrary<unknown>,
  { known }: Target,
): readonly Kind[] {
  const some = (values: fc.Arbitrary<unknown>): fc.Arbitrary<never> =>
    fc.array(values, { minLength: 1, maxLength: 3 }).map((list) => new Set(list) as never);
  const own = path.value instanceof Set ? [...path.value] : [];
  const gone = own.length === 0 ? drawn : fc.oneof(fc.constantFrom(...own), drawn);
  const add: Kind = { weight: 3, arbitrary: some(drawn).map((set) => path.F.add(set)) };
  const take: Kind = { weight: 3, arbitrary: some(gone).map((set) => path.F.delete(set)) };
  return known || path.storedTypes.size === 1 ? [add, take] : [];
}
