import { notUnderstood, type TextCursor, type TextReader } from "@fieldwise/core";
import type { Check } from "./checks.ts";
import { closeBrace, colon, comma, openBrace, quote } from "./json-bytes.ts";

/** Reads a map of names that pass a check into a plain object. */
export function recordReader(readMember: TextReader, checkName?: Check): TextReader {
  return (cursor) => {
    const result: Record<string, unknown> = {};
    readMembers(cursor, checkName, (name) => {
      // Zod drops it, and that it was there must be told.
      if (name === "__proto__") throw notUnderstood;
      result[name] = readMember(cursor);
    });
    return result;
  };
}

const isIndex = /^\d{1,10}$/;

/** Reads a map of names that pass a check into a `Map`. */
export function mapReader(readMember: TextReader, checkName?: Check): TextReader {
  return (cursor) => {
    const result = new Map<string, unknown>();
    let hasIndexes = false;
    readMembers(cursor, checkName, (name) => {
      if (isIndex.test(name)) hasIndexes = true;
      result.set(name, readMember(cursor));
    });
    // What looks like an index comes first among the members of an object, and so in the order of its `Map`.
    return hasIndexes ? new Map(Object.entries(Object.fromEntries(result))) : result;
  };
}

function readMembers(
  cursor: TextCursor,
  checkName: Check | undefined,
  readMember: (name: string) => void,
): void {
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
    // What becomes another name may become that of another member.
    if (checkName !== undefined && checkName(name) !== name) throw notUnderstood;
    readMember(name);
    const byte = bytes[cursor.at++];
    if (byte === closeBrace) return;
    if (byte !== comma) throw notUnderstood;
  }
}
