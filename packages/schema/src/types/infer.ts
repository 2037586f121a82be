import type { IndexItem, KeyOf, PartialItem, PutInput } from "./items.ts";
import type { TableTypes } from "./table-types.ts";

declare const types: unique symbol;

/** Anything that knows a table's types: what `defineTable` returns. */
export interface Typed<out Types extends TableTypes> {
  readonly [types]?: Types;
}

/** What the compiler knows of a table. */
export type TypesOf<Table> = Table extends Typed<infer Types> ? Types : never;

/** An item as the application holds it. @example type Order = InferItem<typeof Orders>; */
export type InferItem<Table> = TypesOf<Table>["item"];

/** What `put` takes: an item, where what the schema has a default for may be left out. */
export type InferPutInput<Table> = PutInput<TypesOf<Table>["item"], TypesOf<Table>["stored"]>;

/** An item as the table stores it, and as it comes back unvalidated. */
export type InferStored<Table> = TypesOf<Table>["stored"];

/** A primary key. */
export type InferKey<Table> = KeyOf<TypesOf<Table>>;

/** An item as an index holds it. @example type ByStatus = InferIndexItem<typeof Orders, "byStatus">; */
export type InferIndexItem<Table, Index extends keyof TypesOf<Table>["indexes"]> = IndexItem<
  TypesOf<Table>,
  TypesOf<Table>["indexes"][Index]
>;

/** What an update returns of the attributes that it changed. */
export type InferUpdated<Table> = PartialItem<InferItem<Table>>;
