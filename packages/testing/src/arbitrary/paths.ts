import {
  type Arithmetic,
  type AttributeMap,
  type AttributePath,
  type AttributeType,
  type AttributeValue,
  marshall,
  marshallValue,
  type PathStep,
  type SetOperand,
} from "@fieldwise/core";
import type { AnyTable } from "./items.ts";
import { elementsOf, membersOf } from "./path-members.ts";
import { anyType, isCoded, isFree, isTupleType, onlyOf, typesOf } from "./path-types.ts";
import { memberAt } from "./update-outcome.ts";
import type { Schema } from "./zod-schema.ts";

/** What expressions need to know of a table. */
export type ExpressionTable = AnyTable & { readonly F: unknown };

type FieldCodec = NonNullable<ReturnType<AnyTable["codec"]["at"]>>;

/** What `F` gives at run time: a path that takes any operand, and encodes it by the schema. */
export interface TypedPath extends AttributePath {
  ifNotExists(value: unknown): SetOperand & { plus(value: unknown): Arithmetic };
}

/** An item, on both of its sides. */
export interface KnownItem {
  readonly stored: AttributeMap;
  readonly value: unknown;
}

/**
 * The item as it is once it was put.
 *
 * @throws InvalidItem
 */
export function knownItem(table: ExpressionTable, item: unknown): KnownItem {
  const stored = marshall(table.codec.encodeItem(item));
  const read = table.codec.decodeItem(stored);
  return { stored, value: read.ok ? read.item : item };
}

// Deeper ones are as those above, and would crowd them out.
const maximumSteps = 5;
const maximumPaths = 150;

/** An attribute of a table, or of one item of it. */
export class KnownPath {
  readonly steps: readonly [string, ...PathStep[]];
  readonly schemas: readonly Schema[];
  /** What the item has here, as the table holds it. */
  readonly stored: AttributeValue | undefined;
  /** What the item has here, as the application holds it. */
  readonly value: unknown;
  /** Whether the item has what it lies in. */
  readonly isReached: boolean;
  /** Whether it can be set in any item: it is a member of what every item has, and no union is on the way. */
  readonly certain: boolean;
  readonly #table: ExpressionTable;
  readonly #field: FieldCodec;
  #path: TypedPath | undefined;
  #types: Readonly<Record<"application" | "stored", ReadonlySet<string>>> | undefined;

  constructor(table: ExpressionTable, field: FieldCodec, of: Start & Pick<KnownPath, "steps">) {
    this.steps = of.steps;
    this.schemas = of.schemas;
    this.stored = of.stored;
    this.value = of.value;
    this.isReached = of.isReached;
    this.certain = of.certain;
    this.#table = table;
    this.#field = field;
  }

