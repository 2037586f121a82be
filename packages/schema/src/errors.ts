import { FieldwiseError } from "@fieldwise/core";
import type * as z from "zod/v4/core";
import { formatIssuePath, issueLines } from "./compile/issue-text.ts";

/** A schema can't be the schema of a table: it says which attribute, why, and what to use instead. */
export class SchemaError extends FieldwiseError {
  static {
    this.prototype.name = "SchemaError";
  }

  readonly tableName: string;
  /** The attribute, as it is written in messages: `lines[*].quantity`; empty where it is about the whole schema. */
  readonly path: string;

  constructor(tableName: string, path: string, reason: string) {
    super(path === "" ? `Table ${tableName}: ${reason}` : `Table ${tableName}, ${path}: ${reason}`);
    this.tableName = tableName;
    this.path = path;
  }
}

/** An item, a key or a value does not fit the schema of its table. The message has a line for each issue; none has values. */
export class InvalidItem extends FieldwiseError {
  static {
    this.prototype.name = "InvalidItem";
  }

  readonly tableName: string;
  /** What zod found, each with the path of what is wrong. */
  readonly issues: readonly z.$ZodIssue[];
  /**
   * The primary key of an item that does not fit, where it has one: of one that was read as it is stored, of one to be written
   * as it was given.
   */
  readonly key: Readonly<Record<string, unknown>> | undefined;

  /** @param subject - What does not fit, as the message shall begin: by default `The item`. */
  constructor(
    tableName: string,
    issues: readonly z.$ZodIssue[],
    subject = "The item",
    options: {
      readonly key?: Readonly<Record<string, unknown>> | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    const lines = issueLines(issues).map((line) => `\n  ${line}`);
    const { key, ...others } = options;
    super(`${subject} does not fit the schema of table ${tableName}:${lines.join("")}`, others);
    this.tableName = tableName;
    this.issues = issues;
    this.key = key;
  }
}

/** There is no item with this key. */
export class ItemNotFound extends FieldwiseError {
  static {
    this.prototype.name = "ItemNotFound";
  }

  readonly tableName: string;
  /** The key that was asked for. */
  readonly key: Readonly<Record<string, unknown>>;

  constructor(tableName: string, key: Readonly<Record<string, unknown>>) {
    super(`Table ${tableName} has no item with the key ${keyText(key)}`);
    this.tableName = tableName;
    this.key = key;
  }
}

/**
 * There is an item with this key already; nothing was written over it. Where the `attempts` of the cause are above 1, an attempt
 * whose answer was lost may have made it: then the item is the one that was to be created.
 */
export class ItemExists extends FieldwiseError {
  static {
    this.prototype.name = "ItemExists";
  }

  readonly tableName: string;
  /** The key of the item that was to be created. */
  readonly key: Readonly<Record<string, unknown>>;

  constructor(
    tableName: string,
    key: Readonly<Record<string, unknown>>,
    options?: { readonly cause?: unknown },
  ) {
    super(`Table ${tableName} has an item with the key ${keyText(key)} already`, options);
    this.tableName = tableName;
    this.key = key;
  }
}

/** A cursor was not made by this query, was made with another secret, or was changed on its way. */
export class InvalidCursor extends FieldwiseError {
  static {
    this.prototype.name = "InvalidCursor";
  }

  readonly tableName: string;

  constructor(tableName: string, reason: string, options?: { readonly cause?: unknown }) {
    super(`The cursor can't be used on table ${tableName}: ${reason}`, options);
    this.tableName = tableName;
  }
}

function keyText(key: Readonly<Record<string, unknown>>): string {
  const members = Object.entries(key).map(
    ([name, value]) => `${formatIssuePath([name])}: ${keyValueText(value)}`,
  );
  return `{ ${members.join(", ")} }`;
}

function keyValueText(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  return String(value);
}
