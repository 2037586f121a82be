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
 * How many bytes of an answer become one string. The strings of an item are slices of it and keep it in memory, so an
 * application that keeps one item of a page keeps this much, and not the whole page.
 */
const defaultPieceSize = 16_384;
/** What a name that stands between items has room in. */
const longestName = 512;

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
  pieceSize: number = defaultPieceSize,
): Record<string, unknown> | undefined {
  try {
    return new OutputText(body, pickReader, pieceSize).read(itemsMember);
  } catch (error) {
    // What a codec of a schema throws was thrown inside a reader of items, and is dealt with there.
    if (error === notUnderstood) return undefined;
    throw error;
  }
}

class OutputText {
  readonly #cursor: TextCursor;
  readonly #pickReader: PickTextReader;
  readonly #pieceSize: number;

  constructor(body: Buffer, pickReader: PickTextReader, pieceSize: number) {
    this.#cursor = new TextCursor(body, pieceSize);
    this.#pickReader = pickReader;
    this.#pieceSize = pieceSize;
  }

  read(itemsMember: ItemsMember): Record<string, unknown> | undefined {
    const output = this.#members((name) => {
      if (name !== itemsMember) return this.#value();
      if (name === "Items") return this.#list(this.#itemsOf());
      return name === "Responses" ? this.#responses() : this.#itemsOf()();
    });
    const { reachesEnd, at, size } = this.#cursor;
    return reachesEnd && at === size ? output : undefined;
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
      this.#moveOn();
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
    this.#moveOn();
    const closes = this.#cursor.bytes[this.#cursor.at] === end;
    if (closes) this.#cursor.at++;
    return closes;
  }

  #goesOn(end: number): boolean {
    if (this.#closes(end)) return false;
    this.#cursor.expect(comma);
    return true;
  }

  /** Sees to it that what stands between items does not stand across the end of a piece. */
  #moveOn(): void {
    const cursor = this.#cursor;
    const left = cursor.size - cursor.at;
    if (left < longestName && left < this.#pieceSize >> 1 && !cursor.reachesEnd)
      cursor.moveTo(cursor.at, this.#pieceSize);
  }

  /** Reads an item, or any value as JSON. */
  #value(readItem?: TextReader): unknown {
    const cursor = this.#cursor;
    let start = cursor.at;
    for (;;) {
      if (readItem !== undefined) {
        try {
          return readItem(cursor);
        } catch {
          cursor.at = start;
          cursor.depth = 0;
        }
      }
      // Either the piece ends in the middle of the value, or the item is not as it should be.
      const wire = tryJson(cursor);
      if (wire !== undefined) return readItem === undefined ? wire : unread(wire);
      if (cursor.reachesEnd) throw notUnderstood;
      cursor.moveTo(start, start === 0 ? cursor.size * 4 : this.#pieceSize);
      start = 0;
    }
  }
}

function unread(wire: unknown): UnreadItem {
  if (typeof wire !== "object" || wire === null || Array.isArray(wire)) throw notUnderstood;
  return new UnreadItem(wire);
}

function understandsNothing(): never {
  throw notUnderstood;
}

/** Steps over one JSON value and gives it; `undefined`, and no step, where none ends in the bytes at hand. */
function tryJson(cursor: TextCursor): unknown {
  const { at } = cursor;
  try {
    return cursor.json();
  } catch (error) {
    if (error !== notUnderstood) throw error;
    cursor.at = at;
    return undefined;
  }
}