  /** The path, for expressions. */
  get F(): TypedPath {
    return (this.#path ??= (this.#table.F as (...steps: readonly PathStep[]) => TypedPath)(
      ...this.steps,
    ));
  }

  /** Whether an item may lack it. */
  get mayBeAbsent(): boolean {
    return this.#field.mayBeAbsent;
  }

  get tableName(): string {
    return this.#table.name;
  }

  /** What it may be in the table. */
  get storedTypes(): ReadonlySet<AttributeType> {
    return this.#field.storedTypes;
  }

  /** Whether it is a map or a list in every item that has what it lies in. */
  get isAlwaysThere(): boolean {
    return !this.mayBeAbsent && this.#field.storedTypes.size === 1 && this.storesOnly("M", "L");
  }

  /** Whether it is a key attribute of the table. */
  get isPrimaryKey(): boolean {
    return this.steps.length === 1 && this.#table.keys.primary.includes(this.steps[0]);
  }

  /** Whether it is a key attribute of an index. */
  get isIndexKey(): boolean {
    if (this.steps.length > 1) return false;
    const [name] = this.steps;
    return [...this.#table.keys.indexes.values()].some(
      ({ partition, sort }) => partition.includes(name) || sort.includes(name),
    );
  }

  /** Whether its schema says no more than its type. */
  get isFree(): boolean {
    return this.schemas.length === 1 && this.schemas.every(isFree);
  }

  /** Whether a codec stands between the application and the table. */
  get isCoded(): boolean {
    return this.schemas.some((schema) => isCoded(schema));
  }

  /** Whether it may be a tuple, which can't be made longer. */
  get isTuple(): boolean {
    return !this.holdsOnly((type) => !isTupleType(type));
  }

  /** Whether it is a number that has to be whole. */
  get isWhole(): boolean {
    return !this.takesDifference(0.5);
  }

  /** Whether the number can be added to it: whole where the schema asks for whole numbers. */
  takesDifference(difference: unknown): boolean {
    return (
      attempted(() => {
        this.#field.checkDifference(difference);
        return true;
      }) === true
    );
  }

  /** Whether it is binary on both sides. */
  get isBinary(): boolean {
    return this.storesOnly("B") && this.holdsOnly((type) => type.startsWith("#"));
  }

  /** Whether it is a number on both sides, as a `number` or as a `bigint`. */
  isNumber(...types: readonly ("number" | "bigint")[]): boolean {
    const { storedTypes } = this;
    return (
      storedTypes.size === 1 &&
      storedTypes.has("N") &&
      this.holdsOnly((type) => types.includes(type as "number"))
    );
  }

  /** Whether it may be anything, of which nothing is known. */
  get isOpen(): boolean {
    return this.#typesOf("application").has(anyType);
  }

  /** Whether the application holds nothing but these types, and `null`. */
  holdsOnly(allowed: (type: string) => boolean): boolean {
    return onlyOf(this.#typesOf("application"), allowed);
  }

  /** Whether the table holds nothing but these types, and null. */
  storesOnly(...allowed: readonly AttributeType[]): boolean {
    return onlyOf(new Set([...this.storedTypes].filter((type) => type !== "NULL")), (type) =>
      allowed.includes(type as AttributeType),
    );
  }

  /** Whether another path is of a type that this one can be compared with, or set to. */
  takes(other: KnownPath, { orNull }: { readonly orNull: boolean }): boolean {
    if (other === this || other.isOpen || this.isOpen) return false;
    const isTaken = (side: "application" | "stored"): boolean => {
      const own = this.#typesOf(side);
      return [...other.#typesOf(side)].every((type) =>
        type === "null" ? orNull && own.has(type) : own.has(type),
      );
    };
    return isTaken("application") && isTaken("stored");
  }

  /** The operand of a condition as it is sent; `undefined` where the path takes no such operand. */
  encode(operand: unknown): AttributeValue | undefined {
    return attempted(() => marshallValue(this.#field.encodeOperand(operand)));
  }

  /** A new value as it is sent; `undefined` where the schema takes no such value, and of what is no attribute. */
  encodeValue(value: unknown): AttributeValue | undefined {
    return attempted(() => {
      const encoded = this.#field.encodeValue(value);
      return encoded === undefined ? undefined : marshallValue(encoded);
    });
  }

  /** What the members of the list or set may be. */
  get elements(): readonly Schema[] {
    return this.schemas.flatMap((schema) => elementsOf(schema) ?? []);
  }

  /** Whether it can be looked for as a member of the list or set. */
  encodesElement(member: unknown): boolean {
    const element = this.#field.element();
    const encoded = element && attempted(() => marshallValue(element.encodeOperand(member)));
    return encoded !== undefined;
  }

  /** Whether it can be added to the list or set. */
  encodesNewElement(member: unknown): boolean {
    const element = this.#field.element();
    return attempted(() => element?.encodeValue(member)) !== undefined;
  }

  #typesOf(side: "application" | "stored"): ReadonlySet<string> {
    this.#types ??= {
      application: typesOf(this.schemas, "application"),
      stored: typesOf(this.schemas, "stored"),
    };
    return this.#types[side];
  }
}

/** Works out once for each path what is asked of it again. */
export function remembered<Result>(make: (path: KnownPath) => Result): (path: KnownPath) => Result {
  const made = new Map<KnownPath, { readonly result: Result }>();
  return (path) => {
    let known = made.get(path);
    if (known === undefined) made.set(path, (known = { result: make(path) }));
    return known.result;
  };
}

function attempted<Result>(run: () => Result): Result | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

/** What steps lead on from. */
type Start = Pick<KnownPath, "schemas" | "stored" | "value" | "isReached" | "certain"> & {
  readonly steps: readonly PathStep[];
};

/** The paths of a table: all that it names, and some of those that an item, or chance, gives names to. */
export function pathsOf(table: ExpressionTable, item: KnownItem | undefined): readonly KnownPath[] {
  const paths: KnownPath[] = [];
  // Level by level, so that what is left out is what is deepest.
  let level = pathsFrom(table, {
    steps: [],
    schemas: [table.schema],
    stored: item && { M: item.stored },
    value: item?.value,
    isReached: item !== undefined,
    certain: true,
  });
  while (level.length > 0) {
    paths.push(...level);
    const deep = paths.length > maximumPaths || (level[0]?.steps.length ?? 0) >= maximumSteps;
    level = deep ? [] : level.flatMap((path) => pathsFrom(table, path));
  }
  return paths;
}

function pathsFrom(table: ExpressionTable, from: Start): readonly KnownPath[] {
  const certainSoFar = from.certain && (!(from instanceof KnownPath) || from.isAlwaysThere);
  return [...membersOf(from.schemas, from.stored)].flatMap(([step, { schemas, certain }]) => {
    if (step === "" || (typeof step === "string" && !step.isWellFormed())) return [];
    const steps = [...from.steps, step] as unknown as KnownPath["steps"];
    const field = table.codec.at(steps);
    if (field === undefined || field.storedTypes.size === 0) return [];
    return new KnownPath(table, field, {
      steps,
      schemas,
      stored: from.stored && memberAt(from.stored, step),
      value: valueMember(from.value, step),
      isReached: reaches(from.stored, step),
      certain: certainSoFar && certain,
    });
  });
}

function reaches(stored: AttributeValue | undefined, step: PathStep): boolean {
  return stored !== undefined && (typeof step === "number" ? "L" : "M") in stored;
}

function valueMember(value: unknown, step: PathStep): unknown {
  if (value instanceof Map) return value.get(step);
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
  return (value as Readonly<Record<PathStep, unknown>>)[step];
}
