import { notUnderstood, type TextCursor, type TextReader } from "@fieldwise/core";
import { closeBrace, colon, comma, openBrace, quote } from "./json-bytes.ts";

/** Reads a map of any names into a plain object. */
export function recordReader(readMember: TextReader): TextReader {
  return (cursor) => {
    const result: Record<string, unknown> = {};
    readMembers(cursor, (name) => {
      // Zod drops it, and that it was there must be told.
      if (name === "__proto__") throw notUnderstood;
      result[name] = readMember(cursor);
    });
    return result;
  };
}

/** Reads a map of any names into a `Map`. */
export function mapReader(readMember: TextReader): TextReader {
  return (cursor) => {
    const result = new Map<string, unknown>();
    readMembers(cursor, (name) => {
      // What looks like an index comes first among the members of an object, and so in the order of its `Map`.
      if (/^\d/.test(name)) throw notUnderstood;
      result.set(name, readMember(cursor));
    });
    return result;
  };
}

function readMembers(cursor: TextCursor, readMember: (name: string) => void): void {
  const { bytes } = cursor;
  cursor.expect(openBrace);
  if (bytes[cursor.at] === closeBrace) {
    cursor.at++;
    return;
  }
  for (;;) {
    cursor.expect(quote);
    const name = cursor.literal();
    cursor.expect(colon);
    readMember(name);
    const byte = bytes[cursor.at++];
    if (byte === closeBrace) return;
    if (byte !== comma) throw notUnderstood;
  }
}
