import type { OmitIndexSignature, Simplify } from "type-fest";
import type { Opaque, PathStep, SetOf } from "./steps.ts";
import type { IndexTypes, KeyName, KeyPart, TableTypes } from "./table-types.ts";

/** What `put` takes: the item, where what the schema has a default for may be left out. Nothing in it is changed. */
export type PutInput<Item, Stored> = unknown extends Item
  ? Item
  : Item extends Opaque
    ? Item extends SetOf<infer Member>
      ? ReadonlySet<Member>
      : Item
    : Item extends readonly unknown[]
      ? number extends Item["length"]
        ? readonly PutInput<Item[number], MemberOf<Stored>>[]
        : Readonly<Item>
      : Item extends ReadonlyMap<string, infer Member>
        ? ReadonlyMap<string, Member>
        : PutObject<Item, Stored>;

type PutObject<Item, Stored> = Simplify<
  {
    readonly [
      Name in keyof Item as undefined extends StoredAt<Stored, Name> ? never : Name
    ]: PutInput<Item[Name], StoredAt<Stored, Name>>;
  } & {
    readonly [Name in keyof Item as undefined extends StoredAt<Stored, Name> ? Name : never]?:
      | PutInput<Item[Name], StoredAt<Stored, Name>>
      | undefined;
  }
>;

type StoredAt<Stored, Name> = Stored extends unknown
  ? Name extends keyof Stored
    ? Stored[Name]
    : never
  : never;
type MemberOf<Stored> = Stored extends readonly (infer Member)[] ? Member : never;

/** A primary key. */
export type KeyOf<Types extends TableTypes> = KeyOfItem<Types["item"], KeyName<Types>>;

// Written out, and no `Pick`, for the sake of messages.
type KeyOfItem<Item, Name> = Item extends unknown
  ? { [Key in Extract<Name, keyof Item>]: Item[Key] }
  : never;

/** Some attributes of an item, of every member of a union. */
export type AttributesOf<Item, Name> = Item extends unknown
  ? Pick<Item, Extract<Name, keyof Item>>
  : never;

/** The names of an index's key attributes. */
export type IndexKeyName<Index extends IndexTypes> =
  | KeyPart<Index, "partitionKey">[number]
  | KeyPart<Index, "sortKey">[number];

/** An item as an index holds it: with its key attributes, which every item in the index has. */
export type IndexItem<Types extends TableTypes, Index extends IndexTypes> = IndexPart<
  Types["item"],
  Types,
  Index
>;

/** The part of an item, as one side knows it, that an index holds. */
export type IndexPart<
  Item,
  Types extends TableTypes,
  Index extends IndexTypes,
> = Index["projection"] extends "keys"
  ? WithKeys<AttributesOf<Item, KeyName<Types> | IndexKeyName<Index>>, IndexKeyName<Index>>
  : Index["projection"] extends readonly (infer Name)[]
    ? WithKeys<AttributesOf<Item, KeyName<Types> | IndexKeyName<Index> | Name>, IndexKeyName<Index>>
    : WithKeys<Item, IndexKeyName<Index>>;

// An item that lacks a key attribute of the index is not in it.
type WithKeys<Item, Name> = Item extends unknown
  ? [Exclude<Name, keyof Item>] extends [never]
    ? Simplify<Item & { [Key in Extract<Name, keyof Item>]-?: Exclude<Item[Key], undefined> }>
    : never
  : never;

/** A part of an item: every attribute may be missing, at every depth. */
export type PartialItem<Value> = Value extends Opaque
  ? Value
  : Value extends readonly (infer Member)[]
    ? PartialItem<Member>[]
    : Value extends ReadonlyMap<string, infer Member>
      ? Map<string, PartialItem<Member>>
      : Value extends object
        ? { [Name in keyof Value]?: PartialItem<Exclude<Value[Name], undefined>> }
        : Value;

/** What a projection of these paths gives of a value. Of a list, the elements that were asked for in a shorter list. */
export type Projected<Value, Path extends readonly PathStep[]> = [] extends Path
  ? Value
  : readonly [] extends Path
    ? Value
    : Value extends Opaque
      ? Extract<Value, undefined>
      : Value extends readonly unknown[]
        ? ProjectedElement<Value, Path, Path[0]>[]
        : Value extends ReadonlyMap<string, infer Member>
          ? Map<string, ProjectedMember<Member, Path, Path[0]>>
          : Simplify<ProjectedAttributes<Value, Path>>;

// One by one: of two elements, each has what was asked of it.
type ProjectedElement<Value, Path extends readonly PathStep[], Index> = Index extends keyof Value
  ? Projected<Value[Index], TailOf<Path, Index>>
  : never;

type ProjectedMember<Member, Path extends readonly PathStep[], Name> = Name extends unknown
  ? Projected<Member, TailOf<Path, Name>>
  : never;

type ProjectedAttributes<Value, Path extends readonly PathStep[]> = string extends keyof Value
  ? ProjectedNames<OmitIndexSignature<Value>, Path> & {
      [Name in Exclude<Path[0], keyof OmitIndexSignature<Value> | number>]?: Projected<
        Value[Name & keyof Value],
        TailOf<Path, Name>
      >;
    }
  : ProjectedNames<Value, Path>;

type ProjectedNames<Value, Path extends readonly PathStep[]> = [
  VanishingName<Value, Path, Extract<Path[0], keyof Value>>,
] extends [never]
  ? ProjectedMembers<Value, Path>
  : PartialOf<
      ProjectedMembers<Value, Path>,
      VanishingName<Value, Path, Extract<Path[0], keyof Value>>
    >;

type ProjectedMembers<Value, Path extends readonly PathStep[]> = {
  [Name in keyof Pick<Value, Extract<Path[0], keyof Value>>]: Projected<
    Value[Name],
    TailOf<Path, Name>
  >;
};

type PartialOf<Members, Name> = Omit<Members, Name & string> & {
  [Key in Extract<Name, keyof Members>]?: Members[Key] | undefined;
};

// A path into what may be `null`, or a text, asks for nothing of it: DynamoDB answers as if it were not there.
type VanishingName<
  Value,
  Path extends readonly PathStep[],
  Name extends keyof Value,
> = Name extends unknown
  ? [Extract<Value[Name], Exclude<Opaque, undefined>>] extends [never]
    ? never
    : [] extends TailOf<Path, Name>
      ? never
      : readonly [] extends TailOf<Path, Name>
        ? never
        : Name
  : never;

type TailOf<Path extends readonly PathStep[], Name> = Path extends readonly [
  Name,
  ...infer Rest extends readonly PathStep[],
]
  ? Rest
  : never;

/** What `patch` takes: new values of attributes that are no keys; `undefined` for those that may be absent. */
export type PatchInput<Types extends TableTypes> = PatchOf<
  Types["item"],
  Types["stored"],
  KeyName<Types>
>;

type PatchOf<Item, Stored, Key> = Item extends unknown
  ? {
      readonly [Name in keyof Item as Name extends Key ? never : Name]?:
        | PutInput<Item[Name], StoredAt<Stored, Name>>
        | Extract<StoredAt<Stored, Name>, undefined>;
    }
  : never;
