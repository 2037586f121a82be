import type { RequireExactlyOne, Simplify } from "type-fest";
import type { IndexTypes, KeyPart, TableTypes } from "./table-types.ts";

/** A condition on a sort key attribute: its value, or one of DynamoDB's operators. */
export type SortCondition<Value> = Value | RequireExactlyOne<SortOperators<Value>>;

interface SortOperators<Value> {
  readonly eq: Value;
  readonly lt: Value;
  readonly lte: Value;
  readonly gt: Value;
  readonly gte: Value;
  /** At least the first and at most the second. */
  readonly between: readonly [low: Value, high: Value];
  /** For strings and binary: the prefix of what is stored, which no codec encodes. */
  readonly beginsWith: Value extends string
    ? string
    : Value extends Uint8Array
      ? Uint8Array
      : never;
}

/** What a query of a table takes: its partition key, and where wanted a condition on its sort key. */
export type TableKeyCondition<Types extends TableTypes> = KeyCondition<
  Types["item"],
  Types["partitionKey"],
  [Types["sortKey"]] extends [never] ? readonly [] : readonly [Types["sortKey"]]
>;

/** What a query of an index takes. A local one has the table's partition key. */
export type IndexKeyCondition<Types extends TableTypes, Index extends IndexTypes> = KeyCondition<
  Types["item"],
  Index extends { readonly partitionKey: unknown }
    ? KeyPart<Index, "partitionKey">[number]
    : Types["partitionKey"],
  KeyPart<Index, "sortKey">
>;

// Simplified for the sake of messages.
type KeyCondition<Item, Partition, Sort extends readonly unknown[]> = Sort extends unknown
  ? Simplify<Equalities<Item, Partition> & Sorted<Item, Sort>>
  : never;

type Equalities<Item, Name> = { readonly [Key in Extract<Name, string>]: ValueOf<Item, Key> };

/** From left to right: any of them is there only with those before it, which then must be equal to a value. */
type Sorted<Item, Names extends readonly unknown[]> = Names extends readonly [
  infer First extends string,
  ...infer Rest,
]
  ? Rest extends readonly []
    ? { readonly [Key in First]?: SortCondition<ValueOf<Item, Key>> }
    : Sorted1<Item, First, Rest>
  : unknown;

type Sorted1<Item, First extends string, Rest extends readonly unknown[]> =
  | ({ readonly [Key in First]?: SortCondition<ValueOf<Item, Key>> } & {
      readonly [Key in Extract<Rest[number], string>]?: never;
    })
  | ({ readonly [Key in First]: ValueOf<Item, Key> } & Required1<Item, Rest>);

type Required1<Item, Names extends readonly unknown[]> = Names extends readonly [
  infer First extends string,
  ...infer Rest,
]
  ? Rest extends readonly []
    ? { readonly [Key in First]: SortCondition<ValueOf<Item, Key>> }
    : | ({ readonly [Key in First]: SortCondition<ValueOf<Item, Key>> } & {
          readonly [Key in Extract<Rest[number], string>]?: never;
        })
      | ({ readonly [Key in First]: ValueOf<Item, Key> } & Required1<Item, Rest>)
  : unknown;

type ValueOf<Item, Name> = Item extends unknown
  ? Name extends keyof Item
    ? Exclude<Item[Name], undefined>
    : never
  : never;
