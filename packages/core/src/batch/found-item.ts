import { canonicalKey } from "../attribute-value/canonical.ts";
import type { AttributeValue, Item } from "../attribute-value/types.ts";
import {
  backslash,
  bytesOf,
  closeBrace,
  colon,
  comma,
  notUnderstood,
  openBrace,
  quote,
  type TextCursor,
} from "../wire-text/text-cursor.ts";
import type { TextReader } from "../wire-text/value-reader.ts";

/** An item that was read from an answer's text, with what it answers: its key can't be told from it any more. */
export class FoundItem {
  readonly entry: object;
  readonly item: Item;

  constructor(entry: object, item: Item) {
    this.entry = entry;
    this.item = item;
  }
}

/**
 * Makes what reads an item together with what it answers.
 *
 * @param find - Finds by an item's `canonicalKey` what it answers; `undefined` where the item is to come as it stands.
 */
export function foundItemReader(
  read: TextReader,
  keyNames: readonly string[],
  find: (key: string) => object | undefined,
): TextReader {
  const names = keyNames.map((name) => bytesOf(`${JSON.stringify(name)}:`));
  return (cursor) => {
    const { at } = cursor;
    const entry = find(keyAt(cursor, names));
    if (entry === undefined) throw notUnderstood;
    cursor.at = at;
    return new FoundItem(entry, read(cursor) as Item);
  };
}

/** The `canonicalKey` of the item at the cursor, which steps over it. */
function keyAt(cursor: TextCursor, names: readonly Uint8Array[]): string {
  const parts = names.map(() => "");
  let byte: number | undefined = openBrace;
  cursor.expect(byte);
  do {
    const place = names.findIndex((name) => cursor.take(name));
    if (place === -1) skipName(cursor);
    const from = cursor.at;
    cursor.skip();
    if (place !== -1) parts[place] = partOf(cursor, from);
    byte = cursor.bytes[cursor.at++];
  } while (byte === comma);
  if (byte !== closeBrace) throw notUnderstood;
  return parts.join();
}

// Text that stands in JSON as `JSON.stringify` writes it.
const plain = /^\{"[SB]":"[ !#-[\]-~]*"\}$/;

function partOf(cursor: TextCursor, from: number): string {
  const text = cursor.slice(from, cursor.at);
  if (plain.test(text)) return text;
  cursor.at = from;
  return canonicalKey({ key: cursor.json() as AttributeValue }, ["key"]);
}

function skipName(cursor: TextCursor): void {
  cursor.expect(quote);
  const { bytes } = cursor;
  for (;;) {
    const byte = bytes[cursor.at++];
    if (byte === quote) break;
    // It may be a key's, written in another way.
    if (byte === undefined || byte === backslash) throw notUnderstood;
  }
  cursor.expect(colon);
}
