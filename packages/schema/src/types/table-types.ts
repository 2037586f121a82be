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

/** The names of a table's key attributes. */
export type KeyName<Types extends TableTypes> = Types["partitionKey"] | Types["sortKey"];
