import type { NumberValue } from "@fieldwise/core";
import type { Computed, PathOperand, UpdateAction, Widen } from "./expressions.ts";

/** What can be set: anything but a key attribute. */
export interface Settable<Value, Stored, in out Name> {
  /**
   * Sets the attribute to a value, another attribute's, or what `plus`, `minus` and `ifNotExists` give.
   *
   * @example F("total").set(F("price").plus(5)) // SET total = price + 5
   */
  set(
    value:
      | Value
      | PathOperand<Widen<Value>, Widen<Stored>, Name>
      | Computed<Widen<Value>, Widen<Stored>, Name>,
  ): UpdateAction<Name>;
  /** Sets the attribute where it is absent. @example F("n").setIfNotExists(0) // SET n = if_not_exists(n, 0) */
  setIfNotExists(value: Value | PathOperand<Widen<Value>, Widen<Stored>, Name>): UpdateAction<Name>;
  /** The attribute's value, or another where it is absent. @example F("n").set(F("n").ifNotExists(0)) */
  ifNotExists(
    value: Value | PathOperand<Widen<Value>, Widen<Stored>, Name>,
  ): Computed<Widen<Value>, Widen<Stored>, Name> & Arithmetic<Widen<Value>, Widen<Stored>, Name>;
}

/** Sums and differences, to be set. */
export type Arithmetic<Value, Stored, Name> = [Value, Stored] extends [
  number | bigint,
  number | bigint | NumberValue,
]
  ? Summable<Value, Stored, Name>
  : unknown;

/** A number in a `set`. */
export interface Summable<Value, Stored, in out Name> {
  /** The sum. @example F("a").set(F("b").plus(1)) // SET a = b + 1 */
  plus(
    value: Value | PathOperand<Widen<Value>, Widen<Stored>, Name>,
  ): Computed<Value, Stored, Name>;
  /** The difference. @example F("a").set(F("b").minus(1)) // SET a = b - 1 */
  minus(
    value: Value | PathOperand<Widen<Value>, Widen<Stored>, Name>,
  ): Computed<Value, Stored, Name>;
}

/** A number that can be counted up and down. */
export interface Countable<Value, Stored, in out Name> extends Summable<Value, Stored, Name> {
  /** Adds to the number, 1 by default. It must be there. @example F("stock").increment(5) // SET stock = stock + 5 */
  increment(by?: Value | PathOperand<Widen<Value>, Widen<Stored>, Name>): UpdateAction<Name>;
  /** Subtracts from the number, 1 by default. @example F("stock").decrement(5) // SET stock = stock - 5 */
  decrement(by?: Value | PathOperand<Widen<Value>, Widen<Stored>, Name>): UpdateAction<Name>;
}

/** A number at the top level of the item. */
export interface Addable<Value, in out Name> {
  /** Adds to the number; an absent one counts as 0. @example F("views").add(1) // ADD views 1 */
  add(value: Value): UpdateAction<Name>;
}

/** A list that can be made longer. */
export interface Appendable<Member, Value, Stored, in out Name> {
  /** Adds values at the end. The list must be there. @example F("log").append(["x"]) // SET log = list_append(log, ["x"]) */
  append(
    values: readonly Member[] | Value | PathOperand<Widen<Value>, Widen<Stored>, Name>,
  ): UpdateAction<Name>;
  /** Adds values at the start. The list must be there. @example F("log").prepend(["x"]) // SET log = list_append(["x"], log) */
  prepend(
    values: readonly Member[] | Value | PathOperand<Widen<Value>, Widen<Stored>, Name>,
  ): UpdateAction<Name>;
}

/** A set at the top level of the item. */
export interface MemberSet<Member, in out Name> {
  /** Adds members; an absent set counts as empty. @example F("tags").add(new Set(["new"])) // ADD tags set("new") */
  add(members: ReadonlySet<Member>): UpdateAction<Name>;
  /** Takes members out. @example F("tags").delete(new Set(["new"])) // DELETE tags set("new") */
  delete(members: ReadonlySet<Member>): UpdateAction<Name>;
}

/** What may be absent. */
export interface Removable<in out Name> {
  /** Removes the attribute, or the member of a list. @example F("note").remove() // REMOVE note */
  remove(): UpdateAction<Name>;
}
