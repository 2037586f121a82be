/** What the compiler knows of a table. Never a value. */
export interface TableTypes {
  /** The table's name, as a literal: it keeps one table's expressions out of another's requests. */
  readonly name: string;
  /** An item as the application holds it. */
  readonly item: object;
  /** An item as the table stores it. */
  readonly stored: object;
  readonly partitionKey: string;
  /** `never` where there is none. */
  readonly sortKey: string;
  readonly indexes: Readonly<Record<string, IndexTypes>>;
}

/** What the compiler knows of an index: the definition as it was written. */
export interface IndexTypes {
  readonly partitionKey?: string | readonly string[];
  readonly sortKey?: string | readonly string[];
  readonly projection?: "all" | "keys" | readonly string[];
}

/** The names of the attributes in a part of an index's key, in order; none where the index leaves the part out. */
export type KeyPart<Index, Part extends "partitionKey" | "sortKey"> = Index extends {
  readonly [Name in Part]: infer Key;
}
  ? Key extends readonly string[]
    ? Key
    : Key extends string
      ? readonly [Key]
      : readonly []
  : readonly [];

/** The names of a table's key attributes. */
export type KeyName<Types extends TableTypes> = Types["partitionKey"] | Types["sortKey"];
