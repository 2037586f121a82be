import { type AttributeMap, type Item, marshall, NumberValue, unmarshall } from "@fieldwise/core";
import { InvalidCursor } from "./errors.ts";

const { createHash, createHmac, timingSafeEqual } = process.getBuiltinModule("node:crypto");

/** What a query's cursors are made of. */
export interface CursorOptions {
  readonly tableName: string;
  /** The attributes that say where a page begins: the table's key, and the index's. */
  readonly keyNames: readonly string[];
  /** Tells what makes the query the one it is: index, key condition, filter, order. Asked when a cursor is. */
  readonly query: () => readonly unknown[];
  readonly secret: string | undefined;
}

/**
 * Makes and reads the cursors of one query: where its next page begins, and a fingerprint of the query, so that no other
 * takes it. With a secret they are signed, so that nobody else can make one.
 */
export class Cursors {
  readonly #tableName: string;
  readonly #keyNames: ReadonlySet<string>;
  readonly #query: () => readonly unknown[];
  readonly #secret: string | undefined;
  #madeFingerprint: string | undefined;

  constructor({ tableName, keyNames, query, secret }: CursorOptions) {
    this.#tableName = tableName;
    this.#keyNames = new Set(keyNames);
    this.#query = query;
    this.#secret = secret;
  }

  // Most queries are read to their end, and never need it.
  get #fingerprint(): string {
    return (this.#madeFingerprint ??= createHash("sha256")
      .update(JSON.stringify([this.#tableName, ...this.#query()]))
      .digest("base64url")
      .slice(0, 22));
  }

  /** The cursor of the page that begins behind a key. */
  write(lastKey: Item): string {
    const content = Buffer.from(JSON.stringify([this.#fingerprint, marshall(lastKey)])).toString(
      "base64url",
    );
    return this.#secret === undefined ? content : `${content}.${sign(content, this.#secret)}`;
  }

  /**
   * The key that a cursor's page begins behind.
   *
   * @throws InvalidCursor where it is damaged, forged, or another query's.
   */
  read(cursor: unknown): Item {
    // It comes from outside: a query string may hold it twice, or as a list.
    if (typeof cursor !== "string") throw this.#invalid("is damaged");
    const [content = "", signature, ...others] = cursor.split(".");
    if (others.length > 0 || (signature === undefined) !== (this.#secret === undefined))
      throw this.#invalid("is damaged");
    if (this.#secret !== undefined && !equal(signature as string, sign(content, this.#secret))) {
      throw this.#invalid("was not made here");
    }
    const [fingerprint, key] = parse(content) ?? [];
    if (typeof fingerprint !== "string" || typeof key !== "object" || key === null)
      throw this.#invalid("is damaged");
    if (fingerprint !== this.#fingerprint) throw this.#invalid("belongs to another query");
    const names = Object.keys(key);
    if (names.length !== this.#keyNames.size || !names.every((name) => this.#keyNames.has(name)))
      throw this.#invalid("is damaged");
    try {
      return unmarshall(key as AttributeMap, NumberValue.from);
    } catch {
      throw this.#invalid("is damaged");
    }
  }

  #invalid(reason: string): InvalidCursor {
    return new InvalidCursor(this.#tableName, `it ${reason}`);
  }
}

function parse(content: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(content, "base64url").toString("utf8"));
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function sign(content: string, secret: string): string {
  return createHmac("sha256", secret).update(content).digest("base64url");
}

function equal(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
