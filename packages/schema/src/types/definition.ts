import type { Billing, NumberValue } from "@fieldwise/core";
import type { OmitIndexSignature } from "type-fest";
import type { $ZodType, input, output } from "zod/v4/core";
import type { IndexTypes, TableTypes } from "./table-types.ts";

/** A schema of items: an object, a union of objects, or an intersection of them. */
export type ItemSchema = $ZodType<object, object>;

/** What a key attribute is stored as. */
type StoredKey = string | number | bigint | NumberValue | Uint8Array;

/** The names of attributes that every item has and that are stored as a string, a number or binary. */
export type KeyAttributeName<Schema extends ItemSchema> = AttributeName<
  input<Schema>,
  StoredKey | undefined,
  PresentName<output<Schema>>
>;

/** The names of attributes that are stored as a string, a number or binary where an item has them. */
export type IndexKeyAttributeName<Schema extends ItemSchema> = AttributeOfAny<
  input<Schema>,
  StoredKey | undefined
>;

/** The names of attributes that are stored as a number where an item has them. */
export type TimeToLiveAttributeName<Schema extends ItemSchema> = AttributeOfAny<
  input<Schema>,
  number | bigint | NumberValue | undefined
>;

/** The names of all attributes, of whatever member of a union. */
export type AnyAttributeName<Schema extends ItemSchema> = KeyOfAny<input<Schema>>;

type KeyOfAny<Stored> = Stored extends unknown ? keyof Stored & string : never;

// What has a default may be left out of what is put, and is there in every item.
type PresentName<Item> = keyof {
  [Name in keyof Item as undefined extends Item[Name] ? never : Name]: true;
};

type AttributeOfAny<Stored, Type> = Stored extends unknown ? AttributeName<Stored, Type> : never;

// `unknown`, and `any` with it, is no known type; and a name that a loose object may have is no known name. As a plain
// `keyof`, messages list the names, and not how they were found.
type AttributeName<Stored, Type, Among = keyof Stored> = keyof {
  [
    Name in keyof OmitIndexSignature<Stored> & Among & string as unknown extends Stored[Name &
      keyof Stored]
      ? never
      : Stored[Name & keyof Stored] extends Type
        ? Name
        : never
  ]: true;
};

/** One attribute, or for a global secondary index up to four. */
export type KeyAttributes<Name extends string> =
  | Name
  | readonly [Name]
  | readonly [Name, Name]
  | readonly [Name, Name, Name]
  | readonly [Name, Name, Name, Name];

/** A secondary index. Without a partition key it is a local one, which has the table's. */
export interface IndexDefinition<
  KeyAttribute extends string = string,
  Attribute extends string = string,
> extends IndexTypes {
  /** Of a global secondary index; a local one has the table's. */
  readonly partitionKey?: KeyAttributes<KeyAttribute>;
  readonly sortKey?: KeyAttributes<KeyAttribute>;
  /** What the index holds of each item beside the keys; `"all"` by default. */
  readonly projection?: "all" | "keys" | readonly Attribute[];
}

/** Refuses a misspelt word of an index: that the type is inferred would let it pass. */
type NoOtherWords<Indexes> = {
  readonly [Index in keyof Indexes]: {
    readonly [Word in Exclude<keyof Indexes[Index], keyof IndexTypes>]: never;
  };
};

/** What `defineTable` takes. */
export interface TableDefinition<
  Name extends string,
  Schema extends ItemSchema,
  PartitionKey extends string,
  SortKey extends string,
  Indexes extends Readonly<Record<string, IndexTypes>>,
> {
  /** The table's name. */
  readonly name: Name;
  /** What an item is. */
  readonly schema: Schema;
  /** The attribute that is the partition key. */
  readonly partitionKey: PartitionKey;
  /** The attribute that is the sort key, where the table has one. */
  readonly sortKey?: SortKey;
  /** The secondary indexes, by name. */
  readonly indexes?: Indexes & NoOtherWords<Indexes>;
  /** The attribute by which DynamoDB deletes items: a number of seconds since 1970, such as `epochSeconds()`. */
  readonly ttl?: TimeToLiveAttributeName<Schema>;
  /** How the table is paid for; on demand by default. */
  readonly billing?: Billing;
  /** What the table's stream carries of each change; no stream by default. */
  readonly stream?: "NEW_IMAGE" | "OLD_IMAGE" | "NEW_AND_OLD_IMAGES" | "KEYS_ONLY";
  readonly tags?: Readonly<Record<string, string>>;
  readonly deletionProtection?: boolean;
}

/** What the compiler knows of a table that is defined so. */
export interface DefinedTypes<
  Name extends string,
  Schema extends ItemSchema,
  PartitionKey extends string,
  SortKey extends string,
  Indexes extends Readonly<Record<string, IndexTypes>>,
> extends TableTypes {
  readonly name: Name;
  readonly item: output<Schema>;
  readonly stored: input<Schema>;
  readonly partitionKey: PartitionKey;
  readonly sortKey: SortKey;
  readonly indexes: Indexes;
}
