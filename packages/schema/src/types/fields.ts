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
import type { PathStep, Present, SetOf } from "./steps.ts";
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
  Prefixes<Extract<Value, Prefix>, Extract<Stored, Prefix>, Name> &
  Members<Value, Stored, Name> &
  ([Stored] extends [number | bigint | boolean | NumberValue | null] ? unknown : Sized<Name>);

type Prefix = string | Uint8Array;

type Prefixes<Value, Stored, Name> = [Value] extends [never]
  ? unknown
  : [Stored] extends [never]
    ? unknown
    : Prefixed<Widen<Value>, Widen<Stored>, Name>;

// On both sides the same: a list that is stored as a string of JSON has no members for DynamoDB.
type Members<Value, Stored, Name> = [Value, Stored] extends [string, string]
  ? Containing<string, string, Name>
  : [Value, Stored] extends [
        readonly (infer Member)[] | SetOf<infer Member>,
        readonly (infer StoredMember)[] | SetOf<infer StoredMember>,
      ]
    ? Containing<Member, StoredMember, Name>
    : unknown;

/** What an update can do beside setting. */
type Changes<Value, Stored, Name, Depth> = [Value, Stored] extends [
  number | bigint,
  number | bigint | NumberValue,
]
  ? Countable<Widen<Value>, Widen<Stored>, Name> &
      (Depth extends 1 ? Addable<Widen<Value>, Name> : unknown)
  : [Value, Stored] extends [SetOf<infer Member>, SetOf<unknown>]
    ? Depth extends 1
      ? MemberSet<Member, Name>
      : unknown
    : [Value, Stored] extends [readonly (infer Member)[], readonly unknown[]]
      ? number extends Value["length" & keyof Value]
        ? Appendable<Member, Value, Stored, Name>
        : unknown
      : unknown;
