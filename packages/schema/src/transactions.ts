import type {
  TransactGetAction,
  TransactWriteAction,
  UpdateAction as CoreUpdateAction,
  WriteOptions as CoreWriteOptions,
} from "@fieldwise/core";
import type { ConnectOptions } from "./connect-options.ts";
import type { DefinedTable } from "./define-table.ts";
import { type ItemReading, itemReading } from "./reading.ts";
import type { Condition, UpdateAction } from "./types/expressions.ts";
import type { KeyOf, PutInput } from "./types/items.ts";
import type { OnInvalid, ProjectionOf, ReadResult } from "./types/options.ts";
import type { TableTypes } from "./types/table-types.ts";

/** What an action of a transaction takes. */
export interface ActionOptions<Name> extends Pick<
  CoreWriteOptions,
  "returnValuesOnConditionCheckFailure"
> {
  /** Must hold for the item as it stands in the table, or the whole transaction is canceled. */
  readonly condition?: Condition<Name>;
}

/** A write of a transaction, encoded and validated. */
export interface TransactWrite {
  /** @internal */
  readonly action: TransactWriteAction;
  /** @internal */
  readonly definedTable: DefinedTable<TableTypes>;
}

/** The writes that a transaction can hold, on one table. */
export class TransactWrites<in out Types extends TableTypes> {
  readonly #table: DefinedTable<TableTypes>;

  /** @internal */
  constructor(table: DefinedTable<TableTypes>) {
    this.#table = table;
  }

  /** Stores an item, in the place of the one with its key if there is one. */
  put(
    item: PutInput<Types["item"], Types["stored"]>,
    options: ActionOptions<Types["name"]> = {},
  ): TransactWrite {
    return this.#write(
      { put: this.#table.name, item: this.#table.codec.encodeItem(item) },
      options,
    );
  }

  /** Changes attributes of an item, or makes the item where there is none. */
  update(
    key: KeyOf<Types>,
    actions: UpdateAction<Types["name"]> | readonly UpdateAction<Types["name"]>[],
    options: ActionOptions<Types["name"]> = {},
  ): TransactWrite {
    const changes = actions as unknown as readonly CoreUpdateAction[];
    return this.#write(
      { update: this.#table.name, key: this.#encodeKey(key), actions: changes },
      options,
    );
  }

  /** Deletes the item with a key. */
  delete(key: KeyOf<Types>, options: ActionOptions<Types["name"]> = {}): TransactWrite {
    return this.#write({ delete: this.#table.name, key: this.#encodeKey(key) }, options);
  }

  /** Writes nothing, and cancels the transaction where the condition does not hold. */
  check(
    key: KeyOf<Types>,
    condition: Condition<Types["name"]>,
    options: Omit<ActionOptions<Types["name"]>, "condition"> = {},
  ): TransactWrite {
    return this.#write(
      { check: this.#table.name, key: this.#encodeKey(key) },
      { ...options, condition },
    );
  }

  #encodeKey(key: object) {
    return this.#table.codec.encodeKey(key, this.#table.keys.primary);
  }

  #write(action: object, options: object): TransactWrite {
    return {
      action: { ...action, ...options } as TransactWriteAction,
      definedTable: this.#table,
    };
  }
}

/** A read of a transaction. */
export interface TransactRead<out Result> {
  /** @internal */
  readonly action: TransactGetAction;
  /** @internal */
  readonly reading: ItemReading;
  /** Never there: it tells the compiler what the read gives. */
  readonly result?: Result;
}

/** The reads that a transaction can hold, of one table. */
export class TransactReads<in out Types extends TableTypes> {
  readonly #table: DefinedTable<TableTypes>;
  readonly #options: ConnectOptions;

  /** @internal */
  constructor(table: DefinedTable<TableTypes>, options: ConnectOptions) {
    this.#table = table;
    this.#options = options;
  }

  /** Reads the item with a key, validated. */
  get<const Project extends ProjectionOf<Types> = never, Validate extends boolean = true>(
    key: KeyOf<Types>,
    options: {
      readonly project?: Project;
      readonly validate?: Validate;
      readonly onInvalid?: OnInvalid;
    } = {},
  ): TransactRead<ReadResult<Types["item"], Types["stored"], Project, Validate>> {
    const { project, validate, onInvalid = this.#options.onInvalid } = options;
    const settings = { project, validate, onInvalid };
    const reading = itemReading(this.#table, "TransactGetItems", settings);
    return {
      action: {
        get: this.#table.name,
        key: this.#table.codec.encodeKey(key, this.#table.keys.primary),
        projection: reading.projection,
      },
      reading,
    };
  }
}

/** What a transaction's reads give: a tuple, one by one. */
export type TransactResults<Reads extends readonly TransactRead<unknown>[]> = {
  -readonly [Place in keyof Reads]: Reads[Place] extends TransactRead<infer Result>
    ? Result | undefined
    : never;
};
