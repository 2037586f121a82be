import { defineMember } from "../attribute-value/marshall.ts";
import type { Item } from "../attribute-value/types.ts";
import { readDigits } from "./read-number.ts";
import {
  bytesOf,
  closeBrace,
  closeBracket,
  colon,
  comma,
  notUnderstood,
  openBrace,
  openBracket,
  quote,
  type TextCursor,
} from "./text-cursor.ts";

/** Reads one value, or one item, at the cursor; throws `notUnderstood` where it is not what it should be. */
export type TextReader = (cursor: TextCursor) => unknown;

// DynamoDB nests 32 deep; deeper values are left to the reader that says so.
const maximumDepth = 32;
const mostNames = 4_096;

const S = 0x53;
const N = 0x4e;
const M = 0x4d;
const L = 0x4c;
const B = 0x42;
const behindType = bytesOf('":');
const opening = bytesOf('{"');
const isTrue = bytesOf('{"BOOL":true}');
const isFalse = bytesOf('{"BOOL":false}');
const isNull = bytesOf('{"NULL":true}');

/**
 * A name that was met in a map, and the one that came behind it the last time: items of one table name their attributes in
 * the same order, and to compare bytes is cheaper than to make a string and look it up.
 */
interface KnownName {
  readonly text: string;
  /** The name in its quotes, with the colon; made when it comes again, as a map may be keyed by what never does. */
  bytes: Uint8Array | undefined;
  next: KnownName | undefined;
  /** The first name in a map that stands under this name. */
  first: KnownName | undefined;
}

/** Reads values of any shape as `unmarshall` does, with numbers as `number`. */
export class ValueReader {
  readonly #names: Map<string, KnownName> = new Map();
  readonly #item: KnownName = {
    text: "",
    bytes: undefined,
    next: undefined,
    first: undefined,
  };
  #depth = 0;

  /** Reads an item: a map that stands without its type. */
  readItem(cursor: TextCursor): Item {
    this.#depth = 0;
    if (cursor.bytes[cursor.at] !== openBrace) throw notUnderstood;
    return this.#map(cursor, this.#item);
  }

  /** Reads one value in DynamoDB's JSON. */
  readValue(cursor: TextCursor): unknown {
    this.#depth = 0;
    return this.#value(cursor, this.#item);
  }

  #value(cursor: TextCursor, place: KnownName): unknown {
    const { bytes, at } = cursor;
    let value: unknown;
    if (bytes[at + 3] === quote) {
      const type = bytes[at + 2];
      if (!cursor.take(opening)) throw notUnderstood;
      cursor.at++;
      if (!cursor.take(behindType)) throw notUnderstood;
      const next = bytes[cursor.at];
      if (type === M) value = this.#map(cursor, place);
      else if (type === L) value = this.#list(cursor, place);
      else {
        if (next !== quote) throw notUnderstood;
        cursor.at++;
        if (type === S) value = cursor.literal();
        else if (type === N) value = readDigits(cursor);
        else if (type === B) value = fromBase64(cursor.literal());
        else throw notUnderstood;
      }
      cursor.expect(closeBrace);
      return value;
    }
    if (cursor.take(isTrue)) return true;
    if (cursor.take(isFalse)) return false;
    if (cursor.take(isNull)) return null;
    return readSet(cursor);
  }

  #map(cursor: TextCursor, place: KnownName): Item {
    const { bytes } = cursor;
    const result: Item = {};
    cursor.expect(openBrace);
    if (bytes[cursor.at] === closeBrace) {
      cursor.at++;
      return result;
    }
    if (++this.#depth > maximumDepth) throw notUnderstood;
    let before: KnownName | undefined;
    for (;;) {
      const expected = before === undefined ? place.first : before.next;
      let name: KnownName;
      if (expected?.bytes !== undefined && cursor.take(expected.bytes)) name = expected;
      else {
        name = this.#name(cursor);
        if (before === undefined) place.first = name;
        else before.next = name;
      }
      before = name;
      const value = this.#value(cursor, name);
      if (name.text === "__proto__") defineMember(result, name.text, value);
      else result[name.text] = value;
      const byte = bytes[cursor.at++];
      if (byte === closeBrace) break;
      if (byte !== comma) throw notUnderstood;
    }
    this.#depth--;
    return result;
  }

  #name(cursor: TextCursor): KnownName {
    cursor.expect(quote);
    const text = cursor.literal();
    cursor.expect(colon);
    let name = this.#names.get(text);
    if (name === undefined) {
      name = { text, bytes: undefined, next: undefined, first: undefined };
      if (this.#names.size >= mostNames) this.#names.clear();
      this.#names.set(text, name);
    } else name.bytes ??= bytesOf(`${JSON.stringify(text)}:`);
    return name;
  }

  #list(cursor: TextCursor, place: KnownName): unknown[] {
    const { bytes } = cursor;
    const result: unknown[] = [];
    cursor.expect(openBracket);
    if (bytes[cursor.at] === closeBracket) {
      cursor.at++;
      return result;
    }
    if (++this.#depth > maximumDepth) throw notUnderstood;
    for (;;) {
      result.push(this.#value(cursor, place));
      const byte = bytes[cursor.at++];
      if (byte === closeBracket) break;
      if (byte !== comma) throw notUnderstood;
    }
    this.#depth--;
    return result;
  }
}

const sets = [
  { opening: bytesOf('{"SS":['), read: (cursor: TextCursor) => cursor.literal() },
  { opening: bytesOf('{"NS":['), read: readDigits },
  { opening: bytesOf('{"BS":['), read: (cursor: TextCursor) => fromBase64(cursor.literal()) },
] as const;

function readSet(cursor: TextCursor): Set<unknown> {
  for (const { opening: start, read } of sets) {
    if (cursor.take(start)) return readMembers(cursor, read);
  }
  throw notUnderstood;
}

/** Reads the members of a set, and what closes it; `at` stands behind the opening bracket. */
function readMembers(cursor: TextCursor, read: TextReader): Set<unknown> {
  const result = new Set<unknown>();
  for (;;) {
    cursor.expect(quote);
    result.add(read(cursor));
    const byte = cursor.bytes[cursor.at++];
    if (byte === closeBracket) break;
    if (byte !== comma) throw notUnderstood;
  }
  cursor.expect(closeBrace);
  return result;
}

function fromBase64(text: string): Uint8Array {
  // A plain Uint8Array: a Buffer compares and prints differently, and small ones share a pool of memory.
  return new Uint8Array(Buffer.from(text, "base64"));
}
