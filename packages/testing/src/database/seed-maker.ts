import type { DefinedTable, TableOperations, TableTypes } from "@fieldwise/schema";
import { type FixtureOptions, type Fixtures, fixtures } from "../fixtures/fixtures.ts";
import { keyTextOf } from "../fixtures/stored-item.ts";

/** The operations on a table, of which the compiler knows nothing. */
export type AnyOperations = TableOperations<never>;

/** What an item is to have. */
export type Wanted = Item | undefined;

/** The option `values` of fixtures. */
export type MakeValues = FixtureOptions<Item>["values"];

type Item = Readonly<Record<string, unknown>>;

/** Makes the items of one table of one `db`, however often it is asked. */
class SeedMaker {
  readonly #table: DefinedTable<TableTypes>;
  readonly #fixtures = new Map<number, Fixtures<TableTypes>>();
  readonly #keys = new Set<string>();
  #values: MakeValues;

  constructor(table: DefinedTable<TableTypes>) {
    this.#table = table;
  }

  make(wanted: readonly Wanted[], seedNumber: number | undefined, values: MakeValues): object[] {
    this.#values = values;
    const maker = this.#fixturesOf(seedNumber ?? 0);
    const items = maker.many(wanted.length, (index) => wanted[index] ?? {});
    const kept = items.map((item, index) => this.#apart(maker, item, wanted[index]));
    for (const item of kept) this.#keys.add(this.#keyOf(item));
    return kept;
  }

  /** The item, or another one where fixtures of another seed have its key already. */
  #apart(maker: Fixtures<TableTypes>, item: object, wanted: Wanted = {}): object {
    if (this.#table.keys.primary.every((name) => wanted[name] !== undefined)) return item;
    let apart = item;
    // Where there is no other key left, the fixtures say so.
    while (this.#keys.has(this.#keyOf(apart))) apart = maker.one(wanted);
    return apart;
  }

  #fixturesOf(seedNumber: number): Fixtures<TableTypes> {
    let maker = this.#fixtures.get(seedNumber);
    if (maker === undefined) {
      maker = fixtures(this.#table, {
        seed: seedNumber,
        values: (context) => (this.#values?.(context) ?? {}) as never,
      });
      this.#fixtures.set(seedNumber, maker);
    }
    return maker;
  }

  #keyOf(item: object): string {
    return String(keyTextOf(this.#table, { ...item }));
  }
}

const makers = new WeakMap<AnyOperations, SeedMaker>();

/** The maker of this table of this `db`. */
export function seedMakerOf(table: AnyOperations): SeedMaker {
  let maker = makers.get(table);
  if (maker === undefined) {
    maker = new SeedMaker(table.definedTable);
    makers.set(table, maker);
  }
  return maker;
}
