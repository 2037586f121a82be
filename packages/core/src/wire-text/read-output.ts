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

/** The member of an output that holds items of the one table that its request names. */
export type ItemsMember = "Item" | "Items" | "Attributes";

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

/**
 * Reads an output from its bytes: its items by a text reader, in one pass and without a tree of attribute values; all
 * else as JSON. An item that the reader does not understand becomes an `UnreadItem`.
 *
 * @returns `undefined` where the text is out of the ordinary, and JSON.parse should have it.
 */
export function readOutputText(
  body: Buffer,
  itemsMember: ItemsMember,
  readItem: TextReader,
  pieceSize: number = defaultPieceSize,
): Record<string, unknown> | undefined {
  try {
    return readMembers(new TextCursor(body, pieceSize), itemsMember, readItem, pieceSize);
  } catch (error) {
    // What a codec of a schema throws was thrown inside `readItem`, and is dealt with there.
    if (error === notUnderstood) return undefined;
    throw error;
  }
}

function readMembers(
  cursor: TextCursor,
  itemsMember: ItemsMember,
  readItem: TextReader,
  pieceSize: number,
): Record<string, unknown> | undefined {
  const output: Record<string, unknown> = {};
  cursor.expect(openBrace);
  if (cursor.bytes[cursor.at] === closeBrace) cursor.at++;
  else {
    for (;;) {
      moveOn(cursor, pieceSize);
      cursor.expect(quote);
      const name = cursor.literal();
      cursor.expect(colon);
      // As a name it is data, and assigning it would set a prototype.
      if (name === "__proto__") return undefined;
      if (name !== itemsMember) output[name] = wholeValue(cursor);
      else if (itemsMember === "Items") output[name] = readItems(cursor, readItem, pieceSize);
      else output[name] = oneItem(cursor, readItem, pieceSize);
      moveOn(cursor, pieceSize);
      const byte = cursor.bytes[cursor.at++];
      if (byte === closeBrace) break;
      if (byte !== comma) return undefined;
    }
  }
  return cursor.reachesEnd && cursor.at === cursor.size ? output : undefined;
}

/** Sees to it that a name, or what closes the output, does not stand across the end of a piece. */
function moveOn(cursor: TextCursor, pieceSize: number): void {
  if (cursor.size - cursor.at < pieceSize >> 1 && !cursor.reachesEnd)
    cursor.moveTo(cursor.at, pieceSize);
}

function readItems(cursor: TextCursor, readItem: TextReader, pieceSize: number): unknown[] {
  const items: unknown[] = [];
  cursor.expect(openBracket);
  if (cursor.bytes[cursor.at] === closeBracket) {
    cursor.at++;
    return items;
  }
  for (;;) {
    items.push(oneItem(cursor, readItem, pieceSize));
    const byte = cursor.bytes[cursor.at];
    if (byte === comma) cursor.at++;
    else if (byte === closeBracket) break;
    // The piece may have ended right behind an item.
    else if (byte === undefined && !cursor.reachesEnd) {
      cursor.moveTo(cursor.at, pieceSize);
      if (cursor.bytes[0] !== comma) break;
      cursor.at++;
    } else throw notUnderstood;
  }
  cursor.expect(closeBracket);
  return items;
}

function oneItem(cursor: TextCursor, readItem: TextReader, pieceSize: number): unknown {
  let start = cursor.at;
  for (;;) {
    try {
      return readItem(cursor);
    } catch {
      cursor.at = start;
      cursor.depth = 0;
    }
    // Either the piece ends in the middle of the item, or the item is not as it should be.
    const wire = tryJson(cursor);
    if (wire !== undefined) {
      if (typeof wire !== "object" || wire === null || Array.isArray(wire)) throw notUnderstood;
      return new UnreadItem(wire);
    }
    if (cursor.reachesEnd) throw notUnderstood;
    cursor.moveTo(start, start === 0 ? cursor.size * 4 : pieceSize);
    start = 0;
  }
}

function wholeValue(cursor: TextCursor): unknown {
  const start = cursor.at;
  let value = tryJson(cursor);
  if (value === undefined && !cursor.reachesEnd) {
    cursor.moveTo(start, Number.MAX_SAFE_INTEGER);
    value = tryJson(cursor);
  }
  if (value === undefined) throw notUnderstood;
  return value;
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
