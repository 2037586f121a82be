import type { AttributeType, NumberValue } from "@fieldwise/core";
import type { PathStep } from "./steps.ts";

declare const table: unique symbol;
declare const compared: unique symbol;
declare const path: unique symbol;
declare const action: unique symbol;

/** Belongs to one table: what is said of one can't be asked of another. */
export interface OfTable<in out Name> {
  readonly [table]: Name;
}

/** A condition or filter on one table's items. Immutable data: write it once, use it in any number of requests. */
export interface Condition<in out Name> extends OfTable<Name> {
  // First, so that an error about another table's condition ends here.
  readonly [table]: Name;
  /** This condition and all the others. */
  and(...others: readonly Condition<Name>[]): Condition<Name>;
  /** This condition or any of the others. */
  or(...others: readonly Condition<Name>[]): Condition<Name>;
  /** The condition as a person would write it: `status = "placed" AND total > 10`. */
  debug(): string;
  /** Whether both are the same condition, written the same way. */
  equals(other: Condition<Name>): boolean;
}

/** One action of an update of one table's items. */
export interface UpdateAction<in out Name> extends OfTable<Name> {
  readonly [table]: Name;
  readonly [action]: true;
  /** The action as a person would write it: `SET status = "shipped"`. */
  debug(): string;
  /** Whether both are the same action, written the same way. */
  equals(other: UpdateAction<Name>): boolean;
}

/**
 * An attribute on a right-hand side: of the same type as a value, stored the same way, and of the same table. Methods take
 * `Value | PathOperand<…>`, written out each time: by an alias for both, messages would not say what value was expected.
 */
export interface PathOperand<Value, Stored, in out Name> extends OfTable<Name> {
  readonly [compared]: readonly [Value, Stored];
}

/** What `ifNotExists`, `plus` and `minus` give, to be set. */
export interface Computed<Value, Stored, in out Name> extends OfTable<Name> {
  readonly [compared]: readonly [Value, Stored, "computed"];
}

/** An attribute as a projection takes it. */
export interface Projectable<
  in out Name,
  Path extends readonly PathStep[] = readonly PathStep[],
> extends OfTable<Name> {
  readonly [path]: Path;
}

/** The path of a projected attribute. */
export type PathOf<Part> = Part extends { readonly [path]: infer Path } ? Path : never;

/** A literal's type: two attributes may be compared when their types are, whatever values each may have. */
export type Widen<Value> = Value extends string
  ? string
  : Value extends number
    ? number
    : Value extends bigint
      ? bigint
      : Value extends boolean
        ? boolean
        : Value;

/** What every attribute can be asked. */
export interface Equatable<Value, Stored, in out Name> extends PathOperand<
  Widen<Value>,
  Widen<Stored>,
  Name
> {
  /** Equal. @example F("status").eq("placed") // status = "placed" */
  eq(value: Value | PathOperand<Widen<Value>, Widen<Stored>, Name>): Condition<Name>;
  /** Not equal; also holds where the attribute is absent. @example F("status").ne("placed") // status <> "placed" */
  ne(value: Value | PathOperand<Widen<Value>, Widen<Stored>, Name>): Condition<Name>;
  /** Equal to one of 1 to 100 values. @example F("status").in(["placed", "shipped"]) // status IN ("placed", "shipped") */
  in(values: readonly (Value | PathOperand<Widen<Value>, Widen<Stored>, Name>)[]): Condition<Name>;
  /** The operand as a person would write it: `lines[0].quantity`. */
  debug(): string;
}

/** What is asked of an attribute, not of a size. */
export interface Attribute<in out Name> {
  /** The attribute is there. @example F("note").exists() // attribute_exists(note) */
  exists(): Condition<Name>;
  /** The attribute is not there. @example F("note").notExists() // attribute_not_exists(note) */
  notExists(): Condition<Name>;
  /** The attribute is stored as this type. @example F("note").type("S") // attribute_type(note, "S") */
  type(type: AttributeType): Condition<Name>;
}

/** Order, of what is stored as a string (by UTF-8 bytes), a number or binary. */
export interface Ordered<Value, Stored, in out Name> {
  /** Less than. @example F("total").lt(100) // total < 100 */
  lt(value: Value | PathOperand<Widen<Value>, Widen<Stored>, Name>): Condition<Name>;
  /** Less than or equal. @example F("total").lte(F("budget")) // total <= budget */
  lte(value: Value | PathOperand<Widen<Value>, Widen<Stored>, Name>): Condition<Name>;
  /** Greater than. @example F("total").gt(100) // total > 100 */
  gt(value: Value | PathOperand<Widen<Value>, Widen<Stored>, Name>): Condition<Name>;
  /** Greater than or equal. @example F("total").gte(100) // total >= 100 */
  gte(value: Value | PathOperand<Widen<Value>, Widen<Stored>, Name>): Condition<Name>;
  /** At least `low` and at most `high`. @example F("total").between(10, 20) // total BETWEEN 10 AND 20 */
  between(
    low: Value | PathOperand<Widen<Value>, Widen<Stored>, Name>,
    high: Value | PathOperand<Widen<Value>, Widen<Stored>, Name>,
  ): Condition<Name>;
}

/** The size of an attribute, to be compared with numbers. */
export interface Size<in out Name>
  extends Equatable<number, number, Name>, Ordered<number, number, Name> {}

/** What has a size: a string's in UTF-16 code units, binary's in bytes, the members of a set, list or map. */
export interface Sized<in out Name> {
  /** The attribute's size, to be compared. @example F("lines").size().gt(3) // size(lines) > 3 */
  size(): Size<Name>;
}

/** A prefix, of strings and binary. It is no whole value, so no codec encodes it: it is the prefix of what is stored. */
export interface Prefixed<Prefix, Stored, in out Name> {
  /** What is stored begins with it. @example F("sku").beginsWith("A-") // begins_with(sku, "A-") */
  beginsWith(prefix: Prefix | PathOperand<Widen<Prefix>, Widen<Stored>, Name>): Condition<Name>;
}

/** Members: a part of a string, as it is stored, or a member of a set or list. */
export interface Containing<Member, Stored, in out Name> {
  /** A string contains the text, a set or list the member. @example F("tags").contains("new") // contains(tags, "new") */
  contains(member: Member | PathOperand<Widen<Member>, Widen<Stored>, Name>): Condition<Name>;
}

/** What is stored in an order. */
export type OrderedStored = string | number | bigint | NumberValue | Uint8Array;
