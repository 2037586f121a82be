import {
  bytesOf,
  notUnderstood,
  readDigits,
  type TextCursor,
  type TextReader,
} from "@fieldwise/core";
import type * as z from "zod/v4/core";
import { internalsOf, type Schema } from "../compile/zod-types.ts";
import { type Check, checksOf } from "./checks.ts";
import { closeBrace, closeBracket, colon, comma, openBrace, quote } from "./json-bytes.ts";

const letters = { S: 0x53, N: 0x4e };
const isTrue = bytesOf('{"BOOL":true}');
const isFalse = bytesOf('{"BOOL":false}');
export const isNull: Uint8Array = bytesOf('{"NULL":true}');

/** Reads what stands in the quotes of a string, a number, or a member of their sets. */
export interface ScalarReader {
  readonly type: "S" | "N";
  /** `at` stands behind the opening quote, and then behind the closing one. */
  readonly read: TextReader;
}

/** How the schema's strings or numbers are read; `undefined` where it is neither, or out of the ordinary. */
export function scalarOf(schema: Schema): ScalarReader | undefined {
  const definition = internalsOf(schema).def as z.$ZodTypes["_zod"]["def"];
  const check = checksOf(schema);
  switch (definition.type) {
    case "string":
      return { type: "S", read: checked(readText, check) };
    case "number":
      if (definition.coerce === true) return undefined;
      return { type: "N", read: checked(readDigits, check) };
    case "bigint":
      if (definition.coerce === true) return undefined;
      return { type: "N", read: checked(readWholeNumber, check) };
    case "enum":
    case "literal":
      return check === undefined ? oneOf(internalsOf(schema).values) : undefined;
    default:
      return undefined;
  }
}

function readText(cursor: TextCursor): string {
  return cursor.literal();
}

function readWholeNumber(cursor: TextCursor): bigint {
  const text = cursor.literal();
  // What else stands for a whole number (1E5) is rare.
  if (!/^-?\d{1,40}$/.test(text)) throw notUnderstood;
  return BigInt(text);
}

function checked(read: TextReader, check: Check | undefined): TextReader {
  return check === undefined ? read : (cursor) => check(read(cursor));
}

function oneOf(values: ReadonlySet<unknown> | undefined): ScalarReader | undefined {
  const [first] = values ?? [];
  if (values === undefined || (typeof first !== "string" && typeof first !== "number"))
    return undefined;
  for (const value of values) if (typeof value !== typeof first) return undefined;
  if (typeof first === "string") return { type: "S", read: oneOfTexts([...values] as string[]) };
  return {
    type: "N",
    read(cursor) {
      const value = readDigits(cursor);
      if (values.has(value)) return value;
      throw notUnderstood;
    },
  };
}

/** Compares bytes, so that no string is made: first with the text that came the last time. */
function oneOfTexts(texts: readonly string[]): TextReader {
  const quoted = texts.map((text) => bytesOf(JSON.stringify(text).slice(1)));
  let last = 0;
  return (cursor) => {
    if (cursor.take(quoted[last] as Uint8Array)) return texts[last];
    for (let place = 0; place < quoted.length; place++) {
      if (!cursor.take(quoted[place] as Uint8Array)) continue;
      last = place;
      return texts[place];
    }
    throw notUnderstood;
  };
}

/** Steps over `{"S":"` or `{"N":"`: byte by byte, for nothing is read more often. */
export function open(cursor: TextCursor, letter: number): void {
  const { bytes, at } = cursor;
  if (
    bytes[at + 2] !== letter ||
    bytes[at] !== openBrace ||
    bytes[at + 1] !== quote ||
    bytes[at + 3] !== quote ||
    bytes[at + 4] !== colon ||
    bytes[at + 5] !== quote
  )
    throw notUnderstood;
  cursor.at = at + 6;
}

/** Reads a string or a number as an attribute value. */
export function scalarReader({ type, read }: ScalarReader): TextReader {
  const letter = letters[type];
  return (cursor) => {
    open(cursor, letter);
    const value = read(cursor);
    cursor.expect(closeBrace);
    return value;
  };
}

/** Reads a set of strings or numbers. */
export function setReader({ type, read }: ScalarReader, check: Check | undefined): TextReader {
  const opening = bytesOf(type === "S" ? '{"SS":[' : '{"NS":[');
  return (cursor) => {
    if (!cursor.take(opening)) throw notUnderstood;
    const { bytes } = cursor;
    const set = new Set<unknown>();
    for (;;) {
      cursor.expect(quote);
      set.add(read(cursor));
      const byte = bytes[cursor.at++];
      if (byte === closeBracket) break;
      if (byte !== comma) throw notUnderstood;
    }
    cursor.expect(closeBrace);
    return check === undefined ? set : check(set);
  };
}

export function readBoolean(cursor: TextCursor): boolean {
  if (cursor.take(isTrue)) return true;
  if (cursor.take(isFalse)) return false;
  throw notUnderstood;
}

export function readNull(cursor: TextCursor): null {
  if (cursor.take(isNull)) return null;
  throw notUnderstood;
}
