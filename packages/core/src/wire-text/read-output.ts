import { isObject } from "../is-object.ts";
import {
  closeBrace,
  closeBracket,
  colon,
  comma,
  notUnderstood,
  openBrace,
  openBracket,
  quote,
  TextCursor,
} from "./text-cursor.ts";
import type { TextReader } from "./value-reader.ts";

/**
 * The member of an output that holds items. `Responses` are lists of items by the names of their tables, or one object for
 * each request, with the item in it.
 */
export type ItemsMember = "Item" | "Items" | "Attributes" | "Responses";

/** Picks what reads the items of a table, or the one of a response; `undefined` to have them as they stand. */
export type PickTextReader = (tableName?: string, place?: number) => TextReader | undefined;

/** An item that its text reader did not understand, as it stands in DynamoDB's JSON. */
export class UnreadItem {
  readonly wire: unknown;

  constructor(wire: unknown) {
    this.wire = wire;
  }
}

/**
 * Reads an output from its bytes: its items by text readers, in one pass and without a tree of attribute values; all else
 * as JSON. An item that its reader does not understand becomes an `UnreadItem`.
 *
 * @returns `undefined` where the text is out of the ordinary, and JSON.parse should have it.
 */
export function readOutputText(
  body: Buffer,
  itemsMember: ItemsMember,
  pickReader: PickTextReader,
  pieceSize?: number,
): Record<string, unknown> | undefined {
  try {
    return new OutputText(new TextCursor(body, pieceSize), pickReader).read(itemsMember);
  } catch (error) {
    // What a codec of a schema throws was thrown inside a reader of items, and is dealt with there.
    if (error === notUnderstood) return undefined;
    throw error;
  }
}

class OutputText {
  readonly #cursor: TextCursor;
  readonly #pickReader: PickTextReader;

  constructor(cursor: TextCursor, pickReader: PickTextReader) {
    this.#cursor = cursor;
    this.#pickReader = pickReader;
  }

  read(itemsMember: ItemsMember): Record<string, unknown> | undefined {
    const output = this.#members((name) => {
      if (name !== itemsMember) return this.#value();
      if (name === "Items") return this.#list(this.#itemsOf());
      return name === "Responses" ? this.#responses() : this.#itemsOf()();
    });
    const { at, bytes } = this.#cursor;
    return at === bytes.length ? output : undefined;
  }

  #responses(): unknown {
    return this.#cursor.bytes[this.#cursor.at] === openBrace
      ? this.#members((tableName) => this.#list(this.#itemsOf(tableName)))
      : this.#list((place) => this.#response(place));
  }

  #response(place: number, inError = false): unknown {
    return this.#members((name) => {
      if (name === "Item") return this.#itemsOf(undefined, place)();
      // What a statement failed of may carry an item, too.
      return name === "Error" && !inError ? this.#response(place, true) : this.#value();
    });
  }

  #itemsOf(tableName?: string, place?: number): () => unknown {
    const reader = this.#pickReader(tableName, place) ?? understandsNothing;
    return () => this.#value(reader);
  }

  #members(read: (name: string) => unknown): Record<string, unknown> {
    const cursor = this.#cursor;
    const object: Record<string, unknown> = {};
    cursor.expect(openBrace);
    if (this.#closes(closeBrace)) return object;
    do {
      cursor.expect(quote);
      const name = cursor.literal();
      cursor.expect(colon);
      // As a name it is data, and assigning it would set a prototype.
      if (name === "__proto__") throw notUnderstood;
      object[name] = read(name);
    } while (this.#goesOn(closeBrace));
    return object;
  }

  #list(read: (place: number) => unknown): unknown[] {
    const list: unknown[] = [];
    this.#cursor.expect(openBracket);
    if (this.#closes(closeBracket)) return list;
    do list.push(read(list.length));
    while (this.#goesOn(closeBracket));
    return list;
  }

  #closes(end: number): boolean {
    const closes = this.#cursor.bytes[this.#cursor.at] === end;
    if (closes) this.#cursor.at++;
    return closes;
  }

  #goesOn(end: number): boolean {
    if (this.#closes(end)) return false;
    this.#cursor.expect(comma);
    return true;
  }

  /** Reads an item, or any value as JSON. */
  #value(readItem?: TextReader): unknown {
    const cursor = this.#cursor;
    if (readItem === undefined) return cursor.json();
    const { at } = cursor;
    try {
      return readItem(cursor);
    } catch {
      cursor.at = at;
      cursor.depth = 0;
    }
    return unread(cursor.json());
  }
}

function unread(wire: unknown): UnreadItem {
  if (!isObject(wire)) throw notUnderstood;
  return new UnreadItem(wire);
}

function understandsNothing(): never {
  throw notUnderstood;
}
