import type { NumberValue } from "@fieldwise/core";
import type {
  Attribute,
  Containing,
  Equatable,
  Ordered,
  OrderedStored,
  Prefixed,
  Projectable,
  Sized,
  Widen,
} from "./expressions.ts";
import type { PathStep, Present } from "./steps.ts";
import type { Addable, Appendable, Countable, MemberSet, Removable, Settable } from "./updates.ts";

/**
 * An attribute, with what its type allows: `Value` as the application holds it, `Stored` as the table does, both possibly
 * with `undefined`; `Name` is the table's, `Path` the steps to it.
 */
export type Field<Value, Stored, Name, Path extends readonly PathStep[]> = KeyField<
  Value,
  Stored,
  Name,
  Path
> &
  Settable<Exclude<Value, undefined>, Exclude<Stored, undefined>, Name> &
  Changes<Present<Value>, Present<Stored>, Name, Path["length"]> &
  (undefined extends Stored ? Removable<Name> : unknown);

/** A key attribute: it can be asked, and never changed. */
export type KeyField<Value, Stored, Name, Path extends readonly PathStep[]> = Equatable<
  Exclude<Value, undefined>,
  Exclude<Stored, undefined>,
  Name
> &
  Attribute<Name> &
  Projectable<Name, Path> &
  Questions<Present<Value>, Present<Stored>, Name>;

/** What can be asked of an attribute because of how it is stored. */
type Questions<Value, Stored, Name> = ([Stored] extends [OrderedStored]
  ? Ordered<Value, Stored, Name>
  : unknown) &
  ([Extract<Value, string | Uint8Array>] extends [never]
    ? unknown
    : Prefixed<Widen<Extract<Value, string | Uint8Array>>, Widen<Stored>, Name>) &
  ([MemberOf<Value>] extends [never] ? unknown : Containing<MemberOf<Value>, Name>) &
  ([Stored] extends [number | bigint | boolean | NumberValue] ? unknown : Sized<Name>);

/** What a part of the value is. */
type MemberOf<Value> = Value extends string
  ? string
  : Value extends ReadonlySet<infer Member>
    ? Member
    : Value extends readonly (infer Member)[]
      ? Member
      : never;

/** What an update can do beside setting. */
type Changes<Value, Stored, Name, Depth> = [Value] extends [number | bigint]
  ? Countable<Widen<Value>, Widen<Stored>, Name> &
      (Depth extends 1 ? Addable<Widen<Value>, Name> : unknown)
  : [Value] extends [ReadonlySet<infer Member>]
    ? Depth extends 1
      ? MemberSet<Member, Name>
      : unknown
    : [Value] extends [readonly (infer Member)[]]
      ? Appendable<Member, Value, Stored, Name>
      : unknown;
